"""What a steward's browser keeps, so that the door opens without a network."""

from flask import Response

from pbvote.access import public_door
from pbvote.offline import worker_for

door = public_door("door", __name__, url_prefix="/door")


@door.get("/worker.js")
def worker() -> Response:
    """The script that answers for the doors' pages alone."""
    return worker_for("/door/", ("site.css", "desk.css", "site.js", "door.js", "favicon.svg"))
