"""A locality plan: where the partnership is, and what is done and paid for under each priority. For anyone."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.localities.by_address import public_locality
from pbvote.partnership.plan.service import plan_of

door = public_door("plan", __name__, url_prefix="/localities/<slug:slug>/plan")


@door.get("")
def page(slug: str) -> ResponseReturnValue:
    """The plan; where nobody has begun one, a sentence."""
    locality = public_locality(slug)
    return render_template("partnership/plan/page.html", locality=locality, plan=plan_of(locality))
