"""Decisions: drafted, looked at as letters, sent together, called back, and looked at again by somebody else."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.call.bids.deciding import MovedMeanwhile
from pbvote.call.bids.models import Bid, BidState
from pbvote.call.checking import appeals, decisions
from pbvote.call.checking.checklist import USUAL_QUESTIONS, set_rules
from pbvote.call.checking.models import Appeal, BidDecision, DecisionKind
from pbvote.core.clock import now
from pbvote.db import begin_write, db
from pbvote.mail.models import Letter, LetterState
from pbvote.mail.service import _send
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.vote.poll.opening import open_poll
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_bid, a_locality, an_account, an_event, an_open_round, sign_in, writing
from tests.outbox import letters
from tests.pages import browser, client_of, text_of
from tests.together import together

OLIVIA, OMAR, CONTACT = "organiser@council.example", "omar@council.example", "growers@group.example"
ROUND = "/desk/bids/round/grants-2014"
WHY = {"reason": "Your accounts are missing.", "advice": "Send them to us, and bid again."}


@pytest.fixture
def council(app: Flask) -> None:
    """Two organisers before B-01 of the Growers, B-02 of the Cooks and B-03 of the Rowers; refusals name Omar."""
    with writing(app):
        an_account(Role.ORGANISER)
        omar = an_account(Role.ORGANISER, OMAR)
        a_locality()
        share = an_open_round().shares[0]
        for group in ("Growers", "Cooks", "Rowers"):
            a_bid(share, group)
        set_rules(share.round_id, USUAL_QUESTIONS, omar.id, "0161 496 0123")


@pytest.fixture
def desk(app: Flask, council: None) -> CheckedClient:
    """Olivia's browser."""
    return browser(app, OLIVIA)


def account(email: str) -> Account:
    """The account with this address."""
    found = account_with_email(email)
    assert found
    return found


def state(app: Flask, bid_id: int = 1) -> BidState:
    """Where a bid is."""
    with app.app_context():
        return db.session.get_one(Bid, bid_id).state


def send(desk: CheckedClient, *decision_ids: int) -> TestResponse:
    """Press “Send … decisions”."""
    return desk.post(f"{ROUND}/decisions", data={"decision": list(decision_ids)}, follow_redirects=True)


def link_in(app: Flask, recipient: str, path: str) -> str:
    """The code in the newest letter to somebody that leads to this page."""
    with app.app_context():
        bodies = [letter.body for letter in letters() if letter.recipient == recipient]
    return next(found[1] for body in bodies if (found := re.search(rf"{path}#(\S+)", body)))


def refuse(desk: CheckedClient, app: Flask) -> str:
    """Olivia refuses B-01 and sends it; the code behind “Ask us to look again”."""
    assert desk.post("/desk/bids/1/refuse", data=WHY).status_code == 302
    assert "1 decision is sent." in text_of(send(desk, 1))
    return link_in(app, CONTACT, "/bids/look-again")


def test_a_draft_sends_nothing_and_leads_on_to_the_next_bid(app: Flask, desk: CheckedClient) -> None:
    with app.app_context():
        before = len(letters())
    answer = desk.post("/desk/bids/1/shortlist")
    assert answer.headers["Location"] == "/desk/bids/2"
    assert state(app) is BidState.RECEIVED
    with app.app_context():
        assert len(letters()) == before
    page = text_of(desk.get(f"{ROUND}/decisions"))
    assert "Dear Contact of Growers," in page
    assert "Good news: your bid “Project of Growers” (B-01) goes to the vote." in page
    assert "Send 1 decision" in page


def test_a_refusal_says_why_what_to_do_whom_to_ring_and_how_to_ask_again(app: Flask, desk: CheckedClient) -> None:
    refuse(desk, app)
    with app.app_context():
        [letter] = [each for each in letters() if "can’t go to the vote this time" in each.subject]
        for sentence in (
            "We are sorry: it can’t go to the vote this time.",
            "Your accounts are missing.",
            "Send them to us, and bid again.",
            "The organiser will gladly talk it through with you. Ring 0161 496 0123.",
            "Ask us to look again. Somebody else will decide.",
        ):
            assert sentence in letter.body
        assert letter.not_before
        assert letter.not_before - letter.written_at >= dt.timedelta(minutes=10) - dt.timedelta(seconds=5)


def test_without_a_person_to_ring_no_refusal_is_sent(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        set_rules(db.session.get_one(Bid, 1).round_id, USUAL_QUESTIONS, None, "")
    desk.post("/desk/bids/1/refuse", data=WHY)
    page = text_of(desk.get(f"{ROUND}/decisions"))
    assert "Nobody is named whom a refused group can ring." in page
    assert "Send 1 decision" not in page
    assert "B-01: Say first whom a refused group can ring." in text_of(send(desk, 1))
    assert state(app) is BidState.RECEIVED


def test_several_are_drafted_at_once_and_sent_together(app: Flask, desk: CheckedClient) -> None:
    assert desk.post(f"{ROUND}/several", data={"verdict": "shortlist", "bid": ["1", "2"]}).status_code == 302
    asked = desk.post(f"{ROUND}/several", data={"verdict": "refuse", "bid": ["3"]})
    assert "Each group reads the same reason." in text_of(asked)
    assert desk.post(f"{ROUND}/several", data={"verdict": "refuse", "bid": ["3"], **WHY}).status_code == 302
    assert "Send 3 decisions" in text_of(desk.get(f"{ROUND}/decisions"))
    assert "3 decisions are sent." in text_of(send(desk, 1, 2, 3))
    assert [state(app, number) for number in (1, 2, 3)] == [BidState.SHORTLISTED] * 2 + [BidState.REFUSED]


def test_for_ten_minutes_a_letter_can_be_called_back_and_its_group_knows_nothing(
    app: Flask, desk: CheckedClient
) -> None:
    code = refuse(desk, app)
    group = browser(app, CONTACT)
    assert "Organisers check it and write to you." in text_of(group.get("/my/bids/"))
    assert "Call back B-01" in text_of(desk.get(f"{ROUND}/decisions"))
    assert desk.post("/desk/bids/decisions/1/call-back").status_code == 302
    assert state(app) is BidState.RECEIVED
    with app.app_context():
        [letter] = [each for each in letters() if each.state is LetterState.CALLED_BACK]
        assert letter.body == ""
    # What was called back is no refusal: nobody asks for a second look at it, and it is not called back twice.
    assert "This link does not work." in text_of(client_of(app).post("/bids/look-again", data={"code": code}))
    assert desk.post("/desk/bids/decisions/1/call-back").status_code == 409
    assert desk.post("/desk/bids/1/shortlist").status_code == 302


def test_a_letter_that_has_left_is_not_called_back(app: Flask, desk: CheckedClient) -> None:
    refuse(desk, app)
    with time_machine.travel(now() + dt.timedelta(minutes=11)):
        sign_in(desk, OLIVIA)
        late = desk.post("/desk/bids/decisions/1/call-back")
        assert late.status_code == 409
        assert "The letter has left, so this decision can’t be called back any more." in text_of(late)
        assert "Call the decision back" not in text_of(desk.get("/desk/bids/1"))
    assert state(app) is BidState.REFUSED


class _Server:
    """A mail server that takes everything."""

    sock = object()

    def send_message(self, _message: object) -> None:
        """Take it."""


@both_databases
def test_of_a_call_back_and_a_sender_one_gets_the_letter(app: Flask, council: None) -> None:
    with writing(app):
        decision = decisions.draft(db.session.get_one(Bid, 1), DecisionKind.SHORTLIST, account(OLIVIA))
        decisions.send_decisions(decision.bid.round, [decision.id], account(OLIVIA))
        letter_id = db.session.scalars(sa.select(Letter.id).order_by(Letter.id.desc())).first()
        assert letter_id
    outcomes: list[str] = []

    def sender() -> None:
        with app.app_context():
            if _send(_Server(), letter_id, 0, "council@example.org"):  # type: ignore[arg-type]
                outcomes.append("sent")

    def caller() -> None:
        with app.app_context():
            begin_write()
            try:
                decisions.call_back(db.session.get_one(BidDecision, 1), account(OLIVIA))
                db.session.commit()
                outcomes.append("called back")
            except decisions.LetterGone:
                db.session.rollback()

    together(sender, caller)
    assert len(outcomes) == 1
    is_sent = outcomes == ["sent"]
    assert state(app) is (BidState.SHORTLISTED if is_sent else BidState.RECEIVED)
    with app.app_context():
        assert (db.session.get_one(BidDecision, 1).called_back_at is None) is is_sent


@both_databases
def test_two_officers_who_send_one_draft_send_it_once(app: Flask, council: None) -> None:
    with writing(app):
        decisions.draft(db.session.get_one(Bid, 1), DecisionKind.SHORTLIST, account(OLIVIA))
    sent: list[int] = []

    def press(email: str) -> None:
        with writing(app):
            round_ = db.session.get_one(Bid, 1).round
            sent.append(len(decisions.send_decisions(round_, [1], account(email)).sent))

    together(lambda: press(OLIVIA), lambda: press(OMAR))
    assert sorted(sent) == [0, 1]
    with app.app_context():
        assert sum("goes to the vote" in letter.subject for letter in letters()) == 1
        assert len(db.session.get_one(Bid, 1).history) == 2


def ask_again(app: Flask, code: str, words: str = "The accounts were in the second letter.") -> TestResponse:
    """The group opens the letter's link and asks."""
    contact = client_of(app)
    assert "Your accounts are missing." in text_of(contact.post("/bids/look-again", data={"code": code}))
    return contact.post("/bids/look-again/send", data={"code": code, "words": words})


def test_a_second_look_is_somebody_elses_and_lets_the_bid_in(app: Flask, desk: CheckedClient) -> None:
    code = refuse(desk, app)
    too_long = ask_again(app, code, "word " * 151)
    assert too_long.status_code == 422
    assert "word word" in text_of(too_long)
    assert ask_again(app, code).status_code == 302
    again = client_of(app).post("/bids/look-again/send", data={"code": code, "words": "Please!"})
    assert "You have asked us to look again at this bid. That can be done once." in text_of(again)
    assert "Asks us to look again" in text_of(desk.get(ROUND))
    page = text_of(desk.get("/desk/bids/second-looks/1"))
    assert "You refused this bid, so somebody else looks at it again." in page
    assert "Decide and write to the group" not in page
    form = {"outcome": "let_in", "answer": "We found them."}
    assert desk.post("/desk/bids/second-looks/1", data=form).status_code == 409
    assert browser(app, OMAR).post("/desk/bids/second-looks/1", data=form).status_code == 302
    assert state(app) is BidState.SHORTLISTED
    with app.app_context():
        assert "You were right: it goes to the vote." in letters()[0].body
    assert "Let in after a second look" in text_of(desk.get("/desk/bids/1"))


def test_a_refusal_that_is_upheld_is_told_kindly(app: Flask, desk: CheckedClient) -> None:
    ask_again(app, refuse(desk, app))
    form = {"outcome": "uphold", "answer": "The accounts are of another group."}
    assert browser(app, OMAR).post("/desk/bids/second-looks/1", data=form).status_code == 302
    assert state(app) is BidState.REFUSED
    with app.app_context():
        body = letters()[0].body
    assert "The accounts are of another group." in body
    assert "You are welcome to bid in the next round." in body


@both_databases
def test_a_second_look_is_decided_once(app: Flask, council: None) -> None:
    with writing(app):
        decision = decisions.draft(db.session.get_one(Bid, 1), DecisionKind.REFUSE, account(OLIVIA), **WHY)
        decisions.send_decisions(decision.bid.round, [decision.id], account(OLIVIA))
        appeals.ask_again(decision, "Look again, please.")
        an_account(Role.ORGANISER, "third@council.example")
    decided: list[str] = []

    def press(email: str) -> None:
        try:
            with writing(app):
                appeals.let_in(db.session.get_one(Appeal, 1), account(email), "Yes.")
            decided.append(email)
        except (appeals.AppealDecided, MovedMeanwhile):
            pass

    together(lambda: press(OMAR), lambda: press("third@council.example"))
    assert len(decided) == 1


def test_a_bid_that_came_after_the_poll_opened_has_no_button_that_can_only_fail(app: Flask) -> None:
    with writing(app):
        event = an_event()
        late = a_bid(event.share, "Latecomers").id
        open_poll(event, account(OLIVIA))
    page = text_of(browser(app, OLIVIA).get(f"/desk/bids/{late}"))
    assert "It can’t go to the vote. Voting has opened" in page
    assert "Draft: to the vote" not in page
