"""The council whose year it is: residents of two localities have chosen, and the result is public."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from playwright.sync_api import expect

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.intake import confirm_bid
from pbvote.call.bids.sending import send_bid
from pbvote.call.checking.checklist import USUAL_QUESTIONS, set_rules
from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import uk_moment
from pbvote.grants.mentors.cards import write_card
from pbvote.localities.models import Locality
from pbvote.people.models import Account
from pbvote.people.service import add_account, grant_role
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import plan_event
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.browser.conftest import OpenPage, served
from tests.browser.year.town import BIDS, EVENT, LAST_DAY, POT, Town
from tests.conftest import AppMaker
from tests.factories import a_locality, a_new_bid, an_open_round, cast, count_closed, writing
from tests.grants.deciding import make_awards

PATIENCE_MS, USUAL_MS = 15_000, 5_000
VOTERS = 6


@pytest.fixture
def town(make_app: AppMaker, open_page: OpenPage) -> Iterator[Town]:
    """Sale and Urmston, nine days after they have chosen. Urmston has told its one group already."""
    with time_machine.travel(uk_moment(EVENT, dt.time(10))) as clock, served(make_app) as (app, address):
        with writing(app):
            olivia, _ = _account("Olivia Marsh", Role.ORGANISER), _account("Omar Khan", Role.ORGANISER)
            sale, _ = a_locality("Sale"), a_locality("Urmston")
            for name, sentence in (("Marek Nowak", "I keep the books of a food bank."), ("Nia Price", "")):
                write_card(_account(name, Role.LP_MEMBER, sale), sentence, "0161 496 0177", None)
            round_ = an_open_round(2 * POT)
            round_.grant_rules = GrantRules(ends_on=LAST_DAY, other_funds="Ask the Lottery’s Awards for All.")
            set_rules(round_.id, USUAL_QUESTIONS, olivia.id, "0161 496 0123")
            events = [_chosen(round_, share, olivia) for share in round_.shares]
            make_awards(events[1], olivia)
            slug = events[0].slug
        expect.set_options(timeout=PATIENCE_MS)
        yield Town(app, address, open_page, clock=clock, slug=slug)
        expect.set_options(timeout=USUAL_MS)


def _account(name: str, role: Role, locality: Locality | None = None) -> Account:
    place = "council" if role is Role.ORGANISER else "partnership"
    account = add_account(name, f"{name.partition(' ')[0].lower()}@{place}.example")
    account.is_demonstration = True  # no second step
    grant_role(account, role, locality.id if locality else None)
    return account


def _chosen(round_: Round, share: Share, by: Account) -> Event:
    """An event at which everybody votes alike, with its result."""
    points = {_on_the_shortlist(round_, share, number, by): BIDS[number].points for number in _of(share)}
    starts, ends = (uk_moment(EVENT, dt.time(hour)) for hour in (12, 15))
    event = plan_event(share, f"{share.locality.name} decides", "The hall", starts, ends)
    slips = make_slips(event, VOTERS, None, SlipState.LIVE)
    open_poll(event, by)
    for slip in slips:
        cast(slip.code, points)
    for verb in (close_poll, count_closed, publish_outcome):
        verb(event, by)
    return event


def _of(share: Share) -> list[int]:
    return [number for number, bidding in enumerate(BIDS) if bidding.place == share.locality.slug]


def _on_the_shortlist(round_: Round, share: Share, number: int, by: Account) -> str:
    bidding = BIDS[number]
    new = replace(
        a_new_bid(share, bidding.group, bidding.ask),
        contact_name=bidding.contact,
        email=bidding.email,
        phone="0161 496 0101",
        title=bidding.title,
        summary=bidding.summary,
        who_benefits="",
        lines=bidding.lines or [("Things", bidding.ask)],
    )
    bid = confirm_bid(send_bid(round_, new))
    shortlist_bid(bid, by)
    return bid.reference
