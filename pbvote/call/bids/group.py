"""A group's own bids, for its contacts."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.call.bids import progress, service
from pbvote.call.bids.changing import may_change, may_withdraw

door = group_door("bids", __name__, url_prefix="/my/bids")


@door.get("/")
def bids() -> ResponseReturnValue:
    """Where each bid stands, and why."""
    mine = service.bids_of_contact(current_user)
    return render_template(
        "call/bids/my_bids.html",
        bids=mine,
        standings=progress.standings_of(mine),
        stages=progress.Station,
        changeable=may_change,
        withdrawable=may_withdraw,
    )
