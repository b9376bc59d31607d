"""Reminders twice, by several machines at once, with crashes in the middle: each letter once, and none lost."""

import datetime as dt
import signal
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.grants.reminding.models import Digest, SentReminder
from pbvote.mail.models import Letter
from tests.conftest import both_databases
from tests.faults import IS_FULL, times
from tests.faults.killed_while_reminding import exit_codes
from tests.grants.reminding import fund_on, fund_others, on, remind
from tests.together import together

MONDAY = dt.date(2026, 3, 30)
WHEN = "2026-03-30 08:00:00+00:00"
GROUPS, OFFERS, WEEKLY = 3, 2, 2
"""Each group has a late visit, two an offer without an answer; the member and the organiser have a weekly letter."""
LETTERS = GROUPS + OFFERS + WEEKLY


def three_groups(app: Flask) -> None:
    """Each with a late visit, and but for the first an unanswered offer; no connection is open afterwards."""
    fund_on(app, dt.date(2026, 3, 26))
    fund_others(app, dt.date(2026, 3, 26))
    with app.app_context():
        db.engine.dispose()


def require_each_once(app: Flask) -> None:
    """Each letter stands in the outbox once, with its row."""
    with app.app_context():
        since = dt.datetime.combine(MONDAY, dt.time(), dt.UTC)
        rows = db.session.execute(sa.select(Letter.recipient, Letter.subject).where(Letter.written_at > since)).all()
        found = Counter((row.recipient, row.subject) for row in rows)
        assert set(found.values()) == {1}, found
        assert len(found) == LETTERS
        assert db.session.scalar(sa.select(sa.func.count()).select_from(SentReminder)) == GROUPS + OFFERS
        weekly = sa.select(sa.func.count()).select_from(Digest).where(Digest.lines > 0)
        assert db.session.scalar(weekly) == WEEKLY


def remind_on_monday(app: Flask) -> None:
    """Run the command once more."""
    with on(MONDAY):
        remind(app)


# The first transaction holds letters 1 to 3, the second 4 and 5; the weekly ones have one each.
ALL = range(1, LETTERS + 1)
KILLED = {"sqlite": ALL if IS_FULL else (1, 3, 4, 7), "postgresql": ALL if IS_FULL else (2, 5, 6)}


@pytest.mark.parametrize(
    ("database_url", "letter"),
    [(database, letter) for database, letters in KILLED.items() for letter in letters],
    indirect=["database_url"],
)
def test_a_run_that_was_killed_at_any_letter_is_finished_by_the_next(app: Flask, tmp_path: Path, letter: int) -> None:
    three_groups(app)
    url = app.config["DATABASE_URL"]
    assert exit_codes(str(tmp_path), url, WHEN, [letter]) == [-signal.SIGKILL]
    remind_on_monday(app)
    require_each_once(app)


@both_databases
def test_machines_that_run_at_once_and_die_write_each_letter_once(app: Flask, tmp_path: Path) -> None:
    three_groups(app)
    url = app.config["DATABASE_URL"]
    for _ in range(times(1, 10)):
        ended = exit_codes(str(tmp_path), url, WHEN, [0, 3, 0, 5])
        assert ended[0] == ended[2] == 0
        assert set(ended) <= {0, -signal.SIGKILL}
    require_each_once(app)


@both_databases
def test_of_many_runs_at_once_one_writes_each_letter(app: Flask) -> None:
    three_groups(app)
    with on(MONDAY):
        failures: list[BaseException] = []

        def run() -> None:
            try:
                remind(app)
            except BaseException as failure:
                failures.append(failure)

        together(*[run] * 4)
    assert not failures
    require_each_once(app)
