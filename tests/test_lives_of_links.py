"""How long a link that signs in works, and what its letter says of that."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.letters import tell
from pbvote.core.clock import now
from pbvote.people import links
from pbvote.people.models import LinkPurpose
from pbvote.people.service import account_with_email
from tests.accounts import CONTACT, add
from tests.factories import writing
from tests.outbox import letters
from tests.pages import client_of


@pytest.mark.parametrize(
    ("role", "words", "inside", "outside"),
    [
        (Role.GROUP_CONTACT, "within two days", dt.timedelta(hours=27), dt.timedelta(hours=49)),
        (Role.AUDITOR, "within an hour", dt.timedelta(minutes=59), dt.timedelta(minutes=61)),
    ],
)
def test_a_link_that_signs_in_lives_as_long_as_its_letter_says(
    app: Flask, role: Role, words: str, inside: dt.timedelta, outside: dt.timedelta
) -> None:
    """An offer that comes at four in the afternoon is read on the next evening."""
    add(app, role, CONTACT)
    with writing(app):
        account = account_with_email(CONTACT)
        assert account
        assert links.life_of(account, LinkPurpose.SIGN_IN).words == words
        code = links.make_link(account, LinkPurpose.SIGN_IN)
    for later, works in [(outside, False), (inside, True)]:
        with time_machine.travel(now() + later, tick=False), writing(app):
            if works:
                assert links.use_link(links.open_link(code)).email == CONTACT
            with pytest.raises(links.LinkUnusable):  # too late, or used
                links.open_link(code)


def test_every_letter_to_a_group_says_how_long_its_link_works(app: Flask) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT)
    with writing(app):
        account = account_with_email(CONTACT)
        assert account
        tell(account, "We offer you money", "The residents of Sale chose your bid.")
    client_of(app).post("/sign-in/by-mail", data={"email": CONTACT})
    with app.app_context():
        asked_for, offer = letters()[:2]
        for letter in (asked_for, offer):
            assert "It works once, within two days:" in letter.body
