"""Years in outline, kept past the desk."""

from collections.abc import Sequence
from typing import Any

from flask import Flask

from pbvote.public_account.outlines.models import FigureSource, OutlineLine, YearFigure
from pbvote.public_account.outlines.service import keep_outlines, publish_outline
from tests.factories import writing
from tests.grants.paying import organiser


def lines(*told: tuple[int | None, YearFigure, int]) -> list[OutlineLine]:
    """Lines of an outline: of which locality, what, how much."""
    said: dict[str, Any] = {"source": FigureSource.RECORDS, "found_in": "A report", "counted": "One by one"}
    return [
        OutlineLine(position=position, locality_id=place, figure=figure, number=number, **said)
        for position, (place, figure, number) in enumerate(told, 1)
    ]


def keep(app: Flask, years: dict[int, Sequence[OutlineLine]], *, is_public: bool = True) -> None:
    """Keep them, for everybody to read."""
    with writing(app):
        keep_outlines(years, organiser())
        for year in years if is_public else ():
            publish_outline(year)
