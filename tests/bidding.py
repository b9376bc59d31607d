"""What the contacts of groups do with the letters about their bids."""

import re

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.call.bids.models import Bid, BidState
from pbvote.db import db
from tests.checked_client import CheckedClient
from tests.outbox import letters
from tests.pages import client_of

ROUND = "/rounds/grants-2014"
CONTACT = "growers@group.example"
BID = {
    "group_name": "Growers",
    "registered_number": "1098765",
    "contact_name": "Ann Smith",
    "email": CONTACT,
    "phone": "0161 496 0000",
    "title": "Beans for all",
    "summary": "We plant.\n\nYou eat.",
    "who_benefits": "Everybody",
    "ward": "",
    "ask_1": "£3,043.69",
    "lines-0-what": "Beans",
    "lines-0-line_pence": "3043.69",
}
SHORT_ANSWERS = ("Growers", "1098765", "Ann Smith", CONTACT, "0161 496 0000", "Beans for all")


def asking_letters(app: Flask) -> list[tuple[str, str]]:
    """Each letter that asks a contact to confirm a bid, newest first: to whom, and the code in its link."""
    with app.app_context():
        found = [(letter.recipient, re.search(r"/bid/link#(\S+)", letter.body)) for letter in letters()]
    return [(recipient, link[1]) for recipient, link in found if link]


def press(client: CheckedClient, code: str) -> TestResponse:
    """Press “Yes, this is our bid”."""
    return client.post(f"{ROUND}/bid/link/confirm", data={"code": code})


def confirm_newest(app: Flask) -> TestResponse:
    """The contact of the bid that was sent last confirms it, in a browser of their own."""
    return press(client_of(app), asking_letters(app)[0][1])


def send(app: Flask, form: dict[str, str] = BID) -> CheckedClient:
    """Somebody sends the public form; their browser."""
    client = client_of(app)
    assert client.post(f"{ROUND}/bid", data=form).status_code == 302
    return client


def standing(app: Flask) -> list[tuple[str, BidState]]:
    """Each bid's number and state."""
    with app.app_context():
        return [(bid.reference, bid.state) for bid in db.session.scalars(sa.select(Bid).order_by(Bid.id))]


def code_of(app: Flask) -> str:
    """The code in the newest letter."""
    return asking_letters(app)[0][1]
