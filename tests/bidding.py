"""What the contacts of groups do with the letters about their bids."""

import re

from flask import Flask
from werkzeug.test import TestResponse

from pbvote.mail.service import letters
from tests.checked_client import CheckedClient
from tests.pages import client_of

ROUND = "/rounds/grants-2014"


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
