"""A group's own bids, for its contacts."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.call.bids import progress, service
from pbvote.call.bids.changing import may_change, may_withdraw
from pbvote.call.bids.tracks import tracks_of

door = group_door("bids", __name__, url_prefix="/my/bids")


@door.get("/")
def bids() -> ResponseReturnValue:
    """Where each bid stands, and why."""
    mine = service.bids_of_contact(current_user)
    tracks = tracks_of(bid.id for bid in mine)
    return render_template(
        "call/bids/my_bids.html",
        bids=mine,
        tracks=tracks,
        standings=progress.standings_of(mine, tracks),
        stages=progress.Station,
        changeable={bid.id for bid in mine if may_change(bid, current_user)},
        withdrawable=may_withdraw,
    )
