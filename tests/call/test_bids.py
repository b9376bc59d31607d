"""The public bid form: what is taken, what is refused and why, and that nothing typed is lost."""

import datetime as dt
import html
import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.models import Bid, BidState
from pbvote.call.checking.view import twins_of
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.service import add_round
from pbvote.core.clock import UK, today
from pbvote.db import db
from pbvote.localities.models import Ward
from pbvote.localities.service import describe_locality
from pbvote.people.service import account_with_email
from tests.bid_forms import ADDRESS, BID, assert_kept, bids, send
from tests.bidding import confirm_newest, send_form
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_locality, an_account, an_open_round, writing
from tests.outbox import letters
from tests.pages import text_of
from tests.refusing import refuse_bid


@pytest.fixture
def council(app: Flask) -> None:
    """Sale with two wards, whose share takes bids today of up to £4,000."""
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


@both_databases
def test_a_bid_is_received_whole(app: Flask, client: CheckedClient, council: None) -> None:
    with app.app_context():
        ward = db.session.scalars(sa.select(Ward).where(Ward.name == "Priory")).one().id
    answer = send_form(client, {**BID, "ward": str(ward)})
    assert answer.headers["Location"] == f"{ADDRESS}/sent"
    assert confirm_newest(app).headers["Location"] == "/my/bids/"
    [bid] = bids(app)
    assert (bid.title, bid.summary, bid.who_benefits) == ('Beans & "greens"', "We plant.\n\nYou eat.", "Everybody")
    assert {ask.locality_id: ask.ask_pence for ask in bid.asks} == {1: 3_043_69}
    assert [(line.what, line.line_pence) for line in bid.lines] == [("Beans", 3_043_69)]
    assert bid.ward
    assert bid.ward.name == "Priory"
    assert bid.group
    assert (bid.group.name, bid.group.registered_number) == ("Sale Growers & Friends", "GB-CHC-1098765")
    with app.app_context():
        letter = letters()[0]
        assert (letter.recipient, letter.subject) == ("zaneta@growers.example", "We have your bid B-01")
        assert all(words in letter.body for words in ("Dear Żaneta O'Neill <b>", "/link#", "/sign-in/by-mail"))
        contact = account_with_email("zaneta@growers.example")
        assert contact
        assert contact.roles == {Role.GROUP_CONTACT}
        assert db.session.get_one(GroupContact, (1, contact.id)).phone == "0161 496 0000"


def test_money_is_taken_as_people_write_it(app: Flask, client: CheckedClient, council: None) -> None:
    for typed, pence in [
        ("3,043.69", 3_043_69),
        ("£3043.7", 3_043_70),
        (" £ 3043 ", 3_043_00),
        ("4,000.00", 4_000_00),
        (".5", 50),
        ("0.01", 1),
        ("12.", 12_00),
    ]:
        assert send(client, **{"group_name": typed, "ask": typed, "lines-0-line_pence": typed})[0] == 302
        assert bids(app)[-1].ask_pence == pence


def test_other_money_is_refused_with_the_reason(app: Flask, client: CheckedClient, council: None) -> None:
    for number, (typed, complaint) in enumerate(
        [
            ("3043.695", "Use no more than 2 numbers after the point"),
            ("-3043", "The amount must not be less than zero"),
            ("(3043)", "The amount must not be less than zero"),
            ("3.043,69", "Use commas only between thousands"),
            ("30,43.69", "Use commas only between thousands"),
            ("1.2.3", "Use one point"),
            ("3k", "Use only the numbers 0 to 9"),
            ("³", "Use only the numbers 0 to 9"),
            ("1e3", "Use only the numbers 0 to 9"),
            ("9" * 30, "The amount is too large"),
            ("4,000.01", "£4,000 or less"),
            ("0", "£0.01 or more"),
            ("", "Enter how much you ask for"),
        ]
    ):
        status, page = send(client, ask=typed, email=f"{number}@growers.example")
        assert status == 422
        assert complaint in page
        assert_kept(page, {**BID, "ask": typed})
        assert bids(app) == []


def test_a_refused_bid_says_why_in_a_summary_and_loses_nothing(
    app: Flask, client: CheckedClient, council: None
) -> None:
    for number, (changes, complaint) in enumerate(
        [
            ({"lines-0-line_pence": "3,043.68"}, "The budget adds up to £3,043.68, but you ask for £3,043.69."),
            ({"lines-1-what": "A spade", "lines-1-line_pence": "1"}, "The budget adds up to £3,044.69"),
            ({"lines-3-line_pence": "1"}, "Line 4: Say what this amount is for"),
            ({"lines-3-what": "A spade"}, "Line 4: Enter the amount"),
            ({"lines-1-what": "A spade", "lines-1-line_pence": "-1"}, "Line 2: The amount must not be less than zero"),
            (
                {"lines-0-what": "", "lines-0-line_pence": ""},
                "You ask for more than £1,000. Say what the money would buy",
            ),
            ({"kind": ""}, "Choose what your group is"),
            ({"kind": "informal"}, "Say who would hold the money for your group"),
            ({"kind": "cic", "registered_number": "5551234"}, "Companies House numbers have 8: is it 05551234?"),
            ({"registered_number": "soon"}, "Charity numbers have 6 or 7 digits"),
            ({"second_name": "Bob"}, "Enter the second contact’s e-mail address"),
            ({"second_phone": "0161"}, "Enter the second contact’s name"),
            ({"postcode": "Sale"}, "Enter a full postcode, like M33 7ZF, or leave it empty"),
            ({"papers": ""}, "Say whether you have a constitution and a bank account"),
            ({"email": "zaneta at growers"}, "Enter an email address in the correct format"),
            ({"group_name": "   "}, "Enter the name of your group"),
            ({"group_name": "x" * 121}, "120 characters or fewer"),
            ({"summary": "word " * 81}, "80 words or fewer"),
            ({"title": ""}, "Enter a name for your project"),
            ({"ward": "999"}, "Choose one of the answers listed"),
        ]
    ):
        status, page = send(client, **{"email": f"{number}@growers.example", **changes})
        assert status == 422
        summary = page.partition("There is a problem")[2].partition("<h1")[0]
        assert complaint in html.unescape(re.sub(r"<[^>]+>", "", summary))
        assert_kept(page, {name: text for name, text in {**BID, **changes}.items() if name != "email"})
        assert bids(app) == []
        with app.app_context():
            assert not any("Is this your bid" in letter.subject for letter in letters())
            assert account_with_email(BID["email"]) is None


def test_budget_lines_may_stand_in_any_of_the_rows(app: Flask, client: CheckedClient, council: None) -> None:
    for rows in [range(4), (0, 5), (2, 3)]:
        form = {**BID, "group_name": str(rows), "ask": f"{len(rows)}000", "lines-0-what": "", "lines-0-line_pence": ""}
        for row in rows:
            form |= {f"lines-{row}-what": f"Thing {row}", f"lines-{row}-line_pence": "1000.00"}
        assert send_form(client, form).status_code == 302
        confirm_newest(app)
        assert [line.what for line in bids(app)[-1].lines] == [f"Thing {row}" for row in rows]


@both_databases
def test_a_group_bids_once_in_a_round_whatever_the_case_of_its_name(
    app: Flask, client: CheckedClient, council: None
) -> None:
    assert send(client, group_name="Świetlica Żabka")[0] == 302
    for same in ("Świetlica Żabka", "ŚWIETLICA  żabka"):
        assert send_form(client, {**BID, "group_name": same, "title": "Another project"}).status_code == 302
        refused = confirm_newest(app)
        assert refused.status_code == 409
        assert 'one bid in this round already: B-01, “Beans & "greens"”. That one stands' in text_of(refused)
    assert len(bids(app)) == 1
    # The same person may speak for another group.
    assert send(client, group_name="Rower")[0] == 302
    assert [bid.reference for bid in bids(app)] == ["B-01", "B-02"]


def test_a_refused_group_bids_again_and_its_details_are_the_new_ones(
    app: Flask, client: CheckedClient, council: None
) -> None:
    send(client)
    with writing(app):
        refuse_bid(db.session.get_one(Bid, 1), an_account(Role.ORGANISER), "The number was wrong.")
    assert send(client, registered_number="7654321", phone="07700 900000")[0] == 302
    first, second = bids(app)
    assert (first.state, second.state) == (BidState.REFUSED, BidState.RECEIVED)
    assert first.group_id == second.group_id
    with app.app_context():
        assert db.session.get_one(Group, first.group_id).registered_number == "GB-CHC-7654321"
        assert db.session.scalars(sa.select(GroupContact.phone)).one() == "07700 900000"


def test_somebody_elses_group_of_the_same_name_is_another_group_and_the_desk_sees_both(
    app: Flask, client: CheckedClient, council: None
) -> None:
    send(client, group_name="Żabka", registered_number="")
    send(client, group_name="żabka", registered_number="", email="other@group.example")
    send(client, group_name="Frogs", registered_number="", email="third@group.example")
    first, second, third = bids(app)
    assert first.group_id != second.group_id
    with app.app_context():
        one, two, three = (db.session.get_one(Bid, bid.id) for bid in (first, second, third))
        assert [[twin.reference for twin in twins_of(bid)] for bid in (one, two, three)] == [["B-02"], ["B-01"], []]


def test_the_same_registered_number_is_a_namesake_too(app: Flask, client: CheckedClient, council: None) -> None:
    send(client)
    send(client, group_name="Growers of Sale", email="other@group.example")
    with app.app_context():
        [twin] = twins_of(db.session.get_one(Bid, 2))
        assert (twin.reference, twin.why) == ("B-01", "the same registered number")


def test_nobody_learns_of_a_round_before_it_is_open(app: Flask, client: CheckedClient, council: None) -> None:
    with writing(app):
        add_round("Grants 2019", 10_000_00, today(), today())
    for path in ("", "/bid", "/bid/group", "/bid/check", "/bid/questions", "/bid/can-we", "/bid/link", "/bid/draft"):
        assert client.get(f"/rounds/grants-2019{path}").status_code == 404, path
    assert client.post("/rounds/grants-2019/bid", data={"email": "a@b.example"}).status_code == 404


def test_a_draft_is_begun_on_the_days_of_the_bids_only(app: Flask, client: CheckedClient, council: None) -> None:
    first, last = today() - dt.timedelta(days=5), today() + dt.timedelta(days=5)
    for moment, is_taken in [
        (dt.datetime.combine(first, dt.time(0), UK) - dt.timedelta(seconds=1), False),
        (dt.datetime.combine(last + dt.timedelta(days=1), dt.time(0), UK), False),
        (dt.datetime.combine(last, dt.time(23, 59, 59), UK), True),
    ]:
        with time_machine.travel(moment, tick=False):
            assert client.get(ADDRESS).status_code == (200 if is_taken else 422)
            answer = send_form(client, BID)
            assert answer.status_code == (302 if is_taken else 422), moment
            assert is_taken or "This round is not taking bids today." in text_of(answer)
