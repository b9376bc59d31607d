"""A worry has an officer, a day and an answer, and its member reads all three."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.filters import day as in_words
from pbvote.grants.visits.models import Worry
from pbvote.grants.visits.worries import AlreadyAnswered, answer_worry, give_worry
from pbvote.people.service import account_with_email
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_account, writing
from tests.grants.visiting import MEMBER, ORGANISER, OTHER, colour_of, fund, hand_over, log, suspend
from tests.outbox import letters
from tests.pages import browser, text_of

SECOND = "second@council.example"
SAID, SECRET = "The treasurer has left.", "Cash is kept at home by one person."
ANSWER = "I rang them on Tuesday. Two people sign now."


@pytest.fixture
def funded(app: Flask) -> None:
    """Award 1, with its mentor; and a second organiser beside the one who made the offer."""
    fund(app)
    with writing(app):
        an_account(Role.ORGANISER, SECOND)


def worry_about(member: CheckedClient, words: str = SAID) -> None:
    """Let the member be worried."""
    assert log(member, standing="worried", words=words, concern=SECRET).status_code == 302


def worries(app: Flask) -> list[Worry]:
    """Every worry."""
    with app.app_context():
        return list(db.session.scalars(sa.select(Worry).order_by(Worry.id)))


def written(app: Flask) -> list[tuple[str, str, str]]:
    """Every letter about a worry, newest first: to whom, its subject and its body."""
    with app.app_context():
        return [(one.recipient, one.subject, one.body) for one in letters() if "orry" in one.subject]


def account_id(app: Flask, email: str) -> int:
    """The number of the account with this address."""
    with app.app_context():
        account = account_with_email(email)
        assert account
        return account.id


@both_databases
def test_a_worry_is_a_task_with_a_name_and_a_day_and_a_letter_without_its_words(app: Flask, funded: None) -> None:
    worry_about(browser(app, MEMBER))
    [worry] = worries(app)
    assert worry.officer_id == account_id(app, ORGANISER)  # who made the offer
    assert worry.due_on == working_days_after(today(), 5)
    [(recipient, subject, body)] = written(app)
    assert recipient == ORGANISER
    assert "A worry about" in subject
    assert "/desk/worries/1" in body
    assert in_words(worry.due_on) in body
    assert SAID not in body
    assert SECRET not in body
    page = text_of(browser(app, SECOND).get("/desk/"))
    assert "Answer the worry about" in page
    assert f"For The organiser by {in_words(worry.due_on)}" in page


def test_a_worry_stays_red_whatever_is_logged_later_until_it_is_answered(app: Flask, funded: None) -> None:
    member, desk = browser(app, MEMBER), browser(app, ORGANISER)
    assert colour_of(app) == "green"
    worry_about(member)
    assert log(member).status_code == 302
    assert colour_of(app) == "red"
    board = text_of(desk.get("/desk/monitoring/"))
    assert "1 Red" in board
    assert "A worry waits for an answer from The organiser by" in board
    assert "A worry waits for an answer from The organiser by" in text_of(member.get("/my/groups/"))
    assert desk.post("/desk/worries/1", data={"answer": ANSWER}).status_code == 302
    assert colour_of(app) == "green"
    assert "0 Red" in text_of(desk.get("/desk/monitoring/"))
    assert "Answer the worry" not in text_of(desk.get("/desk/"))


def test_the_member_reads_own_words_own_concern_and_the_answer_for_good(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    worry_about(member)
    page = text_of(member.get("/my/groups/1"))
    assert SAID in page
    assert SECRET in page
    assert "The organiser answers by" in page
    browser(app, ORGANISER).post("/desk/worries/1", data={"answer": ANSWER})
    recipient, subject, body = written(app)[0]
    assert recipient == MEMBER
    assert "Your worry about" in subject
    assert "/my/groups/1" in body
    assert ANSWER not in body
    hand_over(app)
    page = text_of(browser(app, MEMBER).get("/my/groups/1"))
    assert {SAID, SECRET, ANSWER} <= {text for text in (SAID, SECRET, ANSWER) if text in page}
    page = text_of(browser(app, OTHER).get("/my/groups/1"))
    assert SAID in page
    assert SECRET not in page
    assert ANSWER not in page  # it may speak of what only its member wrote


def test_several_worries_each_have_their_own_officer_day_and_answer(app: Flask, funded: None) -> None:
    worry_about(browser(app, MEMBER))
    assert "The group reads this a day later:" in text_of(browser(app, ORGANISER).get("/desk/worries/1"))
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=7), tick=False):
        assert "The group reads this:" in text_of(browser(app, ORGANISER).get("/desk/worries/1"))
        worry_about(browser(app, MEMBER), "Nobody came to the last three evenings, and the hall was dark.")
        desk = browser(app, ORGANISER)
        given = desk.post("/desk/worries/2/officer", data={"officer": str(account_id(app, SECOND))})
        assert given.status_code == 302
        first, second = worries(app)
        assert first.due_on < second.due_on
        assert (first.officer_id, second.officer_id) == (account_id(app, ORGANISER), account_id(app, SECOND))
        assert written(app)[0][0] == SECOND
        desk.post("/desk/worries/1", data={"answer": ANSWER})
        assert colour_of(app) == "red"
        browser(app, SECOND).post("/desk/worries/2", data={"answer": "I went there. The lamp is mended."})
        assert colour_of(app) == "green"
        assert [one.answer for one in worries(app)] == [ANSWER, "I went there. The lamp is mended."]


@both_databases
def test_the_first_answer_wins_and_the_second_officer_is_shown_it(app: Flask, funded: None) -> None:
    worry_about(browser(app, MEMBER))
    browser(app, SECOND).post("/desk/worries/1", data={"answer": ANSWER})
    late = browser(app, ORGANISER).post("/desk/worries/1", data={"answer": "I shall ring them tomorrow."})
    assert late.status_code == 409
    assert "Somebody has answered this worry meanwhile" in text_of(late)
    assert ANSWER in text_of(late)
    assert "I shall ring them tomorrow." in text_of(late)  # what was typed is not lost
    assert worries(app)[0].answer == ANSWER
    with writing(app):
        worry, officer = db.session.get_one(Worry, 1), account_with_email(ORGANISER)
        assert officer
        for verb in (lambda: answer_worry(worry, "Again.", officer), lambda: give_worry(worry, officer.id)):
            with pytest.raises(AlreadyAnswered):
                verb()
    assert len([one for one in written(app) if one[0] == MEMBER]) == 1


def test_an_officer_who_is_suspended_has_a_deputy_at_once(app: Flask, funded: None) -> None:
    worry_about(browser(app, MEMBER))
    suspend(app, ORGANISER)
    second = browser(app, SECOND)
    assert "For whoever reads this first by" in text_of(second.get("/desk/"))
    worry_about(browser(app, MEMBER), "Nobody came to the last three evenings, and the hall was dark.")
    assert worries(app)[1].officer_id == account_id(app, SECOND)
    refused = second.post("/desk/worries/1/officer", data={"officer": str(account_id(app, ORGANISER))})
    assert refused.status_code == 422
    assert second.post("/desk/worries/1", data={"answer": ANSWER}).status_code == 302


def test_an_answer_needs_words_and_an_auditor_reads_without_answering(app: Flask, funded: None) -> None:
    worry_about(browser(app, MEMBER))
    refused = browser(app, ORGANISER).post("/desk/worries/1", data={"answer": " "})
    assert refused.status_code == 422
    assert "Write the answer" in text_of(refused)
    with writing(app):
        an_account(Role.AUDITOR, "audrey@council.example")
    auditor = browser(app, "audrey@council.example")
    assert SECRET in text_of(auditor.get("/desk/worries/1"))
    assert auditor.post("/desk/worries/1", data={"answer": ANSWER}).status_code == 403
    assert browser(app, ORGANISER).get("/desk/worries/2").status_code == 404


def test_a_worry_that_is_sent_twice_is_one_worry(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    for _ in range(2):
        worry_about(member)
    assert len(worries(app)) == 1
    assert len(written(app)) == 1
