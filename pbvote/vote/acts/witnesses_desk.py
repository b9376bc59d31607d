"""The witnesses of an event and their cards, for organisers."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.addresses import witness_page
from pbvote.core.codes import in_groups
from pbvote.core.qr import qr_svg
from pbvote.db import begin_write, db
from pbvote.vote.acts.cards import witness_card
from pbvote.vote.acts.forms import WitnessForm
from pbvote.vote.acts.kinds import occasions
from pbvote.vote.acts.witnesses import HasCard, cancel_card, name_witness, witnesses_of
from pbvote.vote.events.by_address import event_at
from pbvote.vote.events.models import Event
from pbvote.watching import watched

door = desk_door("witnesses", __name__, url_prefix="/desk/events/<slug:slug>/witnesses")


def _page(event: Event, form: WitnessForm) -> str:
    shown = {"witnesses": witnesses_of(event), "has_acts_left": not event.is_public, "occasions": occasions()}
    return render_template("vote/acts/witnesses.html", event=event, form=form, **shown)


@door.get("")
def witnesses(slug: str) -> ResponseReturnValue:
    """Who has a card."""
    return watched(_page(event_at(slug), WitnessForm()))


@door.post("")
def add(slug: str) -> ResponseReturnValue:
    """Make a witness's card and hand it over, once: to be printed, or in the demonstration on the screen."""
    begin_write()
    event, form = event_at(slug), WitnessForm()
    if not form.validate():
        return _page(event, form), 422
    try:
        witness, code = name_witness(event, form.name.data, current_user)
    except HasCard as refusal:
        form.refuse(str(refusal), "name")
        return _page(event, form), 422
    db.session.commit()
    address = witness_page(code)
    if event.share.round.is_demonstration and "show" in request.form:
        shown = {"witness": witness, "code": in_groups(code), "address": address, "picture": qr_svg(address)}
        return render_template("vote/acts/new_card.html", event=event, **shown)
    card = BytesIO(witness_card(event, witness.name, address))
    name = f"witness-{witness.id}-{slug}.pdf"
    return send_file(card, "application/pdf", as_attachment=True, download_name=name)


@door.post("/<int:witness_id>/cancel")
def cancel(slug: str, witness_id: int) -> ResponseReturnValue:
    """Cancel a witness's card."""
    begin_write()
    cancel_card(event_at(slug), witness_id, current_user)
    db.session.commit()
    flash("The card is cancelled. It confirms nothing any more.", "success")
    return redirect(url_for("witnesses_desk.witnesses", slug=slug))
