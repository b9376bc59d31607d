"""Where everybody begins: the front page through a round, the page of each role, and the demonstration's way in."""

import pytest
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.rounds.models import Round, Share
from pbvote.call.rounds.service import add_round, open_round
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.mail.service import write_letter
from pbvote.people.service import account_with_email
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.results.service import publish_outcome
from tests.checked_client import CheckedClient
from tests.factories import a_bid, a_locality, an_account, an_open_round, count_closed, sign_in, writing
from tests.hall import EVENT_FORM
from tests.pages import client_of, text_of

ORGANISER = "organiser@council.example"


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser of a council with one locality."""
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
    sign_in(client, ORGANISER)
    return client


def test_the_front_page_follows_the_round(app: Flask, client: CheckedClient) -> None:
    assert "No round is open" in text_of(client.get("/"))
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        add_round("Grants 2015", 5_000_00, today(), today())
    assert "Grants 2015" not in text_of(client.get("/"))  # a draft is private
    with writing(app):
        open_round(db.session.get_one(Round, 1))
    front = client.get("/")
    assert "Bids are open" in text_of(front)
    assert 'href="/rounds/grants-2015/bid"' in front.get_data(as_text=True)
    assert client.get("/rounds/grants-2015/bid").status_code == 200
    desk = client_of(app)
    sign_in(desk, ORGANISER)
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        shortlist_bid(a_bid(db.session.get_one(Share, 1)), organiser)
    desk.post("/desk/shares/1/event", data=EVENT_FORM)
    for verb, words in [
        (None, "Event planned"),
        (open_poll, "Voting is open"),
        (close_poll, "Voting is closed"),
        (count_closed, "Voting is closed"),
        (publish_outcome, "See the result"),
    ]:
        if verb:
            with writing(app):
                organiser = account_with_email(ORGANISER)
                assert organiser
                verb(db.session.get_one(Event, 1), organiser)
        assert words in text_of(client.get("/")), words


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.ORGANISER, "/desk/"),
        (Role.AUDITOR, "/desk/"),
        (Role.LP_MEMBER, "/my/groups/"),
        (Role.STEWARD, "/my/events"),
        (Role.GROUP_CONTACT, "/my/bids/"),
    ],
)
def test_each_role_begins_where_its_work_is(app: Flask, client: CheckedClient, role: Role, page: str) -> None:
    with writing(app):
        is_local = role in {Role.LP_MEMBER, Role.STEWARD}
        an_account(role, "somebody@council.example", a_locality() if is_local else None)
    sign_in(client, "somebody@council.example")
    assert client.get("/my/").headers["Location"] == page
    assert client.get("/sign-in").headers["Location"] == "/my/"
    assert f'href="{page}"' in client.get(page).get_data(as_text=True)  # it stands in the navigation


def test_a_steward_sees_the_events_of_their_own_locality_only(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        for name in ("Sale", "Urmston"):
            an_account(Role.STEWARD, f"{name.lower()}@council.example", a_locality(name))
        an_account(Role.ORGANISER)
        an_open_round()
    sign_in(client, ORGANISER)
    client.post("/desk/shares/1/event", data=EVENT_FORM)
    for name, is_shown in [("sale", True), ("urmston", False)]:
        sign_in(client, f"{name}@council.example")
        assert ("Sale decides" in text_of(client.get("/my/events"))) is is_shown


def test_what_letters_say_and_the_sign_ins_show_in_the_demonstration_only(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        write_letter("ann@group.example", "First", "https://council.example/link#K7QF")
    assert desk.get("/desk/outbox/1").status_code == 404
    assert "/desk/outbox/1" not in desk.get("/desk/outbox").get_data(as_text=True)
    assert desk.get("/demonstration").status_code == 404
    assert "demonstration" not in text_of(desk.get("/desk/")).lower()
    with writing(app):
        an_open_round().is_demonstration = True
        a_bid(db.session.get_one(Share, 1))
    assert 'href="/desk/outbox/3"' in desk.get("/desk/outbox").get_data(as_text=True)
    letter = desk.get("/desk/outbox/3")
    assert "We have your bid B-01" in text_of(letter)
    assert "/link#" in letter.get_data(as_text=True)
    assert desk.get("/demonstration").status_code == 200
