"""Bids that come after the close: kept, and let in by somebody else than their sender, until the first slip."""

import datetime as dt

import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.models import BidState, SentBid
from pbvote.call.rounds.extensions import extend
from pbvote.call.rounds.models import Round, Share
from pbvote.call.rounds.service import lock_rules
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.people.service import account_with_email
from tests.bidding import BID, ROUND, asking_letters, confirm_newest, midnight, page_of, standing, write
from tests.factories import an_account, writing
from tests.pages import browser, client_of, text_of


def test_a_bid_four_minutes_late_is_kept_and_an_organiser_lets_it_in(app: Flask, office: None) -> None:
    client = client_of(app)
    with time_machine.travel(midnight() - dt.timedelta(minutes=30), tick=False):
        write(client, BID)
    with time_machine.travel(midnight() + dt.timedelta(minutes=3, seconds=20), tick=False):
        late = client.post(f"{ROUND}/bid/check")
        assert late.status_code == 409
        assert "You were 4 minutes late. We have kept it. Ask us" in text_of(late).replace(" .", ".")
        assert standing(app) == asking_letters(app) == []
        assert "We plant." in text_of(client.get(f"{ROUND}/bid/check"))
    with time_machine.travel(midnight() + dt.timedelta(hours=10), tick=False):
        desk = browser(app, "organiser@council.example")
        listed = text_of(desk.get("/desk/drafts/round/grants-2014/late"))
        assert "Beans for all" in listed
        assert "4 minutes" in listed
        assert "Give the reason" in text_of(desk.post("/desk/drafts/1/let-in"))
        assert desk.post("/desk/drafts/1/let-in", data={"reason": "The power failed."}).status_code == 302
        assert desk.post("/desk/drafts/1/let-in", data={"reason": "Again."}).status_code == 409
        assert "No bid came late." in text_of(desk.get("/desk/drafts/round/grants-2014/late"))
        assert confirm_newest(app).status_code == 302
        history = text_of(desk.get("/desk/bids/1"))
    assert standing(app) == [("B-01", BidState.RECEIVED)]
    assert "Let in late. The power failed." in history
    assert ", in time." not in history


def test_once_the_first_slip_is_printed_nobody_lets_a_late_bid_in(app: Flask, office: None) -> None:
    client = client_of(app)
    with time_machine.travel(midnight() - dt.timedelta(minutes=30), tick=False):
        write(client, BID)
    with time_machine.travel(midnight() + dt.timedelta(minutes=3), tick=False):
        assert client.post(f"{ROUND}/bid/check").status_code == 409
    with time_machine.travel(midnight() + dt.timedelta(hours=10), tick=False):
        desk = browser(app, "organiser@council.example")
        assert "Let it in" in text_of(desk.get("/desk/drafts/1"))
        with writing(app):
            lock_rules(db.session.get_one(Share, 1))
        page = text_of(desk.get("/desk/drafts/1"))
        assert "The ballot papers of Sale are printed, so it takes no more bids." in page
        assert "Let it in" not in page
        refused = desk.post("/desk/drafts/1/let-in", data={"reason": "The power failed."})
        assert refused.status_code == 409
        assert "The ballot papers of Sale are printed" in text_of(refused)
    assert standing(app) == asking_letters(app) == []


def more_time(app: Flask) -> None:
    """Somebody else than our group has a week more."""
    with writing(app):
        round_, organiser = db.session.get_one(Round, 1), account_with_email("organiser@council.example")
        assert organiser
        extend(round_, "cooks@group.example", today() + dt.timedelta(days=14), "A flood.", organiser)


def test_more_time_is_for_a_bid_that_its_address_confirms(app: Flask, office: None) -> None:
    more_time(app)
    stranger = client_of(app)
    with time_machine.travel(midnight() + dt.timedelta(hours=1), tick=False):
        write(stranger, {**BID, "email": "cooks@group.example"})
        # Saved as one types, and so without a letter to the new address.
        typed = {name: text for name, text in BID.items() if page_of(name) == "group"}
        assert stranger.post(f"{ROUND}/bid/group/save", data={**typed, "version": "1"}).status_code == 200
        late = stranger.post(f"{ROUND}/bid/check")
        assert late.status_code == 409
        assert "You were 61 minutes late." in text_of(late)
    assert asking_letters(app) == []


def test_nobody_lets_their_own_late_draft_in(app: Flask, office: None) -> None:
    client = client_of(app)
    with time_machine.travel(midnight() - dt.timedelta(minutes=3), tick=False):
        write(client, {**BID, "email": "organiser@council.example"})
    with time_machine.travel(midnight() + dt.timedelta(minutes=3), tick=False):
        assert client.post(f"{ROUND}/bid/check").status_code == 409
        desk = browser(app, "organiser@council.example")
        refused = desk.post("/desk/drafts/1/let-in", data={"reason": "I was late."})
        assert refused.status_code == 409
        assert "You belong to this group" in text_of(refused)
        with writing(app):
            an_account(Role.ORGANISER, "second@council.example")
        second = browser(app, "second@council.example")
        assert second.post("/desk/drafts/1/let-in", data={"reason": "Ill."}).status_code == 302


def test_a_late_draft_is_as_late_as_its_newest_word(app: Flask, office: None) -> None:
    client = client_of(app)
    with time_machine.travel(midnight() - dt.timedelta(minutes=30), tick=False):
        write(client, BID)
    with time_machine.travel(midnight() + dt.timedelta(minutes=3), tick=False):
        assert "4 minutes late" in text_of(client.post(f"{ROUND}/bid/check"))
    with time_machine.travel(midnight() + dt.timedelta(hours=3), tick=False):
        typed = {name: text for name, text in {**BID, "title": "Better beans"}.items() if page_of(name) == "project"}
        assert client.post(f"{ROUND}/bid/project", data={**typed, "version": "1"}).status_code == 302
    with time_machine.travel(midnight() + dt.timedelta(hours=10), tick=False):
        desk = browser(app, "organiser@council.example")
        page = text_of(desk.get("/desk/drafts/1"))
        assert "4 hours late" in page
        assert "and changed after that, last on" in page
        assert desk.post("/desk/drafts/1/let-in", data={"reason": "The power failed."}).status_code == 302
    with app.app_context():
        assert db.session.scalars(sa.select(SentBid.sent_at)).one() == midnight() + dt.timedelta(hours=3)
