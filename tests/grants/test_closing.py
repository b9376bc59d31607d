"""A grant is closed by a checklist of three, and reopened with a reason. What comes later is stored as what it was."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.models import AwardHistory, AwardState
from pbvote.grants.promises.models import Promise
from pbvote.grants.reports.closing import ClosingWords, close
from pbvote.grants.reports.refusals import ClosedMeanwhile
from pbvote.grants.reports.service import report_of
from pbvote.grants.visits.service import funded_groups, plan_visit, planned_visit
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.paying import GROUPS, SECOND, SMALL, organiser, the_award
from tests.grants.reporting import (
    DESK,
    GROUP,
    MEMBER,
    contact,
    make_photo_size,
    pay_all,
    ready,
    reports,
    send,
    thank,
    visited,
)
from tests.grants.visiting import ORGANISER
from tests.grants.visiting import day as day_boxes
from tests.outbox import letters
from tests.pages import browser, text_of
from tests.together import together

CLOSE = {"promises": "y"}


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """An organiser, and two groups that may report."""
    return ready(app)


def state(app: Flask) -> AwardState:
    """Where the award stands."""
    with app.app_context():
        return the_award(SMALL).state


def finish(app: Flask, desk: CheckedClient) -> None:
    """Pay, report, thank and close."""
    pay_all(app, desk)
    send(contact(app))
    thank(desk)
    assert desk.post(f"{DESK}/close", data=CLOSE).status_code == 302


def test_each_of_the_three_holds_it_open(app: Flask, desk: CheckedClient) -> None:
    assert "There is no report yet." in text_of(desk.post(f"{DESK}/close", data=CLOSE))
    send(contact(app))
    assert "Nobody has thanked the group" in text_of(desk.post(f"{DESK}/close", data=CLOSE))
    thank(desk)
    unpaid = desk.post(f"{DESK}/close", data=CLOSE)
    assert unpaid.status_code == 422
    assert "£2,000 is not paid. Say why the money is accounted for all the same" in text_of(unpaid)
    pay_all(app, desk)
    unlooked = desk.post(f"{DESK}/close", data={})
    assert "Look at what they promised first" in text_of(unlooked)
    assert state(app) is AwardState.SIGNED
    assert desk.post(f"{DESK}/close", data=CLOSE).status_code == 302
    assert state(app) is AwardState.CLOSED


def test_a_closed_grant_is_thanked_for_and_asks_nobody_for_anything(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        plan_visit(SMALL, today() - dt.timedelta(days=3))
    finish(app, desk)
    with app.app_context():
        [letter] = [one for one in letters() if one.subject.endswith("is finished: thank you")]
        assert letter.recipient == GROUPS[SMALL]
        assert planned_visit(SMALL) is None
        [one] = [each for each in funded_groups() if each.award.id == SMALL]
        assert (one.is_alone, one.is_overdue, one.doing.colour.value) == (False, False, "green")
    page = text_of(contact(app).get("/my/awards/"))
    assert "Your project is finished, and there is nothing left to do. Thank you." in page
    assert "We need more time" not in page
    assert "The grant is closed. Nobody needs to see to it any more." in text_of(desk.get(f"/desk/monitoring/{SMALL}"))
    assert "The project is finished, and the grant is closed." in text_of(contact(app).get("/my/bids/"))
    assert "Project of Group 3" not in text_of(browser(app, MEMBER).get("/my/groups/"))
    assert desk.get(f"{DESK}/money").status_code == 200
    for path in (f"{GROUP}/change/more-time", f"{GROUP}/change/spending"):
        assert contact(app).get(path).status_code == 409


def test_a_check_in_after_closing_is_stored_as_what_it_was(app: Flask, desk: CheckedClient) -> None:
    finish(app, desk)
    member = browser(app, MEMBER)
    said = {"form_key": "late", "standing": "could_use_help", "contact_method": "visit", "words": "They still cook."}
    said |= {"next_visit": "2", **day_boxes("met_on", today())}
    assert member.post(f"/my/groups/{SMALL}", data=said).status_code == 302
    assert "They still cook." in text_of(desk.get(f"/desk/monitoring/{SMALL}"))
    with app.app_context():
        assert planned_visit(SMALL) is None
        assert the_award(SMALL).state is AwardState.CLOSED
        assert [each.doing.colour.value for each in funded_groups() if each.award.id == SMALL] == ["green"]


def test_a_promise_of_a_closed_grant_is_kept_or_not_and_never_late_or_due(app: Flask, desk: CheckedClient) -> None:
    late = {"due_on": today() - dt.timedelta(days=30)}
    with writing(app):
        db.session.execute(sa.update(Promise).where(Promise.award_id == SMALL).values(**late))
    pages = {MEMBER: f"/my/groups/{SMALL}", GROUPS[SMALL]: "/my/awards/", ORGANISER: f"/desk/monitoring/{SMALL}"}
    tags = re.compile(r"govuk-tag--\w+\">(Late|Due|Not kept|Kept)<")
    for email, address in pages.items():
        assert set(tags.findall(browser(app, email).get(address).get_data(as_text=True))) == {"Late"}, email
    finish(app, desk)
    for email, address in pages.items():
        assert set(tags.findall(browser(app, email).get(address).get_data(as_text=True))) == {"Not kept"}, email
    assert desk.post(f"{DESK}/reopen", data={"words": "A bill came."}).status_code == 302
    assert set(tags.findall(desk.get(pages[ORGANISER]).get_data(as_text=True))) == {"Late"}


def test_it_is_reopened_with_a_reason_in_the_state_that_it_had(app: Flask, desk: CheckedClient) -> None:
    assert desk.post(f"{DESK}/reopen", data={"words": "A slip"}).status_code == 409
    finish(app, desk)
    assert desk.post(f"{DESK}/reopen", data={"words": ""}).status_code == 422
    assert desk.post(f"{DESK}/reopen", data={"words": "A receipt came late"}).status_code == 302
    assert state(app) is AwardState.SIGNED
    with app.app_context():
        last = db.session.scalars(sa.select(AwardHistory).where(AwardHistory.award_id == SMALL)).all()[-1]
        assert (last.state, last.words) == (AwardState.SIGNED, "A receipt came late")
    assert desk.post(f"{DESK}/close", data=CLOSE).status_code == 302
    assert desk.post(f"{DESK}/close", data=CLOSE).status_code == 409


@both_databases
def test_two_who_close_at_once_close_it_once(app: Flask) -> None:
    desk = ready(app)
    pay_all(app, desk)
    send(contact(app))
    thank(desk)
    ended: list[str] = []

    def shut(email: str) -> None:
        try:
            with writing(app):
                award = the_award(SMALL)
                close(award, report_of(award), ClosingWords(looked_at_promises=True), organiser(email))
            ended.append("closed")
        except ClosedMeanwhile:
            ended.append("meanwhile")

    together(lambda: shut("organiser@council.example"), lambda: shut(SECOND))
    assert sorted(ended) == ["closed", "meanwhile"]
    with app.app_context():
        closings = sa.select(sa.func.count()).where(AwardHistory.state == AwardState.CLOSED)
        assert db.session.scalar(closings) == 1


def test_a_small_group_reports_in_two_presses_and_closes_in_none(app: Flask, desk: CheckedClient) -> None:
    make_photo_size(app)
    check_in = visited(app)
    pay_all(app, desk)
    group, presses = contact(app), 0
    page = group.get("/my/awards/").get_data(as_text=True)
    assert f'href="{GROUP}/report"' in page
    presses += 1  # Tell us how it went
    assert "Yes, that’s how it was" in text_of(group.get(f"{GROUP}/report"))
    assert group.post(f"{GROUP}/report/visit", data={"check_in": str(check_in)}).status_code == 302
    presses += 1
    thank(desk)
    assert desk.post(f"{DESK}/close", data=CLOSE).status_code == 302
    assert presses == 2
    assert len(reports(app)) == 1
    assert state(app) is AwardState.CLOSED
