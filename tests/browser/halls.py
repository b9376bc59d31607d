"""A poll of the demonstration's, taken through the desk in a browser."""

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page

from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.models import BidState
from pbvote.call.bids.service import bids_of
from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import today, uk_moment
from pbvote.db import begin_write, db
from pbvote.demonstration.stages import hours_around_now
from pbvote.localities.service import locality_called
from pbvote.people.service import account_with_email
from pbvote.vote.events.service import plan_event
from tests.browser.conftest import follow

SLUG = "south-trafford-2014"
ROUND = "voluntary-sector-grants-2014"


def press(page: Page, name: str) -> None:
    """Press a button and wait for the next page."""
    follow(page.get_by_role("button", name=name, exact=True))


def step(page: Page, name: str, button: str = "") -> None:
    """Follow a step's link to the page with its facts, and press the button there."""
    follow(page.locator("main a", has_text=name).first)
    press(page, button or name)


def plan(app: Flask) -> None:
    """Put all bids of South Trafford on the shortlist and plan its event for today."""
    with app.app_context():
        begin_write()
        locality, organiser = locality_called("south-trafford"), account_with_email("olivia@council.example")
        assert locality
        assert organiser
        share = db.session.scalars(
            sa.select(Share).join(Share.round).where(Share.locality_id == locality.id, Round.slug == ROUND)
        ).one()
        for bid in bids_of(share.round, state=BidState.RECEIVED):
            if bid.ask_of(locality.id):
                shortlist_bid(bid, organiser)
        starts, ends = (uk_moment(today(), hour) for hour in hours_around_now())
        plan_event(share, "South Trafford decides", "Altrincham Town Hall", starts, ends, slug=SLUG)
        db.session.commit()
