"""Every number that leads somewhere leads to as many rows as it says, on every board and on Today."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from benchmarks.boards_data import MEMBER, ORGANISER
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.reports.models import ChangeKind, ChangeRequest, LeftPlan, Report
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.grants.boards import BOARD, borough, figures
from tests.pages import browser, text_of

REPORTS = "/desk/reports/"
_LINK = re.compile(r'<a class="govuk-link[^"]*"\s+href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_OF_TASKS = {
    "Thank": "Reports to answer",
    "Answer": "Groups that ask for something",
    "Agree": "Money left to agree on",
    "late": "Late reports",
}
"""Which table of the reports' page a task of Today leads to, by a word of it."""


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """A borough in which everything that is counted is more than once, and not always once for each group."""
    desk = borough(app, awards=80)
    with writing(app):
        for number in (1, 14, 23):
            award = db.session.get_one(Award, number)
            award.planned_pence, award.state = 0, AwardState.CLOSED
        for report in db.session.query(Report).limit(3):
            report.left_pence, report.left_wish = 5_00, LeftPlan.KEEP
        for award_id, kind in ((4, ChangeKind.MORE_TIME), (4, ChangeKind.SPEND_DIFFERENTLY), (5, ChangeKind.MORE_TIME)):
            asked = ChangeRequest(award_id=award_id, kind=kind, words="Rain.", needs_reason=False, asked_by_id=1)
            asked.ends_on = today() if kind is ChangeKind.MORE_TIME else None
            asked.moved_pence = None if asked.ends_on else 5_00
            asked.asked_at = now()
            db.session.add(asked)
    return desk


def numbers_on(client: CheckedClient, address: str) -> Iterator[tuple[str, int, str]]:
    """What each link of a page says that names a number, the number, and where it leads."""
    for href, inside in _LINK.findall(client.get(address).get_data(as_text=True)):
        said = " ".join(re.sub(r"<[^>]+>", " ", inside).split())
        if (found := re.search(r"(?<![\w/])\d+", said)) and ("figure-link" in href or "#groups" in href or "?" in href):
            yield said, int(found[0]), href.replace("&amp;", "&").partition("#")[0]


def rows_at(client: CheckedClient, address: str, said: str) -> int:
    """How many rows there are where a number leads: all pages of a board, or the one table of the reports' page."""
    if not address.startswith(REPORTS):
        whole = address + ("&" if "?" in address else "?") + "page=all"
        named = re.compile(r"<caption[^>]*>\s*\d+ groups?")
        return sum(_rows(table) for table in _tables(client, whole) if named.search(table))
    [caption] = [caption for word, caption in _OF_TASKS.items() if word in said.split()]
    return sum(_rows(table) for table in _tables(client, address) if caption in table)


def _tables(client: CheckedClient, address: str) -> list[str]:
    return _TABLE.findall(client.get(address).get_data(as_text=True))


def _rows(table: str) -> int:
    body = table.partition("<tbody")[2]
    return 0 if "colspan" in body else body.count("<tr")


@pytest.mark.parametrize(
    ("email", "address", "least"),
    [
        (ORGANISER, BOARD, 30),
        (ORGANISER, f"{BOARD}localities/sale", 10),
        (MEMBER, "/my/board/old-trafford", 10),
        (ORGANISER, "/desk/", 8),
    ],
)
def test_each_number_leads_to_as_many_rows(
    app: Flask, desk: CheckedClient, email: str, address: str, least: int
) -> None:
    client, checked = browser(app, email), 0
    for said, number, leads_to in numbers_on(client, address):
        if leads_to.startswith((BOARD, "/my/board/", REPORTS)):
            assert rows_at(client, leads_to, said) == number, (said, leads_to)
            checked += 1
    assert checked >= least


def test_a_number_that_is_more_for_one_group_counts_the_group_once(app: Flask, desk: CheckedClient) -> None:
    late, _ = figures(desk)["With a late promise"]
    page = text_of(desk.get(f"{BOARD}?which=promises-late&page=all"))
    of_each = [int(many) for many in re.findall(r"of 3, (\d+) late", page)]
    assert len(of_each) == late
    assert sum(of_each) > late, "somebody has two that are late"
