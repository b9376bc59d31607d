"""A partnership whose members choose, for tests."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.models import Bid
from pbvote.call.checking import interests
from pbvote.call.rounds.models import EventFormat
from pbvote.call.rounds.service import settle_share
from pbvote.core.clock import today, uk_moment
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email, add_account, grant_role
from pbvote.tally import BallotRules
from pbvote.vote.choosing import service
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import plan_event
from tests.checked_client import CheckedClient
from tests.factories import APPROVAL, a_bid, a_locality, an_account, an_open_round, sign_in, writing
from tests.pages import client_of

MEMBERS = ("ann", "ben", "cat", "dan")
SLUG = "sale-chooses"
PAGE, DESK, RECORD = f"/my/choosing/{SLUG}", f"/desk/events/{SLUG}/choosing", f"/results/{SLUG}/members"
REASONS = "Two safe paths for forty households."


def address(member: str) -> str:
    """A member's e-mail address."""
    return f"{member}@partnership.example"


def a_choosing(rules: BallotRules = APPROVAL, asks: Sequence[int] = (250_00, 200_00, 150_00)) -> Event:
    """Sale, whose four members are to choose among three bids for £450."""
    organiser, sale = an_account(Role.ORGANISER), a_locality()
    for name in MEMBERS:
        member = add_account(name.capitalize(), address(name))
        member.is_demonstration = True
        grant_role(member, Role.LP_MEMBER, sale.id)
    share = an_open_round(450_00, rules).shares[0]
    settle_share(share, {"format": EventFormat.MEMBERS})
    for number, ask in enumerate(asks, 1):
        shortlist_bid(a_bid(share, f"Group {number}", ask), organiser)
    starts, ends = uk_moment(today(), dt.time(9)), uk_moment(today() + dt.timedelta(days=7), dt.time(17))
    return plan_event(share, "Sale chooses", "On their phones", starts, ends, slug=SLUG)


def person(email: str) -> Account:
    """The account with this address."""
    account = account_with_email(email)
    assert account
    return account


def organiser() -> Account:
    """Who opens and closes."""
    return person("organiser@council.example")


def event() -> Event:
    """The event at which they choose."""
    return db.session.scalars(sa.select(Event).where(Event.slug == SLUG)).one()


def bid(number: int) -> Bid:
    """The bid with this number."""
    return db.session.scalars(sa.select(Bid).where(Bid.reference == f"B-{number:02d}")).one()


def choose(member: str, *references: str) -> None:
    """State no further interest, and choose."""
    interests.state_interests(person(address(member)), [], "")
    service.choose(event(), person(address(member)), references)


def member_of(app: Flask, name: str) -> CheckedClient:
    """A member's phone, signed in."""
    client = client_of(app)
    sign_in(client, address(name))
    return client


def let_choose(app: Flask) -> Flask:
    """A council whose members can choose."""
    with writing(app):
        service.open_choosing(a_choosing(), organiser())
    return app
