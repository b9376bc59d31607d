"""Runs of `pbvote remind` on days of their own, for tests."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import UK, now, today
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardDecision, AwardState
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.promises.models import Acceptance, Promise
from pbvote.grants.reminding.models import SentReminder
from pbvote.grants.visits import service
from pbvote.mail.models import Letter
from tests.factories import the_event, writing
from tests.grants.visiting import MEMBER, account, fund

BEGINS = dt.date(2026, 3, 2)
"""A Monday, on which the award of these tests is made."""


@contextmanager
def on(day: dt.date, hour: int = 9) -> Iterator[None]:
    """It is this day, at this hour in the United Kingdom."""
    with time_machine.travel(dt.datetime.combine(day, dt.time(hour), UK), tick=False):
        yield


def remind(app: Flask) -> str:
    """Run the command; what it said."""
    result = app.test_cli_runner().invoke(args=["remind"])
    assert result.exit_code == 0, result.output
    return result.output


class Written(NamedTuple):
    """A letter as these tests look at it."""

    day: dt.date
    recipient: str
    subject: str


def written_from(app: Flask, begin: dt.date, end: dt.date) -> list[Written]:
    """Run the command on each of these days; the letters about what is due, without the weekly ones."""
    found: list[Written] = []
    for number in range((end - begin).days + 1):
        day = begin + dt.timedelta(days=number)
        found += [Written(day, to, subject) for to, subject, _ in written_on(app, day)]
    return found


def written_on(app: Flask, day: dt.date, hour: int = 9) -> list[tuple[str, str, str]]:
    """Run the command on this day; who was written to about what is due, the subject, and the words."""
    with app.app_context():
        newest = db.session.scalar(sa.select(sa.func.max(Letter.id))) or 0
    with on(day, hour):
        remind(app)
    with app.app_context():
        wanted = sa.select(Letter).where(Letter.id > newest).order_by(Letter.id)
        letters = [one for one in db.session.scalars(wanted) if "Your week" not in one.subject]
        return [(letter.recipient, letter.subject, letter.body) for letter in letters]


def fund_on(app: Flask, visit_on: dt.date | None, *, is_accepted: bool = True, day: dt.date = BEGINS) -> None:
    """Award 1 in Sale with its mentor, made on a day, and its next visit."""
    with on(day):
        fund(app)
        with writing(app):
            service.plan_visit(1, visit_on)
            if not is_accepted:
                for kept in (Promise, Acceptance):
                    db.session.execute(sa.delete(kept))
                db.session.execute(sa.update(Award).values(state=AwardState.OFFERED))


def fund_others(app: Flask, visit_on: dt.date) -> None:
    """Let the event's other two bids have an award, too, the day after: an offer, the same mentor, and a visit."""
    with on(BEGINS + dt.timedelta(days=1)), writing(app):
        member, event = account(MEMBER), the_event()
        decision_id = db.session.scalars(sa.select(AwardDecision.id)).one()
        have = db.session.scalars(sa.select(Award.bid_id)).one()
        for bid_id in {slot.bid_id for slot in event.running_order} - {have}:
            award = Award(event_id=event.id, bid_id=bid_id, award_pence=1_00, decision_id=decision_id, told_at=now())
            db.session.add(award)
            db.session.flush()
            db.session.add(Mentor(award_id=award.id, account_id=member.id, from_on=today()))
            service.plan_visit(award.id, visit_on)


def rows(app: Flask) -> int:
    """How many letters have a row."""
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(SentReminder)) or 0
