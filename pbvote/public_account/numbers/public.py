"""A partnership by numbers, for anyone."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.core.clock import today
from pbvote.core.spans import Span
from pbvote.partnership.counting import partnership_counts
from pbvote.public_account.figures.definitions import PartnershipFigure
from pbvote.spreadsheets.answers import send_table
from pbvote.spreadsheets.tables import Cell, Column, Kind, Table

door = public_door("numbers", __name__)


@door.get("/localities/<slug:slug>/numbers")
def page(slug: str) -> ResponseReturnValue:
    """One partnership's last twelve months, beside the others'."""
    year = Span.year_to(today())
    everywhere = partnership_counts(year)
    found = next((each for each in everywhere if each[0].slug == slug), None) or abort(404)
    return render_template(
        "public_account/numbers/page.html",
        locality=found[0],
        counts=found[1],
        everywhere=everywhere,
        year=year,
        figures=PartnershipFigure,
    )


@door.get("/partnerships/numbers.<kind>")
def sheet(kind: str) -> Response:
    """Every partnership's, as a file."""
    year = Span.year_to(today())
    named = [Column(figure.words, Kind.WHOLE, 14, note=figure.sentence) for figure in PartnershipFigure]
    columns = (Column("Locality", width=26), *named, Column("From", Kind.DAY, 12), Column("As at", Kind.DAY, 12))
    rows: list[list[Cell]] = [
        [locality.name, *(figure.of(counts) for figure in PartnershipFigure), year.first, year.last]
        for locality, counts in partnership_counts(year)
    ]
    return send_table(Table("Partnerships", columns, rows), "partnerships", kind)
