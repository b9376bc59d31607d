"""A partnership by numbers: each number is as at a day, and the same wherever it stands."""

import csv
import datetime as dt
import io

import pytest
from flask import Flask

from pbvote.core.clock import today
from pbvote.core.spans import Span
from pbvote.partnership.counting import partnership_counts
from pbvote.public_account.figures.definitions import PartnershipFigure
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_locality, writing
from tests.pages import text_of
from tests.public_account.years import a_year, ago

PAGE = "/localities/sale/numbers"


def counts(app: Flask, last: dt.date | None = None) -> dict[str, int]:
    """Sale's numbers of the twelve months to a day."""
    with app.app_context():
        [found] = [
            counted for each, counted in partnership_counts(Span.year_to(last or today())) if each.slug == "sale"
        ]
        return {figure.value: figure.of(found) for figure in PartnershipFigure}


@both_databases
def test_a_year_by_numbers_is_as_at_each_day(app: Flask) -> None:
    a_year(app)
    now = {"held": 3, "in_time": 2, "asked": 2, "answered": 1, "due": 3, "done": 2, "members": 1, "visits": 2}
    assert counts(app) == now
    # Minutes that are not agreed yet, what is due later, and who had left are in no figure; before, some was otherwise.
    assert counts(app, ago(41)) == now | {"held": 2, "due": 2, "done": 1, "members": 2, "visits": 1}
    assert counts(app, ago(95)) == now | {"held": 2, "answered": 0, "due": 0, "done": 0, "members": 2, "visits": 0}


def test_the_pages_and_the_file_say_the_same(app: Flask, client: CheckedClient) -> None:
    a_year(app)
    strip = (
        "Meetings held 3 Agendas out in time 2 of 3 Questions answered 1 of 2 Actions done 2 of 3 due Members 1 "
        "Visits to groups 2"
    )
    for path in ("/localities/sale", PAGE):
        assert strip in text_of(client.get(path))
    sheet = client.get("/partnerships/numbers.csv").get_data(as_text=True).lstrip("\ufeff")
    [row] = csv.DictReader(io.StringIO(sheet))
    assert [int(row[figure.words]) for figure in PartnershipFigure] == list(counts(app).values())
    meanings = text_of(client.get("/figures"))
    for figure in PartnershipFigure:
        assert f"{figure.words} {figure.sentence}" in meanings
        assert figure.sentence in text_of(client.get(PAGE))


def test_a_partnership_that_did_nothing_yet_reads_well(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        a_locality()
    assert "Meetings held 0 Agendas out in time none Questions answered none Actions done none Members 0" in text_of(
        client.get(PAGE)
    )
    assert client.get("/localities/nowhere/numbers").status_code == 404
    assert client.get("/partnerships/numbers.pdf").status_code == 404


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (dt.date(2026, 11, 28), dt.date(2025, 11, 29)),
        (dt.date(2028, 2, 29), dt.date(2027, 3, 1)),
        (dt.date(2027, 12, 31), dt.date(2027, 1, 1)),
    ],
)
def test_a_year_has_twelve_months(last: dt.date, first: dt.date) -> None:
    assert Span.year_to(last).first == first


def test_quarters_follow_each_other() -> None:
    quarter = Span.quarter_with(dt.date(2027, 2, 28))
    assert quarter == Span(dt.date(2027, 1, 1), dt.date(2027, 3, 31))
    assert quarter.quarter_before == Span(dt.date(2026, 10, 1), dt.date(2026, 12, 31))
