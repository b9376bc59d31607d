"""A sheet of bids between the look at it and the button, and when none is taken."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.models import Bid
from pbvote.call.checking.interests import declare_interest
from pbvote.call.rounds.models import RoundState
from pbvote.call.rounds.service import settle_share
from pbvote.call.spreadsheets import planning
from pbvote.call.spreadsheets.importing import forget_sheets
from pbvote.db import db
from pbvote.people.service import account_with_email, add_account
from tests.call.sheets import NEW, ROUND, a_sheet, send, take_in
from tests.checked_client import CheckedClient
from tests.factories import a_bid, a_locality, an_account, an_open_round, sign_in, writing
from tests.pages import browser, text_of

NOTHING_TO_IMPORT = "has 2 bids that stay as they are."


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser before bid 1 of the Growers and bid 2 of the Cooks."""
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        share = an_open_round().shares[0]
        a_bid(share)
        a_bid(share, "Cooks")
    sign_in(client, "organiser@council.example")
    return client


def test_an_import_does_what_was_seen_or_nothing(app: Flask, desk: CheckedClient) -> None:
    preview = send(desk, a_sheet({"Number": "B-01", "Project": "Beans"}))
    with writing(app):
        db.session.get_one(Bid, 1).title = "Peas"
    refused = take_in(desk, preview)
    assert refused.status_code == 409
    assert "Somebody has changed a bid or a date since you looked." in text_of(refused)
    newer = desk.get(f"{ROUND}/sheet/preview")
    assert "Before: Peas After: Beans" in text_of(newer)
    take_in(desk, newer)
    assert take_in(desk, newer).status_code == 409  # pressed twice
    with app.app_context():
        assert db.session.get_one(Bid, 1).title == "Beans"
        assert len(db.session.get_one(Bid, 1).history) == 2


def test_an_import_keeps_no_voter_waiting_for_long(
    app: Flask, desk: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "MOST_BIDS", 1)
    two = ({"Number": "B-01", "Project": "Beans"}, {"Number": "B-02", "Project": "Peas"})
    refused = send(desk, a_sheet(*two))
    assert refused.status_code == 422
    assert "This sheet would enter or change 2 bids. Send 1 at most at a time." in text_of(refused)
    # A row that says what is here already costs nothing.
    assert "1 changed" in text_of(send(desk, a_sheet(two[0], {"Number": "B-02", "Project": "Project of Cooks"})))


def test_nobody_imports_what_changes_a_bid_of_their_own_group(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        bid = db.session.get_one(Bid, 1)
        organiser = account_with_email("organiser@council.example")
        assert organiser
        assert bid.group
        contact, title = bid.group.contacts[0].account.email, bid.title
        declare_interest(bid, organiser, "Treasurer", organiser)
    said = "You belong to this group, so somebody else enters and changes its bid"
    change = send(desk, a_sheet({"Number": "B-01", "Project": "Beans"}, {"Number": "B-02", "Project": "Peas"}))
    assert f"Row 2, Number What is wrong {said}" in text_of(change)
    assert "has 1 changed bid and 1 row with errors." in text_of(change)
    for email in (contact, "organiser@council.example"):
        new = send(desk, a_sheet({**NEW, "Group": "Another name", "E-mail address": email}))
        assert f"Row 2, E-mail address What is wrong {said}" in text_of(new)
    assert "with errors" not in text_of(send(desk, a_sheet({"Number": "B-01", "Project": title})))


def test_a_sheet_is_its_senders_and_can_be_forgotten(app: Flask, desk: CheckedClient) -> None:
    send(desk, a_sheet(NEW))
    with writing(app):
        an_account(Role.ORGANISER, "second@council.example")
    other = browser(app, "second@council.example")
    assert other.get(f"{ROUND}/sheet/preview").headers["Location"] == f"{ROUND}/sheet"
    assert other.post(f"{ROUND}/sheet/import", data={"seen": "x"}).status_code == 409
    assert desk.get(f"{ROUND}/sheet/preview").status_code == 200
    assert "Nothing was changed." in text_of(desk.post(f"{ROUND}/sheet/forget", follow_redirects=True))
    assert desk.get(f"{ROUND}/sheet/preview").status_code == 302


def test_a_sheet_that_nobody_confirms_is_gone_after_a_day(app: Flask, desk: CheckedClient) -> None:
    preview = send(desk, a_sheet({"Number": "B-01", "Project": "Beans"}))
    with writing(app):
        assert forget_sheets() == 0
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=1, minutes=1)):
        sign_in(desk, "organiser@council.example")
        assert desk.get(f"{ROUND}/sheet/preview").status_code == 302
        assert take_in(desk, preview).status_code == 409
        with writing(app):
            assert forget_sheets() == 1


def test_bids_that_came_in_time_are_imported_after_the_close_and_the_preview_says_so(
    app: Flask, desk: CheckedClient
) -> None:
    with writing(app):
        share = db.session.get_one(Bid, 1).round.shares[0]
        settle_share(share, {"bids_close_on": share.bids_open_on})
    preview = send(desk, a_sheet(NEW))
    assert "Sale takes no bids today. Import these only if they came in time." in text_of(preview)
    assert "Imported: 1 new" in text_of(take_in(desk, preview))


def test_a_suspended_contact_and_a_draft_round_are_refused(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        add_account("Ann", "ann@growers.example").is_disabled = True
    assert "The account with this address is suspended" in text_of(send(desk, a_sheet(NEW)))
    with writing(app):
        db.session.get_one(Bid, 1).round.state = RoundState.DRAFT
    assert send(desk, a_sheet({"Number": "B-01", "Project": "Beans"})).status_code == 409
    assert "Only an open round of the council takes bids." in text_of(desk.get(f"{ROUND}/sheet"))
