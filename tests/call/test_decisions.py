"""Decisions: drafted, looked at as letters, sent together, and called back."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.call.bids.models import Bid, BidHistory, BidState
from pbvote.call.checking import decisions
from pbvote.call.checking.checklist import USUAL_QUESTIONS, set_rules
from pbvote.call.checking.models import BidDecision, DecisionKind
from pbvote.core.clock import now
from pbvote.db import begin_write, db
from pbvote.mail.models import Letter, LetterState
from pbvote.mail.service import _send
from pbvote.vote.poll.opening import open_poll
from tests.call.deciding import CONTACT, OLIVIA, OMAR, ROUND, WHY, account, refuse, send, set_up, state
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_bid, an_event, sign_in, writing
from tests.outbox import letters
from tests.pages import browser, client_of, text_of
from tests.together import together


@pytest.fixture
def council(app: Flask) -> None:
    """Two organisers before three bids."""
    set_up(app)


@pytest.fixture
def desk(app: Flask, council: None) -> CheckedClient:
    """Olivia's browser."""
    return browser(app, OLIVIA)


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


def test_a_decision_about_a_bid_that_was_changed_meanwhile_stays_a_draft(app: Flask, desk: CheckedClient) -> None:
    desk.post("/desk/bids/1/shortlist")
    with writing(app):
        bid = db.session.get_one(Bid, 1)
        bid.asks[0].ask_pence = 4_000_00
        bid.history.append(BidHistory(state=bid.state, account_id=1, reason="The group changed its answers."))
    assert "B-01: The bid was changed after this was drafted." in text_of(send(desk, 1))
    assert state(app) is BidState.RECEIVED
    desk.post("/desk/bids/1/shortlist")
    assert "1 decision is sent." in text_of(send(desk, 2))


def test_a_number_that_no_row_can_have_is_no_fault_of_ours(app: Flask, desk: CheckedClient) -> None:
    for number in ("99999999999999999999", "-1", "x"):
        assert desk.post(f"{ROUND}/several", data={"verdict": "shortlist", "bid": number}).status_code == 302
        assert desk.post(f"{ROUND}/decisions", data={"decision": number}).status_code == 302


def test_a_bid_that_came_after_the_poll_opened_has_no_button_that_can_only_fail(app: Flask) -> None:
    with writing(app):
        event = an_event()
        late = a_bid(event.share, "Latecomers").id
        open_poll(event, account(OLIVIA))
    page = text_of(browser(app, OLIVIA).get(f"/desk/bids/{late}"))
    assert "It can’t go to the vote. Voting has opened" in page
    assert "Draft: to the vote" not in page
