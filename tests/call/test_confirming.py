"""A bid stands once its contact has opened the letter's link and pressed the button, and not before. Over HTTP."""

import datetime as dt

import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.intake import AlreadyBid, confirm_bid
from pbvote.call.bids.models import Bid, BidState, SentBid
from pbvote.call.bids.sending import AlreadyConfirmed, send_bid, sent_with
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Round
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.people.service import account_with_email
from pbvote.vote.poll.opening import open_poll
from tests.bidding import (
    BID,
    CONTACT,
    ROUND,
    asking_letters,
    code_of,
    confirm_newest,
    press,
    send,
    standing,
)
from tests.conftest import both_databases
from tests.factories import a_new_bid, an_account, an_event, writing
from tests.pages import client_of, text_of
from tests.refusing import refuse_bid
from tests.together import together

STRANGERS = {**BID, "registered_number": "666666", "phone": "0900 PREMIUM", "title": "A car"}


@both_databases
def test_a_stranger_with_a_contacts_address_changes_nothing_and_blocks_nothing(app: Flask, council: None) -> None:
    send(app)
    confirm_newest(app)
    with writing(app):
        refuse_bid(db.session.get_one(Bid, 1), an_account(Role.ORGANISER), "The budget was wrong.")
    send(app, STRANGERS)
    send(app, {**STRANGERS, "email": "stranger@elsewhere.example"})
    with app.app_context():
        group = db.session.scalars(sa.select(Group)).one()
        assert (group.name, group.registered_number) == ("Growers", "GB-CHC-1098765")
        assert db.session.scalars(sa.select(GroupContact.phone)).one() == "0161 496 0000"
        assert account_with_email("stranger@elsewhere.example") is None
    assert standing(app) == [("B-01", BidState.REFUSED)]
    send(app, {**BID, "title": "Beans, better budgeted"})
    assert confirm_newest(app).status_code == 302
    assert standing(app) == [("B-01", BidState.REFUSED), ("B-02", BidState.RECEIVED)]


def test_the_link_shows_what_was_sent_and_one_button_makes_it_stand(app: Flask, council: None) -> None:
    send(app)
    contact, code = client_of(app), code_of(app)
    assert "Show the bid" in text_of(contact.get(f"{ROUND}/bid/link"))
    shown = contact.post(f"{ROUND}/bid/link", data={"code": code})
    words = text_of(shown)
    for answer in (
        "Growers",
        "1098765",
        "Ann Smith",
        CONTACT,
        "0161 496 0000",
        "Beans for all",
        "We plant.",
        "Everybody",
    ):
        assert answer in words
    assert "Asked of Sale £3,043.69" in words
    assert "Yes, this is our bid" in words
    assert standing(app) == []  # looking is not yet saying so
    assert contact.get("/my/bids/").status_code == 302  # nor does it sign anybody in
    assert press(contact, code).headers["Location"] == "/my/bids/"
    page = text_of(contact.get("/my/bids/"))
    assert "Your bid stands. Its number is B-01." in page
    assert "Beans for all" in page
    with app.app_context():
        [step] = db.session.get_one(Bid, 1).history
        account = account_with_email(CONTACT)
        assert account
        assert step.account_id == account.id
        assert step.reason.startswith("Sent on ")


def test_pressing_twice_names_the_bid_and_signs_nobody_else_in(app: Flask, council: None) -> None:
    send(app)
    contact, code = client_of(app), code_of(app)
    press(contact, code)
    assert press(contact, code).headers["Location"] == "/my/bids/"
    stranger = client_of(app)
    again = press(stranger, code)
    assert again.status_code == 409
    assert "You have confirmed this bid. Its number is B-01." in text_of(again)
    assert stranger.get("/my/bids/").headers["Location"].startswith("/sign-in")
    assert standing(app) == [("B-01", BidState.RECEIVED)]


@both_databases
def test_of_many_presses_at_once_one_makes_the_bid(app: Flask, council: None) -> None:
    send(app)
    code, answers = code_of(app), list[str]()

    def confirm() -> None:
        try:
            with writing(app):
                confirm_bid(sent_with(db.session.get_one(Round, 1), code))
            answers.append("made")
        except AlreadyConfirmed:
            answers.append("told")

    together(*[confirm] * 4)
    assert sorted(answers) == ["made", "told", "told", "told"]
    assert standing(app) == [("B-01", BidState.RECEIVED)]


@both_databases
def test_of_two_bids_of_one_group_the_second_says_which_one_stands(app: Flask, council: None) -> None:
    with writing(app):
        round_ = db.session.get_one(Round, 1)
        ids = [send_bid(round_, a_new_bid(round_.shares[0])).id for _ in range(3)]
    refusals: list[str] = []

    def confirm(sent_id: int) -> None:
        try:
            with writing(app):
                confirm_bid(db.session.get_one(SentBid, sent_id))
        except AlreadyBid as already:
            refusals.append(str(already))

    together(*(lambda sent_id=sent_id: confirm(sent_id) for sent_id in ids))
    assert len(refusals) == 2
    assert all("B-01, “Project of Growers”. That one stands, and this one does not." in said for said in refusals)
    assert standing(app) == [("B-01", BidState.RECEIVED)]
    with app.app_context():
        assert len(db.session.scalars(sa.select(SentBid)).all()) == 2  # nothing that was typed is lost


def test_a_link_that_is_out_of_date_sends_a_new_letter(app: Flask, council: None) -> None:
    send(app)
    code = code_of(app)
    with time_machine.travel(now() + dt.timedelta(days=7, seconds=1), tick=False):
        late = client_of(app)
        page = text_of(late.post(f"{ROUND}/bid/link", data={"code": code}))
        assert "This link is out of date. Your bid is still here" in page
        assert "Yes, this is our bid" not in page
        refused = press(late, code)
        assert refused.status_code == 422
        assert "have a new letter sent" in text_of(refused)
        assert standing(app) == []
        assert late.post(f"{ROUND}/bid/link/again", data={"code": code}).status_code == 302
        assert asking_letters(app)[0] == (CONTACT, code_of(app))
        assert press(late, code).status_code == 422
        assert confirm_newest(app).status_code == 302
    assert standing(app) == [("B-01", BidState.RECEIVED)]


def test_a_code_that_leads_nowhere_is_counted_and_refused(app: Flask, council: None) -> None:
    client = client_of(app)
    for path in ("", "/confirm", "/again"):
        refused = client.post(f"{ROUND}/bid/link{path}", data={"code": "0000-0000-0000"})
        assert refused.status_code == 422
        assert "This link does not work. Use the link in the newest letter" in text_of(refused)
    answers = [client.post(f"{ROUND}/bid/link/confirm", data={"code": "0000-0000-0000"}).status_code for _ in range(30)]
    assert answers[-1] == 429


def test_a_bid_that_was_sent_in_time_stands_after_the_close(app: Flask, council: None) -> None:
    send(app)
    with time_machine.travel(now() + dt.timedelta(days=6), tick=False):
        contact = client_of(app)
        press(contact, code_of(app))
        assert "in time. Its contact confirmed it after the close of bids." in text_of(contact.get("/my/bids/"))
    assert standing(app) == [("B-01", BidState.RECEIVED)]


def test_a_bid_that_nobody_confirmed_is_no_bid_once_voting_has_opened(app: Flask) -> None:
    with writing(app):
        event = an_event()
        send_bid(event.share.round, a_new_bid(event.share, "Latecomers"))
        organiser = account_with_email("organiser@council.example")
        assert organiser
        open_poll(event, organiser)
    refused = confirm_newest(app)
    assert refused.status_code == 409
    assert "Voting has opened in Sale, so this bid can’t go to the vote any more." in text_of(refused)
    assert len(standing(app)) == 3


def test_a_colleague_with_other_duties_confirms_and_is_not_signed_in(app: Flask, council: None) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
    send(app, {**BID, "email": "organiser@council.example"})
    client = client_of(app)
    assert press(client, code_of(app)).headers["Location"] == ROUND
    assert "Your bid stands. Its number is B-01." in text_of(client.get(ROUND))
    assert client.get("/desk/").headers["Location"].startswith("/sign-in")
    with app.app_context():
        account = account_with_email("organiser@council.example")
        assert account
        assert account.roles == {Role.ORGANISER}


def test_a_suspended_contact_confirms_nothing(app: Flask, council: None) -> None:
    with writing(app):
        an_account(Role.GROUP_CONTACT, CONTACT).is_disabled = True
    send(app)
    assert confirm_newest(app).status_code == 422
    assert standing(app) == []
