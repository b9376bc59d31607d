"""Two organisers who decide about bids: what the tests of decisions and of second looks do again and again."""

import re

from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.call.bids.models import Bid, BidState
from pbvote.call.checking.checklist import USUAL_QUESTIONS, set_rules
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from tests.checked_client import CheckedClient
from tests.factories import a_bid, a_locality, an_account, an_open_round, writing
from tests.outbox import letters
from tests.pages import text_of

OLIVIA, OMAR, CONTACT = "organiser@council.example", "omar@council.example", "growers@group.example"
ROUND = "/desk/bids/round/grants-2014"
WHY = {"reason": "Your accounts are missing.", "advice": "Send them to us, and bid again."}


def set_up(app: Flask) -> None:
    """Two organisers before B-01 of the Growers, B-02 of the Cooks and B-03 of the Rowers; refusals name Omar."""
    with writing(app):
        an_account(Role.ORGANISER)
        omar = an_account(Role.ORGANISER, OMAR)
        a_locality()
        share = an_open_round().shares[0]
        for group in ("Growers", "Cooks", "Rowers"):
            a_bid(share, group)
        set_rules(share.round_id, USUAL_QUESTIONS, omar.id, "0161 496 0123")


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
