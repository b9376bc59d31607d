"""What organisers prepare for the compere: how names are said, and the printed card."""

from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.groups.models import Group
from pbvote.call.groups.service import say_names
from pbvote.db import begin_write, db
from pbvote.vote.compere.card import compere_card
from pbvote.vote.compere.forms import say_form
from pbvote.vote.events.by_address import own_event_at
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import load_running_order

door = desk_door("compere", __name__, url_prefix="/desk/events/<slug:slug>/compere")


def _groups(event: Event) -> list[Group]:
    """The groups of the running order, each once."""
    load_running_order(event)
    return list({slot.bid.group.id: slot.bid.group for slot in event.running_order if slot.bid.group}.values())


@door.get("")
def prepare(slug: str) -> ResponseReturnValue:
    """How names are said, the card, and the way to the compere's page."""
    event = own_event_at(slug)
    return render_template("vote/compere/prepare.html", event=event, form=say_form(_groups(event)))


@door.post("")
def say(slug: str) -> ResponseReturnValue:
    """Write down how names are said."""
    begin_write()
    event = own_event_at(slug)
    groups = _groups(event)
    form = say_form(groups)
    if not form.validate():
        return render_template("vote/compere/prepare.html", event=event, form=form), 422
    say_names((group, form[f"group-{group.id}"].data) for group in groups)
    db.session.commit()
    flash("Saved. The compere’s page shows it.", "success")
    return redirect(url_for("compere_desk.prepare", slug=slug))


@door.get("/card")
def card(slug: str) -> ResponseReturnValue:
    """The compere's card, as a PDF."""
    pdf = BytesIO(compere_card(own_event_at(slug)))
    return send_file(pdf, "application/pdf", download_name=f"compere-{slug}.pdf")
