"""How long what the door noted is kept, and what stops its deletion. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from pbvote.core.clock import now
from pbvote.db import Base, db, insert_if_absent, table_of
from pbvote.people.models import Account
from pbvote.vote.door.models import DoorName, DoorPause, DoorPhone, DoorQueue, DoorTap
from pbvote.vote.events.models import Event


@dataclass(frozen=True, slots=True)
class DoorsForgotten:
    """What was deleted, of how many events, and how many are kept because somebody complained."""

    events: int
    names: int
    taps: int
    paused: int


def days_kept() -> int:
    """How many days after its event a door's list is kept."""
    return int(current_app.config["DOOR_LIST_DAYS"])


def deleted_from(event: Event) -> dt.datetime:
    """The moment from which the event's list is deleted, unless it is paused."""
    return event.ends_at + dt.timedelta(days=days_kept())


def pause_of(event: Event) -> DoorPause | None:
    """Why the event's list is kept, where somebody has said so."""
    return db.session.get(DoorPause, event.id, populate_existing=True)


def pause(event: Event, reason: str, actor: Account) -> None:
    """Keep the event's list until somebody ends the pause. A second reason changes nothing."""
    db.session.execute(
        insert_if_absent(DoorPause, {"event_id": event.id, "reason": reason, "paused_by": actor.id, "paused_at": now()})
    )


def end_pause(event: Event) -> None:
    """Let the event's list be deleted when its time has come."""
    db.session.execute(sa.delete(DoorPause).where(DoorPause.event_id == event.id))


def forget_doors() -> DoorsForgotten:
    """Delete what doors noted once its time is over: names, taps, what phones said of themselves."""
    over = Event.ends_at < now() - dt.timedelta(days=days_kept())
    is_paused = sa.exists().where(DoorPause.event_id == Event.id)
    due = sa.select(Event.id).where(over, ~is_paused)
    events = db.session.scalars(due).all()
    names, taps, phones, lines = (_forget(table, events) for table in (DoorName, DoorTap, DoorPhone, DoorQueue))
    paused = db.session.scalar(sa.select(sa.func.count()).select_from(Event).where(over, is_paused)) or 0
    return DoorsForgotten(len({*names, *taps, *phones, *lines}), len(names), len(taps), paused)


def _forget(table: type[Base], events: Sequence[int]) -> Sequence[int]:
    """Delete these events' rows; the event of each row that was there."""
    event_id = table_of(table).c.event_id
    claim = sa.delete(table).where(event_id.in_(events)).returning(event_id)
    return db.session.scalars(claim.execution_options(synchronize_session=False)).all()
