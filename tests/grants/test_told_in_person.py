"""What a group tells its mentor is the visit of that day, and so is the visit that it confirms: none is overdue."""

import datetime as dt

import pytest
from flask import Flask

from pbvote.core.clock import today
from pbvote.grants.visits.service import plan_visit, planned_visit
from tests.factories import writing
from tests.grants.paying import SMALL
from tests.grants.reporting import DESK, GROUP, MEMBER, contact, make_photo_size, ready, send, visited
from tests.grants.visiting import ORGANISER
from tests.pages import browser, text_of

DAYS = pytest.mark.parametrize(("in_days", "stays"), [(-1, False), (0, False), (1, True)])


def planned(app: Flask, in_days: int) -> None:
    """Plan the next visit for so many days from now."""
    with writing(app):
        plan_visit(SMALL, today() + dt.timedelta(days=in_days))


def is_planned(app: Flask) -> bool:
    """Whether a visit is awaited still."""
    with app.app_context():
        return planned_visit(SMALL) is not None


@DAYS
def test_a_report_told_to_the_mentor_pays_the_visit_that_was_due_by_then(app: Flask, in_days: int, stays: bool) -> None:
    ready(app)
    planned(app, in_days)
    desk = browser(app, ORGANISER)
    assert ("1 visit is overdue" in text_of(desk.get("/desk/"))) is (in_days < 0)
    assert send(browser(app, MEMBER), f"/my/groups/{SMALL}/report").status_code == 302
    assert is_planned(app) is stays
    assert "1 visit is overdue" not in text_of(desk.get("/desk/"))


@DAYS
def test_the_visit_that_a_group_confirms_pays_it_too(app: Flask, in_days: int, stays: bool) -> None:
    ready(app)
    make_photo_size(app)
    planned(app, in_days)
    check_in = visited(app)
    assert contact(app).post(f"{GROUP}/report/visit", data={"check_in": str(check_in)}).status_code == 302
    assert is_planned(app) is stays


@pytest.mark.parametrize("address", [f"{GROUP}/report", f"{DESK}/report/write"])
def test_a_report_that_nobody_told_in_person_is_no_visit(app: Flask, address: str) -> None:
    desk = ready(app)
    planned(app, -1)
    assert send(contact(app) if address.startswith("/my") else desk, address).status_code == 302
    assert is_planned(app)
