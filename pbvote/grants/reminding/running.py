"""When reminders last ran, and who says so where they do not: Today, the outbox and `pbvote doctor`.

Nothing here commits.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db, insert_into
from pbvote.doctor.findings import Diagnosis, advises, ok, warning
from pbvote.filters import moment
from pbvote.grants.awards.models import Award
from pbvote.grants.reminding.models import RemindersRun
from pbvote.grants.visits.urgent import moment_called

REMINDERS = "reminders"
SILENT_AFTER = dt.timedelta(days=2)


def note_run() -> None:
    """Note that reminders have just run to their end."""
    insert = insert_into(RemindersRun).values(id=1, ran_at=now())
    db.session.execute(insert.on_conflict_do_update(index_elements=["id"], set_={"ran_at": now()}))


def last_run() -> dt.datetime | None:
    """When reminders last ran to their end; None before the first time."""
    return db.session.scalar(sa.select(RemindersRun.ran_at))


def is_silent(last: dt.datetime) -> bool:
    """Whether reminders should have run since."""
    return last < now() - SILENT_AFTER


def reminders_moment() -> sa.Select[*tuple[Any, ...]]:
    """For `what_is_urgent`: since when nothing has run, where there are funded groups. Before the first run, since the
    first of them heard of its award."""
    ran = sa.select(RemindersRun.ran_at).scalar_subquery()
    told = sa.select(sa.func.min(Award.told_at)).where(Award.is_running).scalar_subquery()
    return moment_called(REMINDERS, sa.case((told.is_(None), None), else_=sa.func.coalesce(ran, told)))


@advises
def reminders_run() -> Iterator[Diagnosis]:
    """Whether somebody runs `pbvote remind`, where there are funded groups."""
    last = db.session.execute(reminders_moment()).one()[-1]
    if last and is_silent(last):
        sentence = f"Reminders have not run since {moment(last)}."
        yield warning("reminders", sentence, "Run `pbvote remind` every day, from cron or a timer.")
    elif last:
        yield ok("reminders", "Reminders have run within two days.")
