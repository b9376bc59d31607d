"""The witness's way in: a printed card, any phone, no account. The code in the body is the authority.

A witness sees what waits, and who asked for it; they see no score.
"""

from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.people.codes import typed_into
from pbvote.vote.acts.forms import CardForm
from pbvote.vote.acts.kinds import finish
from pbvote.vote.acts.models import Witness
from pbvote.vote.acts.service import About, waiting_about
from pbvote.vote.acts.service import confirm as confirm_act
from pbvote.vote.acts.witnesses import witness_with

door = public_door("witness", __name__, url_prefix="/witness")


@door.get("")
def card() -> ResponseReturnValue:
    """Where the card's QR leads: one button, since no GET does anything."""
    return render_template("vote/acts/card.html", form=CardForm())


@door.post("")
def look() -> ResponseReturnValue:
    """What waits for this witness."""
    form = CardForm()
    page = partial(render_template, "vote/acts/card.html", form=form)
    if not form.validate():
        return page(), 422
    with typed_into(form, page):
        witness = witness_with(form.code.data)
    return _waiting(witness, form.code.data)


def _waiting(witness: Witness, code: str, *, done: str = "", refused: str = "") -> str:
    """What waits for a witness; what they have just confirmed, or why it is not confirmed."""
    event = witness.event
    said = {"event": event, "acts": waiting_about(event), "done": done, "refused": refused}
    return render_template("vote/acts/witness.html", witness=witness, code=code, **said)


@door.post("/confirm/<int:act_id>")
def confirm(act_id: int) -> ResponseReturnValue:
    """Confirm an act as its second person; it is done at once. A refusal stays on the page that has the card's code."""
    code, seen = request.form.get("code", ""), request.form.get("seen", "")
    begin_write()
    witness = witness_with(code)
    try:
        act = confirm_act(About(event=witness.event_id), act_id, witness, seen)
    except Refusal as refusal:
        db.session.rollback()
        return _waiting(witness_with(code), code, refused=str(refusal)), refusal.status
    db.session.commit()
    try:
        done = finish(act)
    except Refusal as left_to_do:
        done = str(left_to_do)
    return _waiting(witness_with(code), code, done=done)
