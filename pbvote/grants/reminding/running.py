"""Who says so where reminders do not run: Today and `pbvote doctor`."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.doctor.findings import Diagnosis, advises, ok, warning
from pbvote.doctor.timers import last_run
from pbvote.filters import moment
from pbvote.grants.awards.models import Award
from pbvote.grants.visits.urgent import moment_called

REMINDERS = "remind"
"""The command."""
SILENT_AFTER = dt.timedelta(days=2)


def is_silent(last: dt.datetime) -> bool:
    """Whether reminders should have run since."""
    return last < now() - SILENT_AFTER


def reminders_moment() -> sa.Select[*tuple[Any, ...]]:
    """For `what_is_urgent`: since when nothing has run, where there are funded groups. Before the first run, since the
    first of them heard of its award."""
    told = sa.select(sa.func.min(Award.told_at)).where(Award.is_running).scalar_subquery()
    return moment_called(REMINDERS, sa.case((told.is_(None), None), else_=sa.func.coalesce(last_run(REMINDERS), told)))


@advises
def reminders_run() -> Iterator[Diagnosis]:
    """Whether somebody runs `pbvote remind`, where there are funded groups."""
    last = db.session.execute(reminders_moment()).one()[-1]
    if last and is_silent(last):
        sentence = f"Reminders have not run since {moment(last)}."
        yield warning("reminders", sentence, "Run `pbvote remind` every day, from cron or a timer.")
    elif last:
        yield ok("reminders", "Reminders have run within two days.")
