"""Published results for feed readers, for anyone. Nothing of any other is in it."""

from flask import Response

from pbvote.access import public_door
from pbvote.streaming import send_public
from pbvote.vote.results.feed import results_atom

door = public_door("result_feeds", __name__)


@door.get("/results.atom")
def atom() -> Response:
    """The newest results."""
    return send_public(results_atom(), "application/atom+xml; charset=utf-8")
