"""Take in what stewards' phones noted, once each, whenever and however often it comes. Nothing here commits."""

import datetime as dt
from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import add_absent, db, insert_into
from pbvote.vote.door.models import DoorPhone, DoorQueue, DoorTap, Queue
from pbvote.vote.door.names import add_names
from pbvote.vote.door.sent import Lot
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import KEYLESS

HEARD_EVERY: Final = dt.timedelta(seconds=20)
"""A phone on which as much waits as before is written down no more often."""


def take_lot(event: Event, lot: Lot) -> None:
    """Take what is new of a lot. What comes once the count has begun is noted as late, and changes no account.

    The event is held, so that each tap is before the count or after it.
    """
    hold(event, is_shared=not lot.names)
    is_late = event.poll in KEYLESS
    if lot.taps:
        add_absent(
            DoorTap,
            [
                {"event_id": event.id, "id": tap.id, "kind": tap.kind, "step": tap.step, "is_late": is_late}
                for tap in lot.taps
            ],
        )
    add_names(event, lot.names, is_late=is_late)


def note_phone(event: Event, lot: Lot, name: str) -> None:
    """Write down how much waits on a phone."""
    values = {"name": name, "waiting": lot.waiting, "heard_at": now(), "set_aside": None}
    insert = insert_into(DoorPhone).values(event_id=event.id, id=lot.phone, **values)
    db.session.execute(insert.on_conflict_do_update(index_elements=["event_id", "id"], set_=values))


def is_news(event: Event, lot: Lot, *, is_let_in: bool) -> bool:
    """Whether there is anything to write down: taps, names, or a phone that was not heard of for a while.

    Somebody with an account may open the door's page only to look at it. Their phone is one of the door's once it has
    counted; one that was let in with a pass is so from the beginning.
    """
    if lot.taps or lot.names:
        return True
    heard = sa.select(DoorPhone).where(DoorPhone.event_id == event.id, DoorPhone.id == lot.phone)
    known = db.session.scalar(heard)
    if known is None:
        return is_let_in or lot.waiting > 0
    return known.waiting != lot.waiting or now() >= known.heard_at + HEARD_EVERY


def note_queue(event: Event, queue: Queue) -> None:
    """Note how long the line is, in place of what was noted before."""
    insert = insert_into(DoorQueue).values(event_id=event.id, queue=queue)
    db.session.execute(insert.on_conflict_do_update(index_elements=["event_id"], set_={"queue": queue}))
