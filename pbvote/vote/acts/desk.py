"""Confirm what another organiser asked for, or cancel a request of one's own."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.vote.acts.kinds import finish
from pbvote.vote.acts.service import About, cancel_act
from pbvote.vote.acts.service import confirm as confirm_act
from pbvote.vote.events.by_address import event_at, to_console

door = desk_door("acts", __name__, url_prefix="/desk/events/<slug:slug>/acts/<int:act_id>")


@door.post("/confirm")
def confirm(slug: str, act_id: int) -> ResponseReturnValue:
    """Confirm what another organiser asked for, as the second person; it is done at once."""
    begin_write()
    act = confirm_act(About(event=event_at(slug).id), act_id, current_user, request.form.get("seen", ""))
    db.session.commit()
    try:
        flash(f"Confirmed. {finish(act)}", "success")
    except Refusal as left_to_do:
        flash(str(left_to_do), "information")
    return to_console(slug)


@door.post("/cancel")
def cancel(slug: str, act_id: int) -> ResponseReturnValue:
    """Cancel what waits for a second person."""
    begin_write()
    cancel_act(About(event=event_at(slug).id), act_id)
    db.session.commit()
    return to_console(slug)
