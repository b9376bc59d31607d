"""A bid that asks of two localities: two events whose residents choose it, or don't."""

import datetime as dt

from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.intake import confirm_bid
from pbvote.call.bids.new_bid import NewBid
from pbvote.call.bids.sending import send_bid
from pbvote.core.clock import today, uk_moment
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called, plan_event
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.factories import a_bid, a_locality, an_account, an_open_round, cast, count_closed, writing
from tests.grants.paying import organiser


def two_events(app: Flask) -> None:
    """Two localities with £4,000 each: one bid asks £284 of both, others £3,900 and £100 of one alone."""
    with writing(app):
        an_account(Role.ORGANISER)
        localities = [a_locality("Sale"), a_locality("Urmston")]
        round_ = an_open_round(pot_pence=8_000_00)
        new = NewBid(
            group_name="Both",
            registered_number="",
            contact_name="Contact",
            email="both@group.example",
            phone="",
            title="For both",
            summary="What we would do.",
            who_benefits="Everybody.",
            ward_id=None,
            asks={locality.id: 284_00 for locality in localities},
            lines=[("Things", 568_00)],
        )
        shortlist_bid(confirm_bid(send_bid(round_, new)), organiser())
        starts, ends = uk_moment(today(), dt.time(12)), uk_moment(today(), dt.time(15))
        for share in round_.shares:
            for size, ask_pence in (("Large", 3_900_00), ("Small", 100_00)):
                shortlist_bid(a_bid(share, f"{size} of {share.locality.name}", ask_pence), organiser())
            plan_event(share, f"{share.locality.name} decides", "Hall", starts, ends, slug=share.locality.slug)


def decide(app: Flask, slug: str, *, likes_split: bool) -> None:
    """Run one event's poll: five voters fund the split bid and the small one, or the large one and the small one."""
    with writing(app):
        slips = make_slips(called(slug), 5, None, SlipState.LIVE)
        open_poll(called(slug), organiser())
    for slip in slips:
        with writing(app):
            split, large, small = sorted(slot.bid.reference for slot in called(slug).running_order)
            cast(slip.code, {split: 5 if likes_split else 1, large: 1 if likes_split else 5, small: 3})
    for verb in (close_poll, count_closed, publish_outcome):
        with writing(app):
            verb(called(slug), organiser())


def called(slug: str) -> Event:
    """The event with this slug."""
    event = event_called(slug)
    assert event
    return event
