"""What a partnership has promised to do, and how far it is. For anyone."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.core.reading import sent_number
from pbvote.localities.by_address import public_locality
from pbvote.partnership.meetings.actions.models import ActionState
from pbvote.partnership.meetings.actions.service import public_actions, state_named

door = public_door("actions", __name__, url_prefix="/localities/<slug:slug>/actions")


@door.get("")
def listed(slug: str) -> ResponseReturnValue:
    """What is not done first, then what is done."""
    locality = public_locality(slug)
    state = state_named(request.args.get("state"))
    found = public_actions(locality, sent_number(request.args.get("page")) or 1, state)
    shown = {"found": found, "state": state, "all_states": ActionState}
    return render_template("partnership/meetings/actions/listed.html", locality=locality, **shown)
