"""What stale pages still send about a grant that is closed, or that its group gave back."""

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.reports.closing import ClosingWords, close
from pbvote.grants.reports.refusals import ClosedMeanwhile
from pbvote.grants.reports.service import report_of
from pbvote.vote.acts.models import Act
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.grants.paying import LARGE, SECOND, SMALL, day_of, organiser, plan_form, ring, the_award
from tests.grants.reporting import DESK, GROUP, MORE_TIME, changes, contact, pay_all, ready, send, thank
from tests.outbox import letters
from tests.pages import browser, text_of

CLOSE = {"promises": "y"}
MONEY = f"{DESK}/money"


def closed(app: Flask) -> CheckedClient:
    """An organiser's browser; the award is paid, reported and closed."""
    desk = ready(app)
    pay_all(app, desk)
    send(contact(app))
    thank(desk)
    assert desk.post(f"{DESK}/close", data=CLOSE).status_code == 302
    return desk


def test_the_money_of_a_closed_grant_does_not_move_and_the_page_says_why(app: Flask) -> None:
    desk = closed(app)
    back = {"number": "1", "pence": "10", **day_of("returned_on"), "why": "Left over"}
    failed = {"became": "failed", "why": "Wrong account", **day_of("happened_on")}
    for path, form in {"returns": back, "payments/1": failed, "payments": plan_form(2), "call": {}}.items():
        for answer in (desk.post(f"{MONEY}/{path}", data=form), desk.get(f"{MONEY}/{path}")):
            assert answer.status_code == 409
            assert "This grant is closed. Open it again first" in text_of(answer)
    page = text_of(desk.get(MONEY))
    assert "It came back" not in page
    assert "Open it again to note anything more." in page


def test_where_nothing_is_left_nobody_is_asked_to_pay_nothing(app: Flask) -> None:
    desk = ready(app)
    pay_all(app, desk)
    ring(app, LARGE)
    money = f"/desk/awards/{LARGE}/money"
    assert desk.post(f"{money}/payments", data=plan_form()).status_code == 302
    assert browser(app, SECOND).post(f"/desk/awards/{LARGE}/acts/1/confirm").status_code == 302
    for address in (MONEY, money):
        for late in (desk.get(f"{address}/payments"), desk.post(f"{address}/payments", data=plan_form(2))):
            assert late.status_code == 409
            said = "£2,000 is paid" if address is MONEY else "£3,000 is planned"
            assert f"Nothing is left to plan: {said}." in text_of(late)
            assert "<form method" not in late.get_data(as_text=True).partition("<main")[2]
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Act.id))) == 1, "nobody is asked to confirm £0"


def test_no_grant_is_closed_while_finance_is_asked_to_pay(app: Flask) -> None:
    desk = ready(app)
    ring(app, SMALL)
    assert desk.post(f"{MONEY}/payments", data=plan_form()).status_code == 302
    send(contact(app))
    thank(desk)
    refused = desk.post(f"{DESK}/close", data={**CLOSE, "why_accounted": "It comes on Monday."})
    assert refused.status_code == 422
    assert "A payment is planned. Note first what became of it" in text_of(refused)


def test_money_that_moved_after_somebody_looked_keeps_the_grant_open(app: Flask) -> None:
    desk = ready(app)
    pay_all(app, desk)
    send(contact(app))
    thank(desk)
    with writing(app):
        award, by = the_award(SMALL), organiser()
        report = report_of(award)
        elsewhere = sa.update(Award).where(Award.id == SMALL).values(paid_pence=0)  # the bank has sent it back
        db.session.execute(elsewhere.execution_options(synchronize_session=False))
        with pytest.raises(ClosedMeanwhile):
            close(award, report, ClosingWords(looked_at_promises=True), by)


def test_what_a_group_asked_is_answered_before_its_grant_is_closed(app: Flask) -> None:
    desk = ready(app)
    pay_all(app, desk)
    assert contact(app).post(f"{GROUP}/change/more-time", data=MORE_TIME).status_code == 302
    send(contact(app))
    thank(desk)
    refused = desk.post(f"{DESK}/close", data=CLOSE)
    assert refused.status_code == 422
    assert "Answer first what the group has asked" in text_of(refused)
    assert desk.post(f"{DESK}/changes/1", data={"said": "no", "answer": "You have done it."}).status_code == 302
    assert desk.post(f"{DESK}/close", data=CLOSE).status_code == 302


def test_a_group_that_gave_its_award_back_hears_of_no_more_time(app: Flask) -> None:
    desk, group = ready(app), contact(app)
    assert group.post(f"{GROUP}/change/more-time", data=MORE_TIME).status_code == 302
    assert group.post(f"{GROUP}/give-back", data={}).status_code == 302
    assert "We answer what you asked" not in text_of(group.get("/my/awards/"))
    with app.app_context():
        before = len(letters())
    late = desk.post(f"{DESK}/changes/1", data={"said": "yes", "answer": "Take your time."})
    assert late.status_code == 409
    assert "Nothing of it changes any more." in text_of(late)
    assert changes(app)[0].answered_at is None
    with app.app_context():
        assert [letter.recipient for letter in letters()[before:]] == []
