"""Confirm what another organiser asked for about an award, or cancel a request of one's own."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.by_address import award_to_move
from pbvote.vote.acts.kinds import finish
from pbvote.vote.acts.service import About, cancel_act
from pbvote.vote.acts.service import confirm as confirm_act

door = desk_door("award_acts", __name__, url_prefix="/desk/awards/<int:award_id>/acts/<int:act_id>")


@door.post("/confirm")
def confirm(award_id: int, act_id: int) -> ResponseReturnValue:
    """Confirm as the second person; it is done at once."""
    begin_write()
    award_to_move(award_id)
    act = confirm_act(About(award=award_id), act_id, current_user)
    db.session.commit()
    flash(f"Confirmed. {finish(act)}", "success")
    return redirect(url_for("money_desk.award", award_id=award_id))


@door.post("/cancel")
def cancel(award_id: int, act_id: int) -> ResponseReturnValue:
    """Cancel what waits for a second person."""
    begin_write()
    award_to_move(award_id)
    cancel_act(About(award=award_id), act_id)
    db.session.commit()
    return redirect(url_for("money_desk.award", award_id=award_id))
