"""What the contacts of groups do with the letters about their bids."""

import datetime as dt
import re

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.call.bids.models import Bid, BidState
from pbvote.core.clock import UK, today
from pbvote.db import db
from tests.checked_client import CheckedClient
from tests.outbox import letters
from tests.pages import client_of

ROUND = "/rounds/grants-2014"
CONTACT = "growers@group.example"
BID = {
    "kind": "charity",
    "group_name": "Growers",
    "registered_number": "1098765",
    "contact_name": "Ann Smith",
    "email": CONTACT,
    "phone": "0161 496 0000",
    "title": "Beans for all",
    "summary": "We plant.\n\nYou eat.",
    "who_benefits": "Everybody",
    "ward": "",
    "papers": "have",
    "ask": "£3,043.69",
    "lines-0-what": "Beans",
    "lines-0-line_pence": "3043.69",
}
_OF_PROJECT = ("title", "summary", "who_benefits", "ward", "postcode", "works", "papers", "question_")
_OF_MONEY = ("locality", "ask", "lines-")
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


def page_of(name: str) -> str:
    """The page of the form that holds a field."""
    return "project" if name.startswith(_OF_PROJECT) else "money" if name.startswith(_OF_MONEY) else "group"


def write(client: CheckedClient, form: dict[str, str], round_: str = ROUND) -> TestResponse:
    """Write the form page by page; the answer to the first page that is refused, or else to Continue on the last."""
    begun = client.post(f"{round_}/bid", data={"email": form.get("email", CONTACT)})
    if begun.status_code != 302:
        return begun
    for page in ("group", "project", "money"):
        typed = {name: text for name, text in form.items() if page_of(name) == page}
        answer = client.post(f"{round_}/bid/{page}", data=typed)
        if answer.status_code != 302:
            break
    return answer


def send_form(client: CheckedClient, form: dict[str, str], round_: str = ROUND) -> TestResponse:
    """Write the form and press Send; the answer to the first page that is refused, or else to Send."""
    answer = write(client, form, round_)
    return client.post(f"{round_}/bid/check") if answer.status_code == 302 else answer


def send(app: Flask, form: dict[str, str] = BID) -> CheckedClient:
    """Somebody sends the public form; their browser."""
    client = client_of(app)
    assert send_form(client, form).headers["Location"] == f"{ROUND}/bid/sent"
    return client


def standing(app: Flask) -> list[tuple[str, BidState]]:
    """Each bid's number and state."""
    with app.app_context():
        return [(bid.reference, bid.state) for bid in db.session.scalars(sa.select(Bid).order_by(Bid.id))]


def code_of(app: Flask) -> str:
    """The code in the newest letter."""
    return asking_letters(app)[0][1]


def midnight() -> dt.datetime:
    """The end of the last day of the bids."""
    return dt.datetime.combine(today() + dt.timedelta(days=6), dt.time(0), UK)
