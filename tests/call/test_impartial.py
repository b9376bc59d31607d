"""Whoever belongs to a bidding group decides nothing about its bid, by no way."""

import datetime as dt

import pytest
from flask import Flask

from pbvote.call.bids.models import Bid
from pbvote.call.checking import decisions, interests, queries
from pbvote.call.checking.interests import NotImpartial, OwnInterest
from pbvote.call.checking.models import DecisionKind, Interest
from pbvote.call.groups.models import GroupContact
from pbvote.core.clock import today
from pbvote.db import db
from tests.call.officers import BOARD, OLIVIA, OMAR, account, day_fields, make_council
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.pages import browser, text_of


@pytest.fixture
def council(app: Flask) -> None:
    """Two organisers before B-01 of the Growers and B-02 of the Cooks."""
    make_council(app)


@pytest.fixture
def desk(app: Flask, council: None) -> CheckedClient:
    """Olivia's browser."""
    return browser(app, OLIVIA)


def test_who_belongs_to_a_group_decides_nothing_about_its_bid(app: Flask, desk: CheckedClient) -> None:
    with app.app_context():
        me = str(account(OLIVIA).id)
    assert desk.post("/desk/bids/1/interest", data={"account": me, "what": "treasurer"}).status_code == 302
    page = text_of(desk.get("/desk/bids/1"))
    assert "You belong to this group, so you don’t decide about its bid." in page
    for button in ("Draft: to the vote", "Draft: refuse", "Send the question", "Save the checklist"):
        assert button not in page
    why = {"reason": "So.", "advice": "Nothing."}
    day = day_fields(today() + dt.timedelta(days=3), "answer_by")
    for verb, form in (("shortlist", {}), ("refuse", why), ("query", {"question": "?", **day}), ("ticks", {})):
        refused = desk.post(f"/desk/bids/1/{verb}", data=form)
        assert refused.status_code == 409, verb
        assert "You belong to this group, so somebody else decides about its bid." in text_of(refused)
    with writing(app), pytest.raises(OwnInterest):
        interests.end_interest(db.session.get_one(Interest, 1), account(OLIVIA))
    omar = browser(app, OMAR)
    assert "Draft: to the vote" in text_of(omar.get("/desk/bids/1"))
    omar.post("/desk/bids/1/shortlist")
    shown = text_of(desk.get(f"{BOARD}/decisions"))
    assert "Somebody else sends this" in shown
    assert "Send 1 decision" not in shown
    sent = desk.post(f"{BOARD}/decisions", data={"decision": "1"}, follow_redirects=True)
    assert "B-01: You belong to this group" in text_of(sent)
    assert omar.post("/desk/bids/1/interests/1/end").status_code == 302
    assert "Draft: to the vote" in text_of(desk.get("/desk/bids/1"))


def test_a_contact_of_a_group_is_not_impartial_without_declaring_it(app: Flask, council: None) -> None:
    with writing(app):
        bid = db.session.get_one(Bid, 1)
        db.session.add(GroupContact(group_id=bid.group_id, account_id=account(OMAR).id))
        db.session.flush()
        with pytest.raises(NotImpartial):
            interests.require_impartial(bid, account(OMAR))


def test_whoever_belongs_to_a_group_goes_round_by_no_back_door(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        bid, olivia, omar = db.session.get_one(Bid, 1), account(OLIVIA), account(OMAR)
        query = queries.ask(bid, "Which park?", today() + dt.timedelta(days=7), omar)
        drafted = decisions.draft(bid, DecisionKind.SHORTLIST, omar)
        decisions.send_decisions(bid.round, [drafted.id], omar)
        decisions.draft(db.session.get_one(Bid, 2), DecisionKind.REFUSE, omar, "Why.", "What.")
        for each in (1, 2):
            interests.declare_interest(db.session.get_one(Bid, each), olivia, "Treasurer", omar)
        assert bid.group
        assert query.id == drafted.id == 1
        contact = bid.group.contacts[0].account.email
    more = {"email": contact, "reason": "We are slow.", **day_fields(today() + dt.timedelta(days=8), "until_on")}
    for address, form in (
        ("/desk/bids/queries/1/cancel", {}),
        ("/desk/bids/decisions/1/call-back", {}),
        ("/desk/bids/decisions/2/drop", {}),
        ("/desk/rounds/grants-2014/more-time", more),
        ("/desk/rounds/grants-2014/more-time", {**more, "email": OLIVIA}),
    ):
        refused = desk.post(address, data=form)
        assert refused.status_code == 409, address
        assert "You belong to this group, so somebody else decides about its bid." in text_of(refused)
    page = desk.get(f"{BOARD}/decisions").get_data(as_text=True)
    assert "Call back B-01" not in page
    assert "Drop the draft" not in page
    assert browser(app, OMAR).post("/desk/bids/decisions/1/call-back").status_code == 302
