"""Bids that come by telephone or on paper, and what a group does with its own bid until the close."""

import datetime as dt

import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.models import Bid, BidHistory, BidState, CameBy
from pbvote.call.drafts.beginning import begin_change
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from tests.bidding import (
    BID,
    CONTACT,
    ROUND,
    asking_letters,
    confirm_newest,
    midnight,
    page_of,
    press,
    send,
    standing,
)
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.outbox import letters
from tests.pages import browser, client_of, fields_of, text_of
from tests.together import together


def key_in(app: Flask, came_by: str, **changes: str) -> CheckedClient:
    """An organiser keys a bid in, as far as the page that reads it back."""
    desk = browser(app, "organiser@council.example")
    assert desk.post("/desk/drafts/round/grants-2014/key", data={"came_by": came_by}).status_code == 302
    for page in ("group", "project", "money"):
        typed = {name: text for name, text in {**BID, **changes}.items() if page_of(name) == page}
        assert desk.post(f"{ROUND}/bid/{page}", data=typed).status_code == 302
    assert "Read each answer to the group." in text_of(desk.get(f"{ROUND}/bid/check"))
    return desk


def test_a_bid_by_telephone_of_a_group_with_e_mail_waits_for_its_contact(app: Flask, office: None) -> None:
    desk = key_in(app, "telephone")
    assert desk.post(f"{ROUND}/bid/check").headers["Location"].endswith("/unconfirmed")
    assert standing(app) == []
    assert asking_letters(app)[0][0] == CONTACT
    assert confirm_newest(app).status_code == 302
    assert "Telephone, keyed in by The organiser" in text_of(desk.get("/desk/bids/1"))
    with app.app_context():
        bid = db.session.scalars(sa.select(Bid)).one()
        assert (bid.came_by, bid.keyed_by_id) == (CameBy.TELEPHONE, 1)


def test_a_bid_on_paper_of_a_group_without_e_mail_stands_and_its_letter_is_printed(app: Flask, office: None) -> None:
    desk = key_in(app, "paper", email="")
    assert desk.post(f"{ROUND}/bid/check").headers["Location"] == "/desk/drafts/letter/1"
    assert standing(app) == [("B-01", BidState.RECEIVED)]
    letter = text_of(desk.get("/desk/drafts/letter/1"))
    assert all(words in letter for words in ("B-01", "Dear Ann Smith,", "We plant.", "£3,043.69", "day and place"))
    assert "On paper, read back to Ann Smith." in text_of(desk.get("/desk/bids/1"))
    with app.app_context():
        assert letters() == []
        assert [account.email for account in db.session.scalars(sa.select(Account))] == ["organiser@council.example"]


def test_only_an_organiser_who_is_signed_in_saves_what_was_keyed(app: Flask, office: None) -> None:
    desk = key_in(app, "paper", email="")
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        organiser.grants.clear()
    refused = desk.post(f"{ROUND}/bid/check")
    assert refused.status_code == 409
    assert "Nothing that you typed is lost." in text_of(refused)
    assert "We plant." in text_of(refused)
    assert standing(app) == []


def test_whoever_has_no_letter_that_leads_back_is_not_told_of_one(app: Flask, office: None) -> None:
    group = client_of(app)
    send(app)
    press(group, asking_letters(app)[0][1])
    group.post("/my/bids/1/change")
    for client in (key_in(app, "telephone"), group):
        for page in ("group", "check"):
            assert "Stop here and go on later" not in text_of(client.get(f"{ROUND}/bid/{page}"))


def test_a_group_changes_its_bid_until_it_is_checked(app: Flask, office: None) -> None:
    group = client_of(app)
    send(app)
    press(group, asking_letters(app)[0][1])
    assert "We have it. Organisers check it" in text_of(group.get("/my/bids/"))
    assert group.post("/my/bids/1/change").headers["Location"] == f"{ROUND}/bid/group"
    assert "Ann Smith" not in group.get(f"{ROUND}/bid/group").get_data(as_text=True).partition("<main")[2]
    typed = {name: text for name, text in {**BID, "title": "Beans and peas"}.items() if page_of(name) == "project"}
    assert group.post(f"{ROUND}/bid/project", data={**typed, "version": "1", "then": "check"}).status_code == 302
    about_us = {name: BID[name] for name in ("kind", "group_name", "registered_number")}
    assert group.post(f"{ROUND}/bid/group", data={**about_us, "version": "1"}).status_code == 302
    assert group.post(f"{ROUND}/bid/check").headers["Location"] == "/my/bids/"
    assert "Beans and peas" in text_of(group.get("/my/bids/"))
    with app.app_context():
        assert letters()[0].subject == "Your bid B-01 is changed"
        assert "Beans and peas" in letters()[0].body
        assert [(ask.locality_id, ask.ask_pence) for ask in db.session.get_one(Bid, 1).asks] == [(1, 3_043_69)]
    group.post("/my/bids/1/change")
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        shortlist_bid(db.session.get_one(Bid, 1), organiser)
    refused = group.post(f"{ROUND}/bid/check")
    assert refused.status_code == 409
    assert "This bid can’t be changed any more" in text_of(refused)
    mine = text_of(group.get("/my/bids/"))
    assert "Change it" not in mine
    assert "It is on the ballot." in mine


def test_after_the_close_a_change_leaves_the_bid_as_it_was(app: Flask, office: None) -> None:
    group = client_of(app)
    send(app)
    with time_machine.travel(midnight() - dt.timedelta(minutes=1), tick=False):
        press(group, asking_letters(app)[0][1])
        group.post("/my/bids/1/change")
    with time_machine.travel(midnight() + dt.timedelta(minutes=1), tick=False):
        refused = group.post(f"{ROUND}/bid/check")
    assert refused.status_code == 409
    assert "Bids have closed, so the bid stays as it was." in text_of(refused)


def another_group(app: Flask) -> CheckedClient:
    """The contact of another group, whose bid stands."""
    send(app, {**BID, "group_name": "Cooks", "email": "cooks@group.example", "registered_number": ""})
    other = client_of(app)
    press(other, asking_letters(app)[0][1])
    return other


def test_a_change_is_sent_by_a_contact_of_the_group_alone(app: Flask, office: None) -> None:
    group = client_of(app)
    send(app)
    press(group, asking_letters(app)[0][1])
    group.post("/my/bids/1/change")
    hidden = fields_of(group.get(f"{ROUND}/bid/check").get_data(as_text=True))
    refused = another_group(app).post(f"{ROUND}/bid/check", data=hidden)
    assert refused.status_code == 409
    assert "signed in as somebody else" in text_of(refused)
    assert group.post(f"{ROUND}/bid/check", data=hidden).headers["Location"] == "/my/bids/"


def test_a_change_that_was_begun_before_the_desk_changed_the_bid_undoes_nothing(app: Flask, office: None) -> None:
    group = client_of(app)
    send(app)
    press(group, asking_letters(app)[0][1])
    group.post("/my/bids/1/change")
    with writing(app):
        bid = db.session.get_one(Bid, 1)
        bid.title = "Beans, as we said on the telephone"
        bid.history.append(BidHistory(state=bid.state, account_id=1, reason="Changed from a spreadsheet: Project."))
    refused = group.post(f"{ROUND}/bid/check")
    assert refused.status_code == 409
    assert "This bid was changed after you began." in text_of(refused)
    assert "Beans for all" in text_of(refused)  # to be copied
    group.post("/my/bids/1/change")
    assert "Beans, as we said on the telephone" in text_of(group.get(f"{ROUND}/bid/check"))
    assert group.post(f"{ROUND}/bid/check").status_code == 302
    with app.app_context():
        assert db.session.get_one(Bid, 1).title == "Beans, as we said on the telephone"


@both_databases
def test_two_contacts_who_begin_a_change_at_once_write_in_one_draft(app: Flask, office: None) -> None:
    group = client_of(app)
    send(app)
    press(group, asking_letters(app)[0][1])
    keys: list[str] = []

    def begin() -> None:
        with writing(app):
            keys.append(begin_change(db.session.get_one(Bid, 1)).key)

    together(*[begin] * 4)
    assert len(keys) == 4
    assert len(set(keys)) == 1


def test_a_group_withdraws_its_own_bid_and_no_other(app: Flask, office: None) -> None:
    group = client_of(app)
    send(app)
    press(group, asking_letters(app)[0][1])
    assert group.post("/my/bids/2/withdraw").status_code == 404
    assert group.post("/my/bids/1/withdraw").status_code == 302
    assert standing(app) == [("B-01", BidState.WITHDRAWN)]
    mine = text_of(group.get("/my/bids/"))
    assert "It was taken out, as you asked." in mine
    assert "Withdraw it" not in mine


def test_four_questions_say_yes_or_what_to_do_and_keep_nothing(app: Flask, office: None) -> None:
    client, address = client_of(app), f"{ROUND}/bid/can-we"
    yes = dict.fromkeys(("is_group", "is_here", "has_account", "can_come"), "yes")
    assert "Yes, your group can bid." in text_of(client.post(address, data=yes))
    assert "Answer question 2" in text_of(client.post(address, data={**yes, "is_here": ""}))
    for name, instead in (("is_group", "start one"), ("has_account", "hold the money"), ("can_come", "speak for you")):
        assert instead in text_of(client.post(address, data={**yes, name: "no"}))
    assert "Set-Cookie" not in client.post(address, data=yes).headers
