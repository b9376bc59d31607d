"""A partnership's page, for anyone."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.partnership.page.service import page_of

door = public_door("partnership", __name__, url_prefix="/localities/<slug:slug>")


@door.get("")
def page(slug: str) -> ResponseReturnValue:
    """What the partnership did with the money, who it is, what it is for, and what comes."""
    found = page_of(slug) or abort(404)
    return render_template("partnership/page/page.html", locality=found.locality, found=found)
