"""An officer asks one group for its receipts, below the round's sum, with a reason; and can take that back."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.grants.reminding.service import remind_of
from pbvote.grants.reports.asking_receipts import ask_for_receipts
from pbvote.grants.reports.due import report_due_on
from pbvote.grants.reports.receipt_models import ReceiptsRequest
from pbvote.grants.reports.refusals import ReceiptsAsked
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.paying import GROUPS, LARGE, SECOND, SMALL, organiser, the_award
from tests.grants.reporting import (
    DESK,
    GROUP,
    MEMBER,
    add_receipt,
    contact,
    make_photo_size,
    ready,
    reports,
    send,
    visited,
)
from tests.outbox import letters
from tests.pages import browser, text_of
from tests.together import together

WHY = "Our auditor looks at one grant in ten."
ASK, BACK = f"{DESK}/report/receipts", f"{DESK}/report/receipts/take-back"
NO_RECEIPT = "Add a photo of a receipt below, or say here why there is none"


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """An organiser, and two groups that may report."""
    return ready(app)


def test_the_group_reads_why_and_the_report_asks(app: Flask, desk: CheckedClient) -> None:
    assert "receipt" not in text_of(contact(app).get(f"{GROUP}/report"))
    assert contact(app).post(f"{GROUP}/receipts", data={}).status_code == 409
    assert "Ask for receipts" in text_of(desk.get(f"{DESK}/report"))
    assert "Say why you ask" in text_of(desk.post(ASK, data={"reason": " "}))
    assert desk.post(ASK, data={"reason": WHY}).status_code == 302
    assert desk.post(ASK, data={"reason": WHY}).status_code == 409
    with app.app_context():
        [letter] = [one for one in letters() if one.subject == "Please keep your receipts for “Project of Group 3”"]
        assert letter.recipient == GROUPS[SMALL]
        assert WHY in letter.body
    for page in ("/my/awards/", f"{GROUP}/report"):
        assert WHY in text_of(contact(app).get(page)), page
    assert WHY in text_of(browser(app, MEMBER).get(f"/my/groups/{SMALL}/report"))
    assert WHY in text_of(desk.get(f"{DESK}/report"))
    refused = send(contact(app))
    assert refused.status_code == 422
    assert NO_RECEIPT in text_of(refused)
    position = re.findall(r'name="position" type="radio" value="(\d+)"', refused.get_data(as_text=True))[0]
    assert "The receipt is kept." in text_of(add_receipt(contact(app), position, award_id=SMALL))
    assert send(contact(app)).status_code == 302
    assert f"{DESK.removesuffix('/report')}/receipts/1.jpg" in desk.get(f"{DESK}/report").get_data(as_text=True)
    assert desk.post(BACK).status_code == 409, "it has reported"


def test_a_receipt_that_is_missing_may_be_explained(app: Flask, desk: CheckedClient) -> None:
    desk.post(ASK, data={"reason": WHY})
    assert send(contact(app), why_no_receipt="The baker gives none.").status_code == 302
    assert [each.why_no_receipt for each in reports(app)] == ["The baker gives none."]


def test_each_line_that_cost_something_has_one_where_there_are_figures(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        for award_id in (LARGE, SMALL):
            round_ = the_award(award_id).event.share.round
            round_.grant_rules = type(round_.grant_rules)(receipts_from_pence=5_000_00)
    group, address = contact(app, LARGE), f"/my/awards/{LARGE}/report"
    said = {"spent_0": "3,000", "spent_1": "3,000"}
    assert desk.post(f"/desk/awards/{LARGE}/report/receipts", data={"reason": WHY}).status_code == 302
    refused = send(group, address, **said)
    assert "Add a photo of the receipt for “Things” below" in text_of(refused)
    assert desk.post(f"/desk/awards/{LARGE}/report/receipts/take-back").status_code == 302
    assert send(group, address, **said).status_code == 302


def test_a_visit_does_not_tell_it_all_while_receipts_are_asked_for(app: Flask, desk: CheckedClient) -> None:
    make_photo_size(app)
    check_in = visited(app)
    assert desk.post(ASK, data={"reason": WHY}).status_code == 302
    page = text_of(contact(app).get(f"{GROUP}/report"))
    assert "Yes, that’s how it was" not in page
    assert WHY in page
    assert contact(app).post(f"{GROUP}/report/visit", data={"check_in": str(check_in)}).status_code == 409
    assert desk.post(BACK).status_code == 302
    with app.app_context():
        assert [one.recipient for one in letters() if one.subject.startswith("We do not need your")] == [GROUPS[SMALL]]
    assert WHY not in text_of(contact(app).get("/my/awards/"))
    assert desk.post(BACK).status_code == 409
    story = text_of(desk.get(f"/desk/monitoring/{SMALL}"))
    assert story.index(f"The group was asked for its receipts: {WHY}") < story.index("The receipts are not needed.")
    assert contact(app).post(f"{GROUP}/report/visit", data={"check_in": str(check_in)}).status_code == 302
    assert desk.get(ASK).status_code == 409


def test_the_reminder_says_so(app: Flask, desk: CheckedClient) -> None:
    assert desk.post(ASK, data={"reason": WHY}).status_code == 302
    with app.app_context():
        ahead = working_days_after(report_due_on(the_award(SMALL).ends_on), -10)
    with time_machine.travel(dt.datetime.combine(ahead, dt.time(12), dt.UTC), tick=False), writing(app):
        assert remind_of([SMALL, LARGE], ahead) == 2
        said = {one.recipient: one.body for one in letters() if one.subject.startswith("Your report on")}
    words = "Please add photos of your receipts, as we wrote to you."
    assert {email: words in body for email, body in said.items()} == {GROUPS[SMALL]: True, GROUPS[LARGE]: False}


@both_databases
def test_of_two_officers_who_ask_at_once_one_asks(app: Flask) -> None:
    ready(app)
    ended: list[str] = []

    def ask(email: str) -> None:
        try:
            with writing(app):
                ask_for_receipts(the_award(SMALL), f"{email} wants to see them.", organiser(email))
            ended.append("asked")
        except ReceiptsAsked:
            ended.append("already")

    together(lambda: ask("organiser@council.example"), lambda: ask(SECOND))
    assert sorted(ended) == ["already", "asked"]
    with app.app_context():
        assert len(db.session.scalars(sa.select(ReceiptsRequest)).all()) == 1
        assert len([one for one in letters() if one.subject.startswith("Please keep your receipts")]) == 1
