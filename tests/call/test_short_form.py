"""The form of one page: what it asks, that its one button sends it, and that nothing typed into it is lost."""

import datetime as dt
import re
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.call.bids.changing import change_bid
from pbvote.call.bids.intake import confirm_bid
from pbvote.call.bids.models import Bid, SentBid
from pbvote.call.bids.sending import send_bid
from pbvote.call.drafts.models import Draft
from pbvote.call.groups.models import GroupKind
from pbvote.call.rounds.copying import copy_round
from pbvote.call.rounds.models import Round, RoundState
from pbvote.call.rounds.service import add_round, open_round, settle_share
from pbvote.call.rounds.settling import FormFixed, settle_round
from pbvote.core.clock import today
from pbvote.db import begin_write, db
from tests.bidding import CONTACT, ROUND, confirm_newest
from tests.checked_client import CheckedClient
from tests.factories import a_locality, a_new_bid, an_account, sign_in, writing
from tests.outbox import letters
from tests.pages import client_of, fields_of, text_of

SHORT = {
    "kind": "informal",
    "group_name": "Ayres Road Neighbours",
    "money_holder": "St John’s Church",
    "contact_name": "Ann Smith",
    "title": "A gate for our alley",
    "summary": "We put up a gate and plant ten tubs.",
    "ask": "250",
}


@pytest.fixture
def council(app: Flask) -> None:
    """Sale, which gives up to £250 to a bid, on a form of one page."""
    with writing(app):
        a_locality()
        round_ = add_round("Grants 2014", 1_500_00, today() - dt.timedelta(days=5), today() + dt.timedelta(days=5))
        settle_round(round_, round_.name, 250_00, 1_000_00, (), has_short_form=True)
        settle_share(round_.shares[0], {"cap_pence": 250_00})
        open_round(round_)


def begin(client: CheckedClient) -> None:
    """Give the address, and arrive on the page."""
    answer = client.post(f"{ROUND}/bid", data={"email": CONTACT})
    assert answer.headers["Location"] == f"{ROUND}/bid/bid"


def press(client: CheckedClient, body: dict[str, str]) -> TestResponse:
    """Press the page's button, as a browser does: after a 307 it sends the same body on."""
    answer = client.post(f"{ROUND}/bid/bid", data=body)
    if answer.status_code == 307:
        return client.post(answer.headers["Location"], data=body, follow_redirects=True)
    return client.get(answer.headers["Location"]) if answer.status_code == 302 else answer


def press_send(client: CheckedClient, version: int = 0, **changes: str) -> TestResponse:
    """Press the button of the page as it stands in this browser."""
    passes = fields_of(client.get(f"{ROUND}/bid/bid").get_data(as_text=True))
    return press(client, {**SHORT, "pass": passes["pass"], "version": str(version), **changes})


def test_one_page_asks_only_what_decides_and_its_button_sends_the_bid(
    app: Flask, client: CheckedClient, council: None
) -> None:
    begin(client)
    page = client.get(f"{ROUND}/bid/bid").get_data(as_text=True)
    asked = set(re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', page)) - {"pass", "version", "csrf_token"}
    assert asked == {
        *("kind", "group_name", "registered_number", "money_holder", "contact_name"),
        *("title", "summary", "works_with_people_at_risk", "ask"),
    }
    assert ">Send our bid</button>" in page
    assert ">Continue<" not in page
    answer = press_send(client)
    assert answer.request.path == f"{ROUND}/bid/sent"
    with app.app_context():
        assert not db.session.scalars(sa.select(Draft)).all()
        letter = letters()[0]
        assert letter.recipient == CONTACT
        assert "Who would benefit" not in letter.body
        assert "Ward or postcode" not in letter.body
    confirm_newest(app)
    with app.app_context():
        bid = db.session.scalars(sa.select(Bid)).one()
        assert bid.group
        assert (bid.title, bid.summary, bid.ask_pence, bid.lines) == (SHORT["title"], SHORT["summary"], 250_00, [])
        assert (bid.group.kind, bid.group.money_holder) == (GroupKind.INFORMAL, "St John’s Church")
        assert [contact.account.email for contact in bid.group.contacts] == [CONTACT]


def test_a_page_that_will_not_do_is_kept_and_says_all_that_is_wrong_at_once(
    app: Flask, client: CheckedClient, council: None
) -> None:
    begin(client)
    answer = press_send(client, money_holder="", summary="word " * 41, ask="251")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for sentence in (
        "Say who would hold the money for your group",
        "must be 40 words or fewer",
        "from all localities together. You ask for £251",
    ):
        assert sentence in page
    assert "Error: " in page
    with app.app_context():
        kept = db.session.scalars(sa.select(Draft)).one()
        assert (kept.typed("bid") or {})["ask"] == "251"
        assert not db.session.scalars(sa.select(SentBid)).all()


def test_pressing_send_again_after_the_answer_got_lost_sends_nothing_twice(
    app: Flask, client: CheckedClient, council: None
) -> None:
    begin(client)
    held = fields_of(client.get(f"{ROUND}/bid/bid").get_data(as_text=True))["pass"]
    for _ in range(2):
        answer = press(client, {**SHORT, "pass": held, "version": "0"})
        assert answer.request.path == f"{ROUND}/bid/sent"
    with app.app_context():
        assert len(db.session.scalars(sa.select(SentBid)).all()) == 1


def test_two_who_write_at_once_choose_before_anything_is_sent(app: Flask, client: CheckedClient, council: None) -> None:
    begin(client)
    held = fields_of(client.get(f"{ROUND}/bid/bid").get_data(as_text=True))["pass"]
    saved = client.post(f"{ROUND}/bid/bid/save", data={"title": "Theirs", "pass": held, "version": "0"})
    assert saved.get_json() == {"version": 1}
    overtaken = press_send(client)
    assert overtaken.status_code == 409
    assert "Two people wrote here" in overtaken.get_data(as_text=True)
    chosen = {f"choose-{name}": "mine" for name in SHORT}
    assert press_send(client, 1, is_choosing="yes", **chosen).request.path == f"{ROUND}/bid/sent"


def test_what_comes_after_the_close_is_kept_whole(app: Flask, client: CheckedClient, council: None) -> None:
    begin(client)
    with writing(app):
        [share] = db.session.scalars(sa.select(Round)).one().shares
        share.bids_close_on = today() - dt.timedelta(days=1)
    answer = press_send(client)
    assert answer.status_code == 409
    assert "late" in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalars(sa.select(Draft.late_at)).one()


def test_a_change_keeps_what_the_short_form_does_not_ask(app: Flask, client: CheckedClient, council: None) -> None:
    begin(client)
    press_send(client)
    confirm_newest(app)
    with writing(app):
        bid = db.session.scalars(sa.select(Bid)).one()
        bid.who_benefits, bid.postcode = "Everybody in the road", "M16 7AA"
        bid_id = bid.id
    contact = client_of(app)
    sign_in(contact, CONTACT)
    assert contact.post(f"/my/bids/{bid_id}/change").headers["Location"] == f"{ROUND}/bid/bid"
    page = contact.get(f"{ROUND}/bid/bid").get_data(as_text=True)
    assert ">Change our bid</button>" in page
    assert "Everybody in the road" in text_of(contact.get(f"{ROUND}/bid/check"))
    typed = {name: text for name, text in SHORT.items() if name != "contact_name"}
    version = fields_of(page)["version"]
    body = {**typed, "title": "Two gates", "pass": fields_of(page)["pass"], "version": version}
    assert press(contact, body).request.path == "/my/bids/"
    with app.app_context():
        changed = db.session.get_one(Bid, bid_id)
        assert (changed.title, changed.who_benefits, changed.postcode) == (
            "Two gates",
            "Everybody in the road",
            "M16 7AA",
        )


def test_an_organiser_reads_the_page_back_before_it_is_saved(app: Flask, client: CheckedClient, council: None) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
    sign_in(client, "organiser@council.example")
    begun = client.post("/desk/drafts/round/grants-2014/key", data={"came_by": "telephone"})
    assert begun.headers["Location"] == f"{ROUND}/bid/bid"
    page = client.get(f"{ROUND}/bid/bid").get_data(as_text=True)
    assert ">Continue</button>" in page
    body = {**SHORT, "phone": "0161 496 0000", "pass": fields_of(page)["pass"], "version": "0"}
    read_back = press(client, body)
    assert "Read it back" in read_back.get_data(as_text=True)
    assert 'href="/rounds/grants-2014/bid/bid?then=check"' in read_back.get_data(as_text=True)


def test_the_pages_of_the_other_form_are_not_there(client: CheckedClient, council: None) -> None:
    begin(client)
    assert [client.get(f"{ROUND}/bid/{page}").status_code for page in ("group", "project", "money")] == [404] * 3
    questions = text_of(client.get(f"{ROUND}/bid/questions"))
    assert "What would you do with the money?" in questions
    assert "Who would benefit?" not in questions


def test_the_switch_is_settled_before_the_round_opens(app: Flask, client: CheckedClient, council: None) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        copy = copy_round(db.session.scalars(sa.select(Round)).one(), "Grants 2015")
        assert copy.has_short_form
        copy_slug = copy.slug
    sign_in(client, "organiser@council.example")
    address = f"/desk/rounds/{copy_slug}/settings"
    assert 'name="has_short_form"' in client.get(address).get_data(as_text=True)
    client.post(address, data={"name": "Grants 2015", "budget_from_pence": "1000"})
    with app.app_context():
        begin_write()
        copy = db.session.scalars(sa.select(Round).where(Round.slug == copy_slug)).one()
        assert not copy.has_short_form
        round_ = db.session.scalars(sa.select(Round).where(Round.state == RoundState.OPEN)).one()
        with pytest.raises(FormFixed):
            settle_round(round_, round_.name, 250_00, 1_000_00, (), has_short_form=False)
        db.session.rollback()
    open_address = "/desk/rounds/grants-2014/settings"
    assert 'name="has_short_form"' not in client.get(open_address).get_data(as_text=True)
    client.post(open_address, data={"name": "Grants 2014", "bid_cap_pence": "250", "budget_from_pence": "1000"})
    with app.app_context():
        assert db.session.scalars(sa.select(Round.has_short_form).where(Round.state == RoundState.OPEN)).one()


def test_a_change_by_the_form_that_does_not_ask_keeps_how_the_name_is_said(app: Flask, council: None) -> None:
    with writing(app):
        share = db.session.get_one(Round, 1).shares[0]
        new = a_new_bid(share, ask_pence=200_00)
        bid = confirm_bid(send_bid(share.round, replace(new, say_it="GROW-erz")))
        assert bid.group
        change_bid(bid, replace(new, title="Another title"), bid.group.contacts[0].account)
        assert (bid.title, bid.group.say_it) == ("Another title", "GROW-erz")
