"""Open data, for anyone: where each file stands, and what it holds."""

from itertools import groupby

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.core.clock import today
from pbvote.localities.service import all_localities
from pbvote.public_account.figures.shares import share_figures
from pbvote.public_account.giving.service import published
from pbvote.public_account.open_data.package import data_package
from pbvote.public_account.outlines.service import public_outlines
from pbvote.streaming import send_public

door = public_door("open_data", __name__, url_prefix="/open")


@door.get("")
def everything() -> ResponseReturnValue:
    """Every file: grants, money, votes and groups. What is not public yet is not named."""
    shares = share_figures(today())
    rounds = [(round_, list(some)) for round_, some in groupby(shares, lambda each: each.share.round)]
    shown = {"rounds": rounds, "localities": all_localities(), "is_given": published() is not None}
    shown["has_outlines"] = bool(public_outlines())
    return render_template("public_account/open_data/everything.html", **shown)


@door.get("/datapackage.json")
def package() -> Response:
    """The tables, described for programs."""
    package = data_package(
        share_figures(today()), is_given=published() is not None, has_outlines=bool(public_outlines())
    )
    return send_public(current_app.json.dumps(package), "application/json")
