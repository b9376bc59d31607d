"""Years in outline, for anyone."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.public_account.outlines import service
from pbvote.public_account.outlines.sheet import outlines_table
from pbvote.public_account.outlines.shown import by_place
from pbvote.spreadsheets.answers import send_table

door = public_door("outlines", __name__, url_prefix="/money/years")


@door.get("/<int:year>")
def one(year: int) -> ResponseReturnValue:
    """A year: every figure with where it comes from, and what groups got."""
    outline = service.outline_of(year, public_only=True)
    return render_template("public_account/outlines/one.html", outline=outline, places=by_place(outline))


@door.get("/outlines.<kind>")
def sheet(kind: str) -> Response:
    """All of them as a file, with the source of each figure."""
    return send_table(outlines_table(service.public_outlines(with_grants=True)), "years-in-outline", kind)
