"""The council whose event the day is."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import expect

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.core.clock import UK, now, today, uk_moment
from pbvote.people.models import Account
from pbvote.people.service import add_account, grant_role
from pbvote.vote.events.service import plan_event
from tests.browser.conftest import OpenPage, served
from tests.browser.day.hall import ASKS, GROUPS, POT, Hall
from tests.conftest import AppMaker
from tests.factories import a_bid, a_locality, an_open_round, writing

PATIENCE_MS, USUAL_MS = 15_000, 5_000
"""Eight browsers at once on a busy machine take longer than one."""


def _beginning() -> dt.datetime:
    """Now; in the day's last hour an hour earlier, since passes and phones end at midnight."""
    moment = now()
    return moment - dt.timedelta(hours=1) if moment.astimezone(UK).hour == 23 else moment


@pytest.fixture
def hall(make_app: AppMaker, open_page: OpenPage) -> Iterator[Hall]:
    """Sale decides today, between four bids."""
    with time_machine.travel(_beginning()) as clock, served(make_app) as (app, address):
        with writing(app):
            olivia, *_ = [_organiser(name) for name in ("Olivia Marsh", "Omar Khan")]
            a_locality()
            share = an_open_round(POT).shares[0]
            for group, ask in zip(GROUPS, ASKS, strict=True):
                shortlist_bid(a_bid(share, group, ask), olivia)
            starts, ends = (uk_moment(today(), dt.time(hour)) for hour in (9, 21))
            slug = plan_event(share, "Sale decides", "Sale Waterside", starts, ends).slug
        expect.set_options(timeout=PATIENCE_MS)
        yield Hall(app, address, slug, open_page, clock)
        expect.set_options(timeout=USUAL_MS)


def _organiser(name: str) -> Account:
    account = add_account(name, f"{name.partition(' ')[0].lower()}@council.example")
    account.is_demonstration = True  # no second step
    grant_role(account, Role.ORGANISER)
    return account
