"""Two organisers before two bids, for tests of checking."""

import datetime as dt

from flask import Flask

from pbvote.access import Role
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from tests.factories import a_bid, a_locality, an_account, an_open_round, writing

OLIVIA, OMAR = "organiser@council.example", "omar@council.example"
BOARD = "/desk/bids/round/grants-2014"


def make_council(app: Flask) -> None:
    """Two organisers before B-01 of the Growers and B-02 of the Cooks."""
    with writing(app):
        an_account(Role.ORGANISER)
        an_account(Role.ORGANISER, OMAR)
        a_locality()
        share = an_open_round().shares[0]
        a_bid(share)
        a_bid(share, "Cooks", 2_000_00)


def account(email: str) -> Account:
    """The account with this address."""
    found = account_with_email(email)
    assert found
    return found


def day_fields(day: dt.date, name: str) -> dict[str, str]:
    """A day as its three boxes."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
