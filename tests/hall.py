"""Polls and people in a hall, for tests."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from pbvote.core.hashes import canonical
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.tally import BallotRules
from pbvote.vote.acts.kinds import mark_of
from pbvote.vote.acts.models import Act
from pbvote.vote.acts.service import About, confirm
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.paper import Paper
from tests.factories import SCORE, an_open_poll, cast, the_event, writing
from tests.stories import told_once


def slug(app: Flask) -> str:
    """The slug of the event that the factories made."""
    with app.app_context():
        return the_event().slug


@told_once
def open_poll_codes(app: Flask, number: int = 5, rules: BallotRules = SCORE) -> list[str]:
    """An open poll's codes."""
    with writing(app):
        _, slips = an_open_poll(number, rules=rules)
        return [slip.code for slip in slips]


def stored(app: Flask) -> list[tuple[str, int]]:
    """Every ballot's choices and version."""
    with app.app_context():
        return [(row.choices, row.version) for row in db.session.execute(sa.select(Ballot.choices, Ballot.version))]


def organiser_does(app: Flask, verb: Callable[[Event, Account], object]) -> None:
    """Let the organiser move the poll on."""
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        verb(the_event(), organiser)


FIRST, SECOND, THIRD = "B-01", "B-02", "B-03"


@told_once
def vote(app: Flask, marks: list[tuple[int, int, int]]) -> None:
    """Let each voter give these marks, then close the poll."""
    codes = open_poll_codes(app, len(marks))
    for code, (first, second, third) in zip(codes, marks, strict=True):
        with writing(app):
            cast(code, {FIRST: first, SECOND: second, THIRD: third})
    organiser_does(app, close_poll)


EVENT_HOURS = {"held_on-day": "12", "held_on-month": "7", "held_on-year": "2014", "starts": "1:30pm", "ends": "4pm"}
EVENT_FORM = {"name": "Sale decides", "place": "Sale Waterside", **EVENT_HOURS}


def cast_body(app: Flask, code: str, mark: int, seen: int = 0) -> dict[str, str]:
    """What a phone sends: this mark for the first bid, 1 for the others."""
    with app.app_context():
        definition = Paper.of(the_event()).definition
    marks = {f"bid-{number}": str(mark if number == 1 else 1) for number in (1, 2, 3)}
    return {"code": code, "lang": "en", "definition": definition, "seen": str(seen), **marks}


def text_of_mark(mark: int) -> str:
    """The canonical text of the ballot that `cast_body` sends."""
    return canonical({"B-01": mark, "B-02": 1, "B-03": 1})


ORGANISER, SECOND_ORGANISER = "organiser@council.example", "second@council.example"


def about() -> About:
    """The acts of the event."""
    return About(event=the_event().id)


def confirm_act(app: Flask, act_id: int, email: str = SECOND_ORGANISER) -> None:
    """Confirm it as the account with this address."""
    with writing(app):
        second = account_with_email(email)
        assert second
        confirm(about(), act_id, second, mark_of(db.session.get_one(Act, act_id)))
