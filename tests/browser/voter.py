"""What the tests of the voter's path do again and again: a slip, a vote, a look into the box and into the browser."""

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from pbvote.db import begin_write, db
from pbvote.people.service import account_with_email
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.states import PollState
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.slips.finding import slip_with
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips
from tests.pages import client_of
from tests.scene import EMAILS

Live = tuple[Flask, str]
SLUG = "sale-2014"
BIDS = 11


def new_slip(app: Flask, state: SlipState = SlipState.LIVE, slug: str = SLUG) -> PrintedSlip:
    """A fresh slip: of the demonstration's open poll, or of another event."""
    with app.app_context():
        begin_write()
        event = event_called(slug)
        assert event
        [slip] = make_slips(event, 1, None, state)
        db.session.commit()
        return slip


def turnout(app: Flask) -> int:
    """How many ballots are in."""
    with app.app_context():
        event = event_called(SLUG)
        assert event
        return turnout_of(event)


def put_poll(app: Flask, state: PollState) -> None:
    """Put the demonstration's poll into a state."""
    with app.app_context():
        begin_write()
        event = event_called(SLUG)
        assert event
        event.poll = state
        db.session.commit()


def close(app: Flask) -> None:
    """Close the demonstration's open poll."""
    with app.app_context():
        begin_write()
        event, organiser = event_called(SLUG), account_with_email(EMAILS["organiser"])
        assert event
        assert organiser
        close_poll(event, organiser)
        db.session.commit()


def stored_of(app: Flask, slip: PrintedSlip) -> tuple[int, int] | None:
    """The mark that every bid has in the slip's ballot, and the ballot's version; None where it has none."""
    with app.app_context():
        tag = slip_with(slip.code).ballot_tag
        row = db.session.execute(
            sa.select(Ballot.choices, Ballot.version).where(Ballot.ballot_tag == tag)
        ).one_or_none()
        if row is None:
            return None
        marks = set(row.choices.replace("}", "").split(":")[1:])
        given = {mark.partition(",")[0] for mark in marks}
        assert len(given) == 1
        return int(given.pop()), row.version


def open_paper(page: Page, slip: PrintedSlip, lang: str = "en") -> None:
    """Type the slip's code into the first page and choose a language."""
    page.locator("input[name=code]").fill(slip.grouped_code)
    page.locator(f"button[name=lang][value={lang}]").click()
    expect(page.locator(".bids")).to_be_visible()


def mark_every_bid(page: Page, mark: int = 4) -> int:
    """Give every bid on the page this mark, as a thumb does; returns how many there were."""
    # The bar stands below the bids: where it is, all of them have come.
    expect(page.locator(".running button")).to_be_visible()
    marks = page.locator(f"input[type=radio][value='{mark}']")
    for index in range(marks.count()):
        marks.nth(index).check(force=True)
    return marks.count()


def send(page: Page) -> None:
    """Press the one button."""
    page.locator(".running button").click()


def check_nothing_kept(page: Page) -> None:
    """No cookie and nothing in any storage of the browser."""
    assert page.context.cookies() == []
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    # A plain http address has neither; where they are, nothing is in them.
    assert page.evaluate("'caches' in window ? caches.keys().then(keys => keys.length) : 0") == 0
    workers = "navigator.serviceWorker?.getRegistrations().then(found => found.length) ?? 0"
    assert page.evaluate(workers) == 0


def sign_in(live: Live, page: Page, email: str) -> None:
    """Sign an account in, past the password."""
    app, address = live
    client = client_of(app)
    with app.app_context():
        account = account_with_email(email)
        assert account
        session_id = account.get_id()
    with client.session_transaction() as session:
        session.update(_user_id=session_id, _fresh=True)
    cookie = client.get_cookie("session")
    assert cookie
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
