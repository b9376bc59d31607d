"""The witness's way in: a printed card, any phone, no account. The code in the body is the authority.

A witness sees what waits, and who asked for it; they see no score.
"""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.acts.models import Witness
from pbvote.acts.service import UnknownCard, witness_with
from pbvote.db import begin_write, db
from pbvote.hall.forms import CardForm
from pbvote.hall.second_person import confirm_and_do, finish, waiting_on_page
from pbvote.people.signing_in import limiter

door = public_door("witness", __name__, url_prefix="/witness")


@door.get("")
def card() -> ResponseReturnValue:
    """Where the card's QR leads: one button, since no GET does anything."""
    return render_template("hall/card.html", form=CardForm())


@door.post("")
@limiter.limit("30 per minute")
def look() -> ResponseReturnValue:
    """What waits for this witness."""
    form = CardForm()
    if not form.validate():
        return render_template("hall/card.html", form=form), 422
    try:
        witness = witness_with(form.code.data)
    except UnknownCard as unknown:
        form.refuse(str(unknown), "code")
        return render_template("hall/card.html", form=form), unknown.status
    return _waiting(witness, form.code.data)


def _waiting(witness: Witness, code: str, done: str = "") -> ResponseReturnValue:
    waiting = waiting_on_page(witness.event)
    return render_template("hall/witness.html", witness=witness, code=code, event=witness.event, done=done, **waiting)


@door.post("/confirm/<int:act_id>")
@limiter.limit("30 per minute")
def confirm(act_id: int) -> ResponseReturnValue:
    """Confirm an act as its second person; it is done at once."""
    code = request.form.get("code", "")
    begin_write()
    witness = witness_with(code)
    act = confirm_and_do(witness.event, act_id, witness)
    db.session.commit()
    done = finish(witness.event, act)
    return _waiting(witness_with(code), code, done)
