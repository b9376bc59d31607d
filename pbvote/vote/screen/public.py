"""What the screen's browser keeps, so that the screen opens without a network."""

from flask import Response

from pbvote.access import public_door
from pbvote.offline import worker_for

door = public_door("screen", __name__, url_prefix="/screen")


@door.get("/worker.js")
def worker() -> Response:
    """The script that answers for the screens' pages alone."""
    return worker_for("/screen/", ("screen.css", "screen.js", "favicon.svg"))
