"""The list of money from elsewhere, for anyone."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.grants.opportunities.forms import ThemeForm
from pbvote.grants.opportunities.service import open_opportunities

door = public_door("opportunities", __name__)


@door.get("/opportunities")
def listed() -> ResponseReturnValue:
    """What groups can ask others for, soonest last day first."""
    form = ThemeForm(request.args)
    found = open_opportunities(form.wanted)
    return render_template("grants/opportunities/listed.html", search=form, found=found)
