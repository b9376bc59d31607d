"""Sixty bids leave, are opened and saved by LibreOffice, come back, and nothing has changed: cell by cell."""

from pathlib import Path

import pytest
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.models import Papers
from pbvote.call.groups.models import GroupKind
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.questions import USUAL_QUESTIONS
from pbvote.call.rounds.service import round_called
from pbvote.call.spreadsheets.exporting import bid_table
from pbvote.call.spreadsheets.planning import plan_import
from pbvote.localities.service import describe_locality
from pbvote.people.service import account_with_email
from pbvote.spreadsheets.opening import grid_of
from pbvote.spreadsheets.reading import read_sheet
from pbvote.spreadsheets.workbooks import as_xlsx
from pbvote.spreadsheets.writing import as_csv
from tests.factories import a_bid, a_locality, an_account, an_open_round, writing
from tests.office import saved_by_libreoffice

NUMBERS = ("GB-COH-05551234", "GB-CHC-1092477", "GB-SC-SC012345", "GB-NIC-100012", "1098765", "05551234", "")
PHONES = ("07700900123", "0161 496 0000", "+44 161 496 0000", "")
TEXTS = (
    "We plant.\n\nYou eat.",
    "=SUM(A1:A9)",
    '+ more, “quoted” and "so"; a tab\tin it',
    "اردو: ہم باغ لگاتے ہیں 🌻",
    "1/2",
    "007",
    "-12.50",
    "https://group.example/",
    "1 May 2014",
    "£250",
    "'apostrophe",
)


@pytest.fixture
def whole_round(app: Flask) -> None:
    """Sixty bids, of one locality or two, with everything that a bid can hold."""
    with writing(app):
        an_account(Role.ORGANISER)
        wards = ["Priory", "Ashton upon Mersey"]
        describe_locality(a_locality(), wards, [])
        describe_locality(a_locality("Altrincham"), ["Priory", "Bowdon"], [])
        round_ = an_open_round()
        round_.questions = USUAL_QUESTIONS[:2]
        for number in range(60):
            _fill_in(round_, number)


def _fill_in(round_: Round, number: int) -> None:
    share = round_.shares[number % 2]
    bid = a_bid(share, f"Group {number}", 100_00 + 37 * number)
    bid.title, bid.summary = f"{TEXTS[number % len(TEXTS)][:60]} ({number})", TEXTS[number % len(TEXTS)]
    bid.who_benefits = TEXTS[(number + 3) % len(TEXTS)]
    bid.ward = share.locality.wards[number // 2 % 2]
    bid.postcode, bid.papers = ("M33 7ZF", Papers.HAVE) if number % 3 else ("", None)
    bid.works_with_people_at_risk = number % 4 == 0
    bid.answers = {"dates": TEXTS[number % len(TEXTS)]} if number % 5 else {}
    assert bid.group
    bid.group.registered_number, bid.group.kind = NUMBERS[number % 7], list(GroupKind)[number % 4]
    bid.group.contacts[0].phone = PHONES[number % 4]


@pytest.mark.parametrize(
    ("came_as", "goes_as"), [("xlsx", "xlsx"), ("csv", "csv"), ("xlsx", "csv")], ids=["xlsx", "csv", "xlsx-to-csv"]
)
def test_libreoffice_changes_no_cell_of_sixty_bids(
    app: Flask, whole_round: None, tmp_path: Path, came_as: str, goes_as: str
) -> None:
    with app.app_context():
        round_ = round_called("grants-2014")
        assert round_
        table = bid_table(round_)
        sent = (as_xlsx if came_as == "xlsx" else as_csv)(table)
        saved = grid_of(saved_by_libreoffice(tmp_path, sent, came_as, goes_as))
        before, after = (read_sheet(grid, table.columns) for grid in (grid_of(sent), saved))
        assert not after.problems
        assert [row.cells for row in after.rows] == [row.cells for row in before.rows]
        organiser = account_with_email("organiser@council.example")
        assert organiser
        plan = plan_import(round_, saved, organiser)
        assert (len(plan.new), len(plan.changed), plan.problems, len(plan.unchanged)) == (0, 0, [], 60)
