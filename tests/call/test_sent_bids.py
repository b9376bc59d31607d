"""What the public form sent, while it waits for its contact: who sees it, its letters, its end, and its number."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.letters import on_the_ballot, vote_in_words
from pbvote.call.bids.models import Bid, SentBid
from pbvote.call.rounds.models import EventFormat, Round
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from tests.bidding import (
    BID,
    CONTACT,
    ROUND,
    asking_letters,
    code_of,
    confirm_newest,
    press,
    send,
)
from tests.conftest import both_databases
from tests.factories import a_bid, an_account, an_event, writing
from tests.outbox import letters
from tests.pages import browser, client_of, text_of
from tests.together import together


def test_a_sent_bid_is_on_no_board_and_the_organisers_see_it_apart(app: Flask, council: None) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        an_account(Role.AUDITOR)
    send(app)
    desk = browser(app, "organiser@council.example")
    board = text_of(desk.get("/desk/bids/round/grants-2014"))
    assert "Beans for all" not in board
    assert "0 bids" in board
    assert "1 bid waits for its contact’s confirmation" in board
    assert "Check 1 bid" not in text_of(desk.get("/desk/"))
    waiting = "/desk/bids/round/grants-2014/unconfirmed"
    assert all(words in text_of(desk.get(waiting)) for words in ("Beans for all", "Ann Smith", CONTACT, "£3,043.69"))
    assert "Send the letter again" not in text_of(browser(app, "auditor@council.example").get(waiting))
    old = code_of(app)
    assert desk.post("/desk/bids/unconfirmed/1/letter").status_code == 302
    assert press(client_of(app), old).status_code == 422  # the newest letter's link alone works
    confirm_newest(app)
    assert "No bid waits for its contact." in text_of(desk.get(waiting))
    assert desk.post("/desk/bids/unconfirmed/1/letter").status_code == 404
    assert "confirmation" not in text_of(desk.get("/desk/bids/round/grants-2014"))


def test_the_senders_browser_shows_where_the_letter_went_and_no_address_of_a_page_does(
    app: Flask, council: None
) -> None:
    sender = send(app)
    assert CONTACT in text_of(sender.get(f"{ROUND}/bid/sent"))
    assert CONTACT not in text_of(client_of(app).get(f"{ROUND}/bid/sent"))
    with time_machine.travel(now() + dt.timedelta(hours=2), tick=False):  # the next person at a library's computer
        assert CONTACT not in text_of(sender.get(f"{ROUND}/bid/sent"))


def test_a_wrong_address_is_put_right_once_and_the_letter_to_it_is_worthless(app: Flask, council: None) -> None:
    sender = send(app, {**BID, "email": "ann@gmial.example"})
    to_the_wrong_one, address = code_of(app), f"{ROUND}/bid/sent"
    assert sender.post(address, data={"email": "ann at"}).status_code == 422
    assert client_of(app).post(address, data={"email": "thief@elsewhere.example"}).status_code == 409
    assert sender.post(address, data={"email": "ann@gmail.example"}).status_code == 302
    assert "ann@gmail.example" in text_of(sender.get(address))
    assert "Wrong? Change it" not in text_of(sender.get(address))
    assert sender.post(address, data={"email": "other@gmail.example"}).status_code == 409
    assert press(client_of(app), to_the_wrong_one).status_code == 422
    assert asking_letters(app)[0][0] == "ann@gmail.example"
    assert confirm_newest(app).status_code == 302
    assert sender.post(address, data={"email": "other@gmail.example"}).status_code == 409
    with app.app_context():
        assert account_with_email("ann@gmail.example")
        assert account_with_email("ann@gmial.example") is None


def test_the_first_letter_carries_no_long_text_and_the_second_every_answer(app: Flask) -> None:
    with writing(app):
        event = an_event()
        event.place = "Sale Waterside"
    send(app)
    with app.app_context():
        first = letters()[0]
        assert first.subject == "Is this your bid? Beans for all"
        assert "We plant." not in first.body
    confirm_newest(app)
    with app.app_context():
        second = letters()[0]
    assert second.subject == "We have your bid B-04"
    for answer in (
        "Growers",
        "1098765",
        "Ann Smith",
        CONTACT,
        "0161 496 0000",
        "Beans for all",
        "We plant.\n\nYou eat.",
    ):
        assert answer in second.body
    assert "Asked of Sale: £3,043.69" in second.body
    assert "Beans: £3,043.69" in second.body
    assert re.search(r"The event in Sale: \d+ \w+ \d{4}, noon to 3pm, Sale Waterside\.", second.body)


def test_a_letter_about_the_ballot_says_when_and_where(app: Flask) -> None:
    with writing(app):
        event = an_event()
        event.place = "Sale Waterside"
        shortlist_bid(a_bid(event.share, "Latecomers"), an_account(Role.ORGANISER, "other@council.example"))
    with app.app_context():
        letter = letters()[0]
        assert letter.subject == "Your bid B-04 goes to the vote"
        assert letter.recipient == "latecomers@group.example"
        assert "noon to 3pm, Sale Waterside. Doors open at 11:30am; be there by then.\n" in letter.body
        assert "\nCome and tell residents about your bid. You may speak for 3 minutes." in letter.body


@pytest.mark.parametrize(
    ("format_", "minutes", "said"),
    [
        (EventFormat.PITCHES, 5, "You may speak for 5 minutes. Then they vote."),
        (EventFormat.PITCHES, 1, "You may speak for a minute. Then they vote."),
        (EventFormat.STALLS, 3, "Come and have a stall."),
        (EventFormat.DAYS, 3, "There is no meeting. Residents read your bid, and vote when they like."),
    ],
)
def test_every_letter_about_the_ballot_says_what_the_group_does_there(
    app: Flask, format_: EventFormat, minutes: int, said: str
) -> None:
    with writing(app):
        event = an_event()
        event.share.format, event.share.pitch_minutes = format_, minutes
        bid = a_bid(event.share, "Latecomers")
        plan = vote_in_words(event.share.round_id, event.share.round.shares)
        assert said in plan[event.share.locality_id]
        assert said in on_the_ballot(bid)
        assert ("minute" in on_the_ballot(bid)) is (format_ is EventFormat.PITCHES)


def test_what_nobody_confirms_is_deleted_30_days_after_the_close(app: Flask, council: None) -> None:
    send(app)
    code = code_of(app)
    last_day = now() + dt.timedelta(days=5)
    for days, said, is_known in [(30, "0 unconfirmed bids deleted", True), (31, "1 unconfirmed bid deleted", False)]:
        with time_machine.travel(last_day + dt.timedelta(days=days), tick=False):
            page = client_of(app).post(f"{ROUND}/bid/link", data={"code": code})
            assert (page.status_code == 200) is is_known  # whether or not the command has run
            assert said in app.test_cli_runner().invoke(args=["tidy"]).output.splitlines()
    with app.app_context():
        assert db.session.scalars(sa.select(SentBid)).all() == []
        assert db.session.scalars(sa.select(Account)).all() == []  # nothing of that person is kept


@both_databases
def test_no_deletion_or_import_makes_a_number_twice(app: Flask, council: None) -> None:
    def bid(group: str) -> str:
        with writing(app):
            return a_bid(db.session.get_one(Round, 1).shares[0], group).reference

    assert [bid("One"), bid("Two")] == ["B-01", "B-02"]
    with writing(app):
        db.session.delete(db.session.scalars(sa.select(Bid).where(Bid.reference == "B-01")).one())
        db.session.add(Bid(round_id=1, reference="B-03", title="From a spreadsheet", summary=""))
    assert [bid("Three"), bid("Four")] == ["B-04", "B-05"]
    with writing(app):
        db.session.delete(db.session.scalars(sa.select(Bid).where(Bid.reference == "B-05")).one())
    assert bid("Five") == "B-06"
    references: list[str] = []
    together(*(lambda group=group: references.append(bid(group)) for group in ("Six", "Seven", "Eight")))
    assert sorted(references) == ["B-07", "B-08", "B-09"]
