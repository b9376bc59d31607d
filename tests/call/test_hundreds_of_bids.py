"""Bids by the hundred: each page of the call and of the event's page keeps within its budget of statements."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from pbvote.call.bids.models import Ask, Bid, BidHistory, BidState, Wording
from pbvote.call.checking.models import BidDecision, DecisionKind
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.vote.events.models import Slot
from pbvote.vote.events.service import event_called
from tests.checked_client import PAGES_QUERIES
from tests.doors import READERS_AND_WRITERS
from tests.factories import writing
from tests.faults import times
from tests.pages import browser, client_of, text_of
from tests.queries import listening, told
from tests.scene import EMAILS, find_scene
from tests.scene_addresses import address, rules_of

ROOMS = ("pbvote.call.", "pbvote.vote.programme.", "pbvote.vote.events.")
MANY = times(few=150, full=500)
BOARD = "/desk/bids/round/voluntary-sector-grants-2014"
LOOKS = [
    f"{BOARD}{query}"
    for query in ("?view=columns", "?state=received&page=2", "?q=Friends+of+south", "?locality=2", "/bids.csv")
]
"""The board's other looks."""


@pytest.fixture
def crowded(demonstration: None, app: Flask) -> Flask:
    """The demonstration, its round filled up: one half on the board with drafted decisions, one on a running order."""
    with writing(app):
        officer, contact = account_with_email(EMAILS["organiser"]), account_with_email(EMAILS["group"])
        assert officer
        assert contact
        half = (MANY - bids_there()) // 2
        on_board = [a_bid("south-trafford", number, BidState.RECEIVED, officer, contact) for number in range(half)]
        on_paper = [a_bid("sale", number, BidState.SHORTLISTED, officer, contact) for number in range(half)]
        db.session.add_all(on_board + on_paper)
        db.session.flush()
        for number, bid in enumerate(on_board):
            verdict = DecisionKind.REFUSE if number % 2 else DecisionKind.SHORTLIST
            because = ("So.", "Come and see us.") if number % 2 else ("", "")
            db.session.add(drafted(bid, verdict, *because, officer))
        event = event_called("sale-2014")
        assert event
        event.running_order += [Slot(number=number, bid=bid) for number, bid in enumerate(on_paper, 100)]
    return app


def bids_there() -> int:
    """How many bids the demonstration's round has by itself."""
    wanted = sa.select(sa.func.count(Bid.id)).join(Bid.round)
    return db.session.scalar(wanted.where(Round.slug == "voluntary-sector-grants-2014")) or 0


def a_bid(locality: str, number: int, state: BidState, officer: Account, contact: Account) -> Bid:
    """A bid past the form: it is the pages' reading that is looked at."""
    share = db.session.scalars(sa.select(Share).join(Share.locality).where(Locality.slug == locality)).first()
    assert share
    return Bid(
        round_id=share.round_id,
        reference=f"{locality}-{number:03}",
        group=Group(name=f"Friends of {locality} {number}", contacts=[GroupContact(account_id=contact.id)]),
        title=f"Project {number}",
        summary="What we would do.",
        state=state,
        asks=[Ask(locality_id=share.locality_id, ask_pence=100_00 + number)],
        wordings=[Wording(language="pl", title=f"Projekt {number}", summary="Co zrobimy.")],
        history=[BidHistory(state=BidState.RECEIVED, account_id=officer.id)],
    )


def drafted(bid: Bid, verdict: DecisionKind, reason: str, advice: str, by: Account) -> BidDecision:
    """A decision that waits to be sent."""
    return BidDecision(
        bid_id=bid.id, verdict=verdict, reason=reason, advice=advice, drafted_at=now(), drafted_by_id=by.id
    )


def pages_of(app: Flask, who: str) -> Iterator[str]:
    """Every page of the call and of the event's page that this person may read, by the app's own map; no print."""
    scene = find_scene(app)
    for rule in rules_of(app, "GET"):
        is_ours = app.view_functions[rule.endpoint].__module__.startswith(ROOMS)
        if is_ours and "prints" not in rule.endpoint and who in READERS_AND_WRITERS[rule.endpoint][0]:
            yield address(rule, scene)


def test_every_page_of_the_call_keeps_its_budget_with_hundreds_of_bids(crowded: Flask) -> None:
    crowded.test_client_class = FlaskClient  # the pages' HTML is checked elsewhere
    for who, least in (("organiser", 40), ("group", 10), ("nobody", 10)):
        client = client_of(crowded) if who == "nobody" else browser(crowded, EMAILS[who])
        paths = list(pages_of(crowded, who)) + (LOOKS if who == "organiser" else [])
        read = [path for path in paths if within_budget(client, path)]
        assert len(read) >= least, read
    page = text_of(browser(crowded, EMAILS["organiser"]).get(f"{BOARD}/decisions"))
    assert page.count("Change it on the bid’s page") > MANY * 0.3


def within_budget(client: FlaskClient, path: str) -> bool:
    """Whether the page is there; its statements are counted."""
    with listening() as statements:
        answer = client.get(path, buffered=True)
    assert len(statements) <= PAGES_QUERIES, f"{path}\n{told(statements)}"
    assert answer.status_code in {200, 302, 404, 409}, path
    return answer.status_code == 200
