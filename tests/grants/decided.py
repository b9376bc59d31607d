"""An event with its decision, as the tests of awards stand on it."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy import orm
from werkzeug.test import TestResponse

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardState
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.results.service import publish_outcome
from tests.checked_client import CheckedClient
from tests.factories import an_open_poll, cast, count_closed, the_event, writing
from tests.grants.deciding import DECISION as DECISION
from tests.grants.deciding import make_awards
from tests.hall import organiser_does
from tests.outbox import letters
from tests.pages import browser
from tests.stories import told_once

SECOND = "second@council.example"
ORGANISER = "organiser@council.example"


@told_once
def result(app: Flask, *, is_published: bool = True, third_first: bool = False) -> str:
    """An event whose £5,000 went to bids 2 and 3 (£3,000 and £2,000), or to 3 and 2; the address of its awards."""
    with writing(app):
        _, slips = an_open_poll(2)
        for slip in slips:
            cast(slip.code, {"B-01": 1, "B-02": 3 if third_first else 5, "B-03": 4})
        slug = the_event().slug
    for verb in (close_poll, count_closed, *([publish_outcome] if is_published else [])):
        organiser_does(app, verb)
    return f"/desk/events/{slug}/awards"


def decision(day: dt.date | None = None, reason: str = DECISION) -> dict[str, str]:
    """The decision form, filled in."""
    decided = day or today()
    parts = {"day": decided.day, "month": decided.month, "year": decided.year}
    record = {"decided_by": "The Executive", "reason": reason, "alternatives": "Waiting.", "interests": "None"}
    return {f"decided_on-{part}": str(value) for part, value in parts.items()} | record


def awards(app: Flask) -> dict[str, tuple[int, AwardState]]:
    """Each award's pence and state by its bid's reference."""
    with app.app_context():
        found = db.session.scalars(sa.select(Award).options(orm.joinedload(Award.bid)).order_by(Award.id))
        return {award.bid.reference: (award.award_pence, award.state) for award in found}


def drafted(app: Flask, address: str) -> tuple[CheckedClient, str]:
    """The organiser, who has just written the decision down; the address of its letters."""
    desk = browser(app, ORGANISER)
    saved = desk.post(f"{address}/decision", data=decision())
    assert saved.status_code == 302
    return desk, saved.headers["Location"]


def send(desk: CheckedClient, letters_page: str) -> TestResponse:
    """Read the letters and press the button below them."""
    page = desk.get(letters_page).get_data(as_text=True)
    return desk.post(f"{letters_page}/send", data={"seen": re.findall(r'name="seen" value="(\w+)"', page)[0]})


@contextmanager
def later(minutes: int) -> Iterator[None]:
    """So many minutes from now."""
    with time_machine.travel(now() + dt.timedelta(minutes=minutes), tick=False):
        yield


@told_once
def _made(app: Flask) -> None:
    result(app)
    organiser_does(app, make_awards)


def made(app: Flask) -> CheckedClient:
    """The organiser, whose awards were made an hour ago."""
    _made(app)
    return browser(app, ORGANISER)


def outbox(app: Flask) -> dict[str, tuple[str, str]]:
    """Subject and text of the newest letter to each address."""
    with app.app_context():
        return {letter.recipient: (letter.subject, letter.body) for letter in reversed(letters())}


def slug_of(app: Flask) -> str:
    """The event's slug."""
    with app.app_context():
        return the_event().slug
