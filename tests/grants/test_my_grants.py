"""A group's card under My grants: where it stands, and one next step before everything else."""

import datetime as dt

import pytest
from flask import Flask

from pbvote.core.clock import now, today
from pbvote.core.working_days import working_days_after
from pbvote.filters import day
from pbvote.grants.awards.models import DAYS_TO_ANSWER
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.grants.decided import drafted, outbox, result, send
from tests.grants.paying import SMALL, the_award
from tests.grants.reporting import contact, pay_all, ready
from tests.pages import browser, text_of


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """An organiser, and two groups that may report."""
    return ready(app)


def card(app: Flask) -> str:
    """The group's page."""
    return contact(app).get("/my/awards/").get_data(as_text=True)


def test_the_report_is_the_step_to_take_once_the_project_is_over(app: Flask, desk: CheckedClient) -> None:
    button = f'href="/my/awards/{SMALL}/report"'
    before = card(app).partition(button)[0].rpartition("<a")[2]
    assert "govuk-button--secondary" in before, "the project goes on"
    with writing(app):
        the_award(SMALL).ends_on = today() - dt.timedelta(days=1)
    page = card(app)
    assert "govuk-button--secondary" not in page.partition(button)[0].rpartition("<a")[2]
    for comes_later in ("What you promised", "Your mentor is", "What your visitors wrote", "If your plans change"):
        assert page.index(button) < page.index(comes_later)


def test_whoever_has_the_money_is_not_told_that_a_payment_can_be_stopped(app: Flask, desk: CheckedClient) -> None:
    assert "We can’t do it after all" in text_of(contact(app).get("/my/awards/"))
    pay_all(app, desk)
    words = text_of(contact(app).get("/my/awards/"))
    assert "We can’t do it after all" not in words
    assert "it stops the payment first" not in words
    assert "Ring the council. What you have not spent goes back." in words


def test_an_offer_says_by_when_to_answer_as_its_letter_does(app: Flask) -> None:
    send(*drafted(app, result(app)))
    assert f"Please answer within {DAYS_TO_ANSWER} working days." in outbox(app)["group3@group.example"][1]
    with writing(app):
        the_award(SMALL).told_at = now()
    words = text_of(browser(app, "group3@group.example").get("/my/awards/"))
    assert f"Please answer by {day(working_days_after(today(), 10))}." in words
    assert "What your visitors wrote" not in words, "nobody visits before they accept"
    with writing(app):
        the_award(SMALL).told_at = now() - dt.timedelta(days=30)
    assert "Please answer by" not in text_of(browser(app, "group3@group.example").get("/my/awards/"))
