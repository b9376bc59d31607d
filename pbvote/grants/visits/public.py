"""What a member's browser keeps, so that their groups open without a network."""

from flask import Response

from pbvote.access import public_door
from pbvote.offline import worker_for

door = public_door("visits", __name__, url_prefix="/my/groups")


@door.get("/worker.js")
def worker() -> Response:
    """The script that answers for a member's groups alone. Their pages are asked for in a copy that may be kept."""
    files = ("site.css", "desk.css", "site.js", "groups.js", "favicon.svg")
    return worker_for("/my/groups/", files, copies=True)
