"""How many came of each age band, where the door's list has them: numbers alone, and never beside a ballot."""

from collections import Counter
from collections.abc import Iterable

import sqlalchemy as sa

from pbvote.db import db
from pbvote.vote.door.models import AgeBand, DoorName
from pbvote.vote.events.models import Event

Ages = Counter[AgeBand | None]


def ages_at(events: Iterable[Event]) -> dict[int, Ages]:
    """How many on each event's list are of each band, None for who did not say; in one statement, by event.

    Events that keep no ages are left out, and so is one whose list was deleted: the bands go with the names.
    """
    asked = [event.id for event in events if event.day.keeps_ages]
    wanted = sa.select(DoorName.event_id, DoorName.age, sa.func.count().label("number"))
    wanted = wanted.where(DoorName.event_id.in_(asked), DoorName.name != "", DoorName.is_late.is_(False))
    found: dict[int, Ages] = {}
    for row in db.session.execute(wanted.group_by(DoorName.event_id, DoorName.age)):
        found.setdefault(row.event_id, Counter())[row.age] = row.number
    return found
