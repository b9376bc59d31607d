"""The witnesses of an event and their cards, for organisers."""

from io import BytesIO

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.acts.cards import witness_card
from pbvote.acts.service import card_address, witnesses_of
from pbvote.core.codes import in_groups
from pbvote.core.qr import qr_svg
from pbvote.db import begin_write, db
from pbvote.events.models import Event, PollState
from pbvote.events.service import event_called
from pbvote.fields import Form, TextField
from pbvote.hall.witnesses import name_witness, take_card_back

door = desk_door("witnesses", __name__, url_prefix="/desk/events/<slug:slug>/witnesses")


class WitnessForm(Form):
    """Who is given a card."""

    name = TextField(
        "Name of the witness",
        hint="A resident, or the chair of the partnership. Organisers see the name; it is not published.",
        required="Enter the name of the witness",
        max_length=80,
    )


def _event(slug: str) -> Event:
    return event_called(slug) or abort(404)


def _page(event: Event, form: WitnessForm) -> str:
    has_acts_left = event.poll is not PollState.PUBLISHED
    witnesses = witnesses_of(event)
    return render_template(
        "hall/witnesses.html", event=event, form=form, witnesses=witnesses, has_acts_left=has_acts_left
    )


@door.get("")
def witnesses(slug: str) -> ResponseReturnValue:
    """Who has a card."""
    return _page(_event(slug), WitnessForm())


@door.post("")
def add(slug: str) -> ResponseReturnValue:
    """Make a witness's card and hand it over, once: to be printed, or in the demonstration on the screen."""
    begin_write()
    event, form = _event(slug), WitnessForm()
    if not form.validate():
        return _page(event, form), 422
    witness, code = name_witness(event, form.name.data, current_user)
    db.session.commit()
    address = card_address(code)
    if event.share.round.is_demonstration and "show" in request.form:
        shown = {"witness": witness, "code": in_groups(code), "address": address, "picture": qr_svg(address)}
        return render_template("hall/new_card.html", event=event, **shown)
    card = BytesIO(witness_card(event, witness.name, address))
    name = f"witness-{witness.id}-{slug}.pdf"
    return send_file(card, "application/pdf", as_attachment=True, download_name=name)


@door.post("/<int:witness_id>/take-back")
def take_back(slug: str, witness_id: int) -> ResponseReturnValue:
    """Make a witness's card worthless."""
    begin_write()
    take_card_back(_event(slug), witness_id, current_user)
    db.session.commit()
    flash("The card is taken back: it confirms nothing any more.", "success")
    return redirect(url_for("witnesses_desk.witnesses", slug=slug))
