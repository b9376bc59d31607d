"""Hold an event, so that its poll stays as it is until the commit. Whatever depends on the poll's state begins here."""

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import PollState, States

_EVENT_LOCKS = 0x7062  # the first half of every advisory lock that pbvote takes on PostgreSQL ("pb")


_ALONE = sa.select(sa.func.pg_advisory_xact_lock(_EVENT_LOCKS, sa.bindparam("event", type_=sa.Integer)))
_TOGETHER = sa.select(sa.func.pg_advisory_xact_lock_shared(_EVENT_LOCKS, sa.bindparam("event", type_=sa.Integer)))


def together(event_id: int) -> str:
    """What PostgreSQL runs with its BEGIN (`begin_write(at_once=…)`) to take the event's lock as `lock` does, shared.

    It must be a statement of its own: one that waited for the lock and read the poll at once would read it as it was
    before the wait.
    """
    return f"SELECT pg_advisory_xact_lock_shared({_EVENT_LOCKS}, {event_id:d})"


def lock(event_id: int, *, is_shared: bool = False) -> None:
    """Take the event's lock until the commit, and read nothing: what was read before it may be stale.

    Only for a statement that checks for itself what it depends on, as a cast's does. Everybody else calls `hold`.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(_TOGETHER if is_shared else _ALONE, {"event": event_id})


def hold(
    event: Event,
    states: States = frozenset(PollState),
    otherwise: type[Refusal] | None = None,
    *,
    is_shared: bool = False,
) -> None:
    """Hold the event until the commit, read its state again, and raise `otherwise()` unless that is one of `states`.

    Those who cast or key a ballot hold it together (`is_shared`). Anyone who opens, closes, voids or counts
    holds it alone. On PostgreSQL an advisory lock does it (a row's lock would leave traces beside the ballot). SQLite
    has one writer anyway.
    """
    lock(event.id, is_shared=is_shared)
    db.session.refresh(event)
    if otherwise is not None and event.poll not in states:
        raise otherwise
