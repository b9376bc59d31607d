"""“Ask us to look again”: once, and decided by somebody else than who refused."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.call.bids.deciding import MovedMeanwhile
from pbvote.call.bids.models import Bid, BidState
from pbvote.call.checking import appeals, decisions
from pbvote.call.checking.models import Appeal, DecisionKind
from pbvote.db import db
from tests.call.deciding import CONTACT, OLIVIA, OMAR, ROUND, WHY, account, link_in, refuse, send, set_up, state
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_account, writing
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


def test_whoever_refused_finds_no_other_way_round_the_second_look(app: Flask, desk: CheckedClient) -> None:
    code = refuse(desk, app)
    # A draft from before the group asked is not sent after it, either.
    assert desk.post("/desk/bids/1/shortlist").status_code == 302
    ask_again(app, code)
    assert "Draft: to the vote" not in text_of(desk.get("/desk/bids/1"))
    refused = desk.post("/desk/bids/1/shortlist")
    assert refused.status_code == 409
    assert "That comes first, and somebody else does it." in text_of(refused)
    desk.post(f"{ROUND}/decisions", data={"decision": ["2"]})
    assert state(app) is BidState.REFUSED


def test_an_older_refusals_letter_opens_no_second_look_at_the_newer_one(app: Flask, desk: CheckedClient) -> None:
    old = refuse(desk, app)
    desk.post("/desk/bids/1/shortlist")
    send(desk, 2)
    omar = browser(app, OMAR)
    omar.post("/desk/bids/1/refuse", data=WHY)
    send(omar, 3)
    assert state(app) is BidState.REFUSED
    contact = client_of(app)
    asked = contact.post("/bids/look-again/send", data={"code": old, "words": "Look again."})
    assert asked.status_code == 409
    assert "Use the link in our newest letter." in text_of(asked)
    ask_again(app, link_in(app, CONTACT, "/bids/look-again"))
    refused = omar.post("/desk/bids/second-looks/1", data={"outcome": "uphold", "answer": "No."})
    assert "You refused this bid" in text_of(refused)


def test_a_refusal_that_leaves_nobody_to_look_again_says_so_before_it_is_sent(app: Flask, desk: CheckedClient) -> None:
    nobody = "If you send this, no other organiser can take it."
    desk.post("/desk/bids/1/refuse", data=WHY)
    desk.post("/desk/bids/2/shortlist")
    assert nobody not in text_of(desk.get(f"{ROUND}/decisions"))  # Omar is left
    omar = browser(app, OMAR)
    page = text_of(omar.get(f"{ROUND}/decisions"))
    assert page.count(nobody) == 1
    assert "Let The organiser send it, or make somebody else an organiser first." in page
    with writing(app):
        third = an_account(Role.ORGANISER, "third@council.example").id
    assert nobody not in text_of(omar.get(f"{ROUND}/decisions"))
    desk.post("/desk/bids/1/interest", data={"account": str(third), "what": "treasurer"})
    assert nobody in text_of(omar.get(f"{ROUND}/decisions"))
    with writing(app):
        account(OLIVIA).is_disabled = True
    page = text_of(omar.get(f"{ROUND}/decisions"))
    assert "send it, or" not in page
    assert "Make somebody else an organiser first." in page
    assert "1 decision is sent." in text_of(send(omar, 1))  # it is said, and refuses nothing


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
