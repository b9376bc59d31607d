"""Where the money went, for anyone."""

from collections.abc import Sequence
from io import BytesIO

from flask import Response, abort, render_template, send_file
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.core.clock import today
from pbvote.public_account.figures.definitions import PartnershipFigure, PublicFigure
from pbvote.public_account.figures.shares import ShareFigures, share_figures
from pbvote.public_account.outlines.models import YearFigure
from pbvote.public_account.outlines.service import public_outlines
from pbvote.public_account.outlines.shown import YearsTold
from pbvote.public_account.spending.poster import money_poster
from pbvote.public_account.spending.sheets import figures_table, grants_table
from pbvote.public_account.spending.shown import LocalitySpent, RoundSpent
from pbvote.spreadsheets.answers import send_table

door = public_door("spending", __name__)


def _round(slug: str) -> RoundSpent:
    return RoundSpent.of(slug) or abort(404)


@door.get("/money")
def newest() -> ResponseReturnValue:
    """The newest round with a public result; a sentence where there is none."""
    shares = share_figures(today())
    return _round_page(RoundSpent.of(read=shares), shares)


def _round_page(spent: RoundSpent | None, shares: Sequence[ShareFigures]) -> str:
    years = YearsTold.of(shares, public_outlines())
    return render_template("public_account/spending/round.html", spent=spent, years=years)


@door.get("/money/<slug:slug>")
def one_round(slug: str) -> ResponseReturnValue:
    """A round: its localities, themes and wards."""
    shares = share_figures(today())
    return _round_page(RoundSpent.of(slug, read=shares) or abort(404), shares)


@door.get("/money/<slug:slug>/<slug:locality_slug>")
def locality(slug: str, locality_slug: str) -> ResponseReturnValue:
    """One locality's share of a round, grant by grant."""
    spent = _round(slug)
    one: LocalitySpent = spent.locality(locality_slug) or abort(404)
    others = YearsTold.of([], public_outlines()).of_locality(one.share.share.locality_id)
    return render_template("public_account/spending/locality.html", spent=spent, one=one, others=others)


@door.get("/money/<slug:slug>/grants.<kind>")
def grants(slug: str, kind: str) -> Response:
    """Its awards as a file."""
    return send_table(grants_table(_round(slug)), f"grants-{slug}", kind)


@door.get("/money/<slug:slug>/figures.<kind>")
def figures(slug: str, kind: str) -> Response:
    """Its figures as a file."""
    return send_table(figures_table(_round(slug)), f"figures-{slug}", kind)


@door.get("/money/<slug:slug>/poster.pdf")
def poster(slug: str) -> Response:
    """The same on paper, for the library's wall."""
    drawn = money_poster(_round(slug), YearsTold.of([], public_outlines()).on_paper)
    return send_file(BytesIO(drawn), "application/pdf", download_name=f"money-{slug}.pdf")


@door.get("/figures")
def meanings() -> ResponseReturnValue:
    """What each figure means."""
    return render_template(
        "public_account/spending/figures.html",
        figures=PublicFigure,
        of_partnerships=PartnershipFigure,
        of_years=YearFigure,
    )
