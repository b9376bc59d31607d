"""What each page of the bid form asks, and only that."""

import datetime as dt

import pytest
from flask import Flask

from pbvote.call.bids.models import BidState, CameBy, Papers
from pbvote.call.groups.models import Group, GroupKind
from pbvote.call.rounds.models import Round, Share
from pbvote.call.rounds.questions import Question
from pbvote.call.rounds.service import settle_share
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.localities.service import describe_locality
from tests.bid_forms import ADDRESS, BID, MONEY, assert_kept, bids, send
from tests.bidding import write
from tests.checked_client import CheckedClient
from tests.factories import a_locality, an_open_round, writing
from tests.outbox import letters
from tests.pages import text_of


@pytest.fixture
def council(app: Flask) -> None:
    """Sale, whose share takes bids today of up to £4,000."""
    with writing(app):
        describe_locality(a_locality(), ["Ashton", "Priory"], [])
        an_open_round(10_000_00)


@pytest.fixture
def two_localities(app: Flask) -> None:
    """Sale and Urmston, which both take bids today."""
    with writing(app):
        a_locality("Sale")
        a_locality("Urmston")
        an_open_round(20_000_00)


def test_a_bid_up_to_the_rounds_sum_needs_no_budget(app: Flask, client: CheckedClient, council: None) -> None:
    lines = {"lines-0-what": "", "lines-0-line_pence": ""}
    assert send(client, ask="1,000.00", **lines)[0] == 302
    assert bids(app)[0].lines == []
    assert send(client, group_name="Others", ask="1,000.01", **lines)[0] == 422


def test_the_details_of_group_and_project_are_kept(app: Flask, client: CheckedClient, council: None) -> None:
    details = {
        "kind": "informal",
        "money_holder": "St Anne's School",
        "second_name": "Bob Jones",
        "second_email": "bob@growers.example",
        "second_phone": "0161 496 0001",
        "postcode": "m337zf",
        "works_with_people_at_risk": "yes",
        "papers": "will_have",
    }
    assert send(client, **details)[0] == 302
    [bid] = bids(app)
    assert (bid.postcode, bid.works_with_people_at_risk, bid.papers) == ("M33 7ZF", True, Papers.WILL_HAVE)
    assert (bid.came_by, bid.keyed_by_id) == (CameBy.FORM, None)
    with app.app_context():
        group = db.session.get_one(Group, 1)
        assert (group.kind, group.money_holder) == (GroupKind.INFORMAL, "St Anne's School")
        assert {contact.account.email for contact in group.contacts} == {
            "zaneta@growers.example",
            "bob@growers.example",
        }
        copy = letters()[0].body
    assert "Who holds the money: St Anne's School" in copy
    assert "Bob Jones\nbob@growers.example\n0161 496 0001" in copy
    assert "Constitution and bank account in our name: We will have them by the event day" in copy


def test_the_rounds_own_questions_are_asked_and_kept_and_else_none(
    app: Flask, client: CheckedClient, council: None
) -> None:
    assert "insurance" not in client.get(f"{ADDRESS}/questions").get_data(as_text=True)
    with writing(app):
        db.session.get_one(Round, 1).questions = (Question("insurance", "Which insurance do you have?"),)
    assert "Which insurance do you have?" in text_of(client.get(f"{ADDRESS}/questions"))
    status, page = send(client)
    assert status == 422
    assert "Answer this question" in page
    assert send(client, question_insurance="Public liability, £2m")[0] == 302
    assert bids(app)[0].answers == {"insurance": "Public liability, £2m"}


def test_a_bid_is_split_over_two_localities_to_the_penny(
    app: Flask, client: CheckedClient, two_localities: None
) -> None:
    split = {"locality": "several", "ask": "", "ask_1": "500.01", "ask_2": "584.02", "lines-0-line_pence": "1084.03"}
    assert send(client, **split)[0] == 302
    [bid] = bids(app)
    assert (bid.ask_of(1), bid.ask_of(2), bid.ask_pence) == (500_01, 584_02, 1084_03)


def test_a_bid_of_one_locality_asks_no_other(app: Flask, client: CheckedClient, two_localities: None) -> None:
    assert send(client, locality="2", ask_1="7")[0] == 302
    assert [(ask.locality_id, ask.ask_pence) for ask in bids(app)[-1].asks] == [(2, 3_043_69)]


def test_each_refusal_of_an_amount_names_its_locality(app: Flask, client: CheckedClient, two_localities: None) -> None:
    for changes, complaint in [
        ({}, "Choose the locality that you ask"),
        ({"locality": "1", "ask": ""}, "Enter how much you ask for"),
        ({"locality": "1", "ask": "4000.01"}, "The amount you ask of Sale must be £4,000 or less"),
        ({"locality": "several"}, "Enter how much you ask of each locality"),
        ({"locality": "several", "ask_2": "5000"}, "The amount you ask of Urmston must be £4,000 or less"),
    ]:
        status, page = send(client, **changes)
        assert status == 422
        assert complaint in page
        assert_kept(page, {**BID, **changes} if "locality" not in changes else {"ask": changes.get("ask", BID["ask"])})
    assert bids(app) == []


def test_only_the_localities_that_take_bids_today_are_offered(
    app: Flask, client: CheckedClient, two_localities: None
) -> None:
    with writing(app):
        yesterday = today() - dt.timedelta(days=1)
        settle_share(db.session.get_one(Share, 2), {"bids_open_on": yesterday, "bids_close_on": yesterday})
    write(client, {**BID, "ask": ""})
    assert "Urmston" not in client.get(MONEY).get_data(as_text=True)


def test_what_the_form_did_not_ask_for_is_not_stored(app: Flask, client: CheckedClient, council: None) -> None:
    assert send(client, state="shortlisted", reference="B-99", round_id="7")[0] == 302
    assert (bids(app)[0].state, bids(app)[0].reference) == (BidState.RECEIVED, "B-01")
