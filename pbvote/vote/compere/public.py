"""What a compere's browser keeps, so that the page opens without a network; and a short way to the clock."""

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.offline import worker_for

door = public_door("compere", __name__)


@door.get("/compere/worker.js")
def worker() -> Response:
    """The script that answers for the comperes' pages alone."""
    return worker_for("/compere/", ("compere.css", "compere.js", "favicon.svg"))


@door.get("/clock/<slug:slug>")
def clock(slug: str) -> ResponseReturnValue:
    """Lead to the clock, which opens for the compere's pass and for organisers."""
    return redirect(url_for("compere_compere.clock", slug=slug))
