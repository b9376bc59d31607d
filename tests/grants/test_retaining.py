"""What is kept of a closed grant goes in its time, and the council's record stays."""

import datetime as dt

import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.files.models import Photo
from pbvote.grants.reports.retaining import RULES, forget_due, retained
from pbvote.grants.visits.models import CheckIn
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.decided import ORGANISER
from tests.grants.reporting import DESK, HAPPENED, contact, pay_all, ready, reports, send, thank, visited
from tests.pages import browser


def counts(app: Flask) -> list[tuple[int, int]]:
    """How much of each kind is kept, and due to go."""
    with app.app_context():
        return [(each.kept, each.due) for each in retained()]


def closed(app: Flask) -> None:
    """A closed grant with a visit, of which officers alone read a part, and a report with a photo."""
    desk = ready(app)
    visited(app)
    with writing(app):
        db.session.execute(sa.update(CheckIn).values(concern="She can't go on alone."))
    pay_all(app, desk)
    send(contact(app), photo="yes")
    thank(desk)
    assert desk.post(f"{DESK}/close", data={"promises": "y"}).status_code == 302


@both_databases
def test_each_kind_goes_in_its_time(app: Flask) -> None:
    closed(app)
    assert counts(app) == [(1, 0), (1, 0), (1, 0), (0, 0)]
    kept = {0: [1, 1, 1], 1: [0, 1, 1], 3: [0, 0, 0]}
    for years, left in kept.items():
        with time_machine.travel(now() + dt.timedelta(days=years * 365 + 1), tick=False):
            with writing(app):
                forget_due()
            assert [number for number, _ in counts(app)[:3]] == left
            assert all(due == 0 for _, due in counts(app))
    [report] = reports(app)
    assert report.happened == HAPPENED
    with app.app_context():
        assert db.session.scalars(sa.select(Photo)).all() == []


def test_a_grant_that_is_open_or_opened_again_keeps_everything(app: Flask) -> None:
    closed(app)
    assert browser(app, ORGANISER).post(f"{DESK}/reopen", data={"words": "A slip"}).status_code == 302
    with time_machine.travel(now() + dt.timedelta(days=9 * 365), tick=False), writing(app):
        assert forget_due() == 0


def test_the_command_shows_first_and_deletes_when_told(app: Flask) -> None:
    closed(app)
    run = app.test_cli_runner()
    shown = run.invoke(args=["retain"]).output
    assert len(shown.splitlines()) == len(RULES)
    assert "Photos of receipts: kept for 7 years after the closing. 0 kept, 0 due to go" in shown
    with time_machine.travel(now() + dt.timedelta(days=400), tick=False):
        assert "1 kept, 1 due to go" in run.invoke(args=["retain"]).output
        assert counts(app)[0] == (1, 1), "to look deletes nothing"
        assert "1 deleted" in run.invoke(args=["retain", "--now"]).output
        assert counts(app)[0] == (0, 0)
