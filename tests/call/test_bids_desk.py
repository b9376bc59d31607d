"""What organisers decide about a bid, what its group reads, and a bid's words in other languages."""

import datetime as dt
import re
import threading

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.call.bids.deciding import MovedMeanwhile, shortlist_bid, withdraw_bid
from pbvote.call.bids.models import Bid, BidState
from pbvote.call.checking.checklist import USUAL_QUESTIONS, set_rules
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.people.service import account_with_email
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_bid, a_locality, an_account, an_open_round, sign_in, writing
from tests.outbox import letters
from tests.pages import client_of, text_of
from tests.refusing import refuse_bid

CONTACT = "growers@group.example"
REASON = "Your accounts are missing."
ADVICE = "Send them, and bid again."
DECISIONS = "/desk/bids/round/grants-2014/decisions"
BOARD = "/desk/bids/round/grants-2014"


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser before bid 1 of the Growers and bid 2 of the Cooks."""
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        share = an_open_round().shares[0]
        a_bid(share)
        a_bid(share, "Cooks")
        set_rules(share.round_id, USUAL_QUESTIONS, an_account(Role.ORGANISER, "rita@council.example").id, "0161 496 0")
    sign_in(client, "organiser@council.example")
    return client


def state(app: Flask, bid_id: int = 1) -> BidState:
    """Where a bid is."""
    with app.app_context():
        return db.session.get_one(Bid, bid_id).state


def last_letter(app: Flask) -> tuple[str, str]:
    """The newest letter's reader and words."""
    with app.app_context():
        letter = letters()[0]
        return letter.recipient, letter.body


def contacts_page(app: Flask) -> str:
    """What the contact of the Growers sees of their bids."""
    browser = client_of(app)
    sign_in(browser, CONTACT)
    return text_of(browser.get("/my/bids/"))


def decide(desk: CheckedClient, verb: str, bid_id: int = 1, **form: str) -> TestResponse:
    """Press a button of a bid's page; what is drafted is sent at once."""
    answer = desk.post(f"/desk/bids/{bid_id}/{verb}", data={"advice": ADVICE, **form})
    if answer.status_code == 302 and verb != "withdraw":
        send_drafts(desk)
    return answer


def send_drafts(desk: CheckedClient) -> TestResponse:
    """Send what the page of decisions shows."""
    shown = re.findall(r'name="decision" value="(\d+)"', desk.get(DECISIONS).get_data(as_text=True))
    return desk.post(DECISIONS, data={"decision": shown}, follow_redirects=True)


def test_a_shortlisted_bid_goes_to_the_vote_and_its_group_hears_of_it(app: Flask, desk: CheckedClient) -> None:
    assert decide(desk, "shortlist").status_code == 302
    assert state(app) is BidState.SHORTLISTED
    recipient, body = last_letter(app)
    assert recipient == CONTACT
    assert "Good news: your bid “Project of Growers” (B-01) goes to the vote." in body
    assert "The organiser" in text_of(desk.get("/desk/bids/1"))  # who did it


def test_a_refusal_needs_a_reason_which_the_group_reads_in_its_letter_and_on_its_page(
    app: Flask, desk: CheckedClient
) -> None:
    for blank in ("", "  \n ", "word " * 121):
        refused = decide(desk, "refuse", reason=blank)
        assert refused.status_code == 422
        assert "Say what the group can do now" not in text_of(refused)
        assert "There is a problem" in text_of(refused)
        assert blank.strip() in text_of(refused)
    assert state(app) is BidState.RECEIVED
    assert decide(desk, "refuse", reason=REASON).status_code == 302
    assert state(app) is BidState.REFUSED
    assert REASON in last_letter(app)[1]
    assert ADVICE in last_letter(app)[1]
    assert REASON not in contacts_page(app)  # the letter can still be called back
    with time_machine.travel(now() + dt.timedelta(minutes=11)):
        assert REASON in contacts_page(app)
    # The other group reads nothing of it.
    sign_in(desk, "cooks@group.example")
    assert REASON not in text_of(desk.get("/my/bids/"))


def test_a_refusal_can_be_taken_back_and_its_reason_goes_from_the_groups_page(app: Flask, desk: CheckedClient) -> None:
    decide(desk, "refuse", reason=REASON)
    assert decide(desk, "shortlist").status_code == 302
    assert state(app) is BidState.SHORTLISTED
    assert REASON not in contacts_page(app)
    assert REASON in text_of(desk.get("/desk/bids/1"))  # the history keeps it


def test_a_bid_that_was_refused_stays_so_while_the_groups_next_one_stands(app: Flask, desk: CheckedClient) -> None:
    decide(desk, "refuse", reason=REASON)
    with writing(app):
        a_bid(db.session.get_one(Bid, 1).round.shares[0])
    refused = decide(desk, "shortlist")
    assert refused.status_code == 409
    assert "This group has another bid in this round, B-03." in text_of(refused)
    assert state(app) is BidState.REFUSED
    decide(desk, "withdraw", bid_id=3)
    assert decide(desk, "shortlist").status_code == 302


def test_a_withdrawn_bid_is_out_for_good(app: Flask, desk: CheckedClient) -> None:
    decide(desk, "shortlist")
    assert decide(desk, "withdraw").status_code == 302
    assert "is withdrawn, as you asked" in last_letter(app)[1]
    for verb in ("shortlist", "refuse", "withdraw"):
        assert decide(desk, verb, reason=REASON).status_code == 409
    assert state(app) is BidState.WITHDRAWN


@both_databases
def test_of_two_decisions_at_once_one_is_told_to_look_again(app: Flask) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        a_bid(an_open_round().shares[0])
    barrier, answers = threading.Barrier(4), []

    def decide_now(number: int) -> None:
        barrier.wait()
        try:
            with writing(app):
                bid, organiser = db.session.get_one(Bid, 1), account_with_email("organiser@council.example")
                assert organiser
                withdraw_bid(bid, organiser) if number % 2 else refuse_bid(bid, organiser, f"Reason {number}")
            answers.append(number)
        except MovedMeanwhile:
            answers.append(-1)

    threads = [threading.Thread(target=decide_now, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers)[:3] == [-1, -1, -1]
    winner = max(answers)
    assert state(app) is (BidState.WITHDRAWN if winner % 2 else BidState.REFUSED)
    with app.app_context():
        assert len(db.session.get_one(Bid, 1).history) == 2
        assert len(letters()) == (3 if winner % 2 else 2)  # the link, the bid's number, and a withdrawal's


def test_a_decision_that_came_too_late_says_so_and_writes_no_letter(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        shortlist_bid(db.session.get_one(Bid, 1), organiser)
        before = len(letters())
    late = decide(desk, "shortlist")
    assert late.status_code == 409
    assert "Somebody has decided about this bid meanwhile." in text_of(late)
    with app.app_context():
        assert len(letters()) == before


def test_the_board_shows_one_locality_or_one_state(app: Flask, desk: CheckedClient) -> None:
    decide(desk, "refuse", reason=REASON)
    for query, expected in [
        ("", {"B-01", "B-02"}),
        ("?state=received", {"B-02"}),
        ("?state=refused&locality=1", {"B-01"}),
        ("?locality=99", {"B-01", "B-02"}),
        ("?state=nonsense&locality=x", {"B-01", "B-02"}),
    ]:
        page = text_of(desk.get(BOARD + query))
        assert {reference for reference in ("B-01", "B-02") if reference in page} == expected, query


def test_a_bid_is_worded_in_the_languages_of_the_voters_path(app: Flask, desk: CheckedClient) -> None:
    address = "/desk/bids/1/wording/pl"
    refused = desk.post(address, data={"title": "Ogródek", "summary": ""})
    assert refused.status_code == 422
    assert "Enter the summary" in text_of(refused)
    assert 'value="Ogródek"' in refused.get_data(as_text=True)
    for title in ("Ogródek", "Ogród"):  # entered, then put right
        assert desk.post(address, data={"title": title, "summary": "Sadzimy."}).status_code == 302
    with app.app_context():
        [wording] = db.session.get_one(Bid, 1).wordings
        assert (wording.language, wording.title, wording.summary) == ("pl", "Ogród", "Sadzimy.")
    assert 'value="Ogród"' in desk.get(address).get_data(as_text=True)
    for language in ("en", "de", "cy"):
        assert desk.get(f"/desk/bids/1/wording/{language}").status_code == 404
        assert desk.post(f"/desk/bids/1/wording/{language}", data={"title": "A", "summary": "B"}).status_code == 404
