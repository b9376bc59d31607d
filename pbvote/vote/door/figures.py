"""The door's figures, in one statement."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import UtcDateTime, db
from pbvote.filters import hour
from pbvote.vote.door.models import DoorName, DoorPhone, DoorQueue, DoorTap, HelpGiven, HelpKind, Queue, TapKind
from pbvote.vote.events.models import Event

SILENT_AFTER: Final = dt.timedelta(minutes=2)
"""A phone whose page is open and has a signal is heard of every half minute."""


@dataclass(frozen=True, slots=True)
class PhoneFigures:
    """What a steward's phone last said of itself."""

    name: str
    waiting: int
    heard_at: dt.datetime

    @property
    def is_silent(self) -> bool:
        """Whether it has no signal, or shows another page: nothing is sent from where somebody votes on it."""
        return now() >= self.heard_at + SILENT_AFTER

    @property
    def behind(self) -> str:
        """Why what it counted may not all be here, in a sentence; "" where it has caught up."""
        if self.waiting:
            return f"{self.waiting} {'press waits' if self.waiting == 1 else 'presses wait'} on {self.name}."
        since = f"Nothing has come from {self.name} since {hour(self.heard_at)}."
        return f"{since} Look whether it shows The door, and has a signal." if self.is_silent else ""


@dataclass(frozen=True, slots=True)
class DoorFigures:
    """What all phones at the door have counted, as far as they have told it."""

    voters: int
    """People who came through the door and can vote: counted, or on the list of names."""
    guests: int
    """People who are here and have no vote."""
    late: int
    """Taps and names that came once the count had begun. They are in none of the other numbers."""
    is_used: bool
    """Whether anything was counted here before the count."""
    queue: Queue | None
    help_given: Mapping[HelpKind, int]
    phones: Sequence[PhoneFigures]
    is_over: bool = False
    """Whether the count has begun, so that nothing changes these numbers any more."""

    @property
    def behind(self) -> list[str]:
        """Which phones may have counted more than is said here, each in a sentence; none where all have caught up."""
        return [] if self.is_over else said_of(self.phones)

    def slips_left(self, live: int) -> int | None:
        """How many of the open envelopes' slips are left, if each voter took one; None where nobody counts here."""
        return max(0, live - self.voters) if self.is_used else None


def said_of(phones: Sequence[PhoneFigures]) -> list[str]:
    """Which of these phones may have counted more than the server knows, each in a sentence, and what that means."""
    said = [phone.behind for phone in phones if phone.behind]
    return [*said, "More people may have come than the door’s number says."] if said else []


def door_figures(event: Event) -> DoorFigures:
    """What was counted at the event's door, in one statement. A − without its + takes nobody away who came."""
    rows = db.session.execute(sa.union_all(*_parts(event))).all()
    of = {part: [row for row in rows if row.part == part] for part in ("tap", "name", "late", "help", "queue", "phone")}
    counted = {row.key: max(0, row.number) for row in of["tap"]}
    names = sum(row.number for row in of["name"])
    return DoorFigures(
        voters=counted.get(TapKind.VOTER, 0) + names,
        guests=counted.get(TapKind.GUEST, 0),
        late=sum(row.number for row in of["late"]),
        is_used=bool(counted or names),
        queue=next((Queue(row.key) for row in of["queue"]), None),
        help_given={HelpKind(row.key): row.number for row in of["help"]},
        phones=[PhoneFigures(row.key, row.number, row.at) for row in sorted(of["phone"], key=lambda row: row.key)],
        is_over=not event.is_before_count,
    )


def number_through(event: Event) -> sa.Select[int]:
    """How many people who can vote came through the door, as a query."""
    steps = sa.func.coalesce(sa.func.sum(DoorTap.step), 0)
    taps = sa.select(sa.case((steps < 0, 0), else_=steps)).where(
        DoorTap.event_id == event.id, DoorTap.kind == TapKind.VOTER, DoorTap.is_late.is_(False)
    )
    names = sa.select(sa.func.count()).select_from(DoorName)
    names = names.where(DoorName.event_id == event.id, DoorName.name != "", DoorName.is_late.is_(False))
    return sa.select(taps.scalar_subquery() + names.scalar_subquery())


def _parts(event: Event) -> Iterator[sa.Select[Any]]:
    """What the figures are made of, each as rows of the same four columns."""
    taps = _part("tap", DoorTap.kind, sa.func.sum(DoorTap.step), DoorTap.event_id == event.id)
    yield taps.where(DoorTap.is_late.is_(False)).group_by(DoorTap.kind)
    number = sa.func.count()
    named = sa.and_(DoorName.event_id == event.id, DoorName.name != "")
    yield _part("name", sa.literal(""), number, named).select_from(DoorName).where(DoorName.is_late.is_(False))
    yield _part("late", sa.literal(""), number, DoorTap.event_id == event.id).where(DoorTap.is_late)
    yield _part("late", sa.literal(""), number, named).where(DoorName.is_late)
    yield _part("help", HelpGiven.kind, HelpGiven.times, HelpGiven.event_id == event.id)
    yield _part("queue", DoorQueue.queue, sa.literal(0), DoorQueue.event_id == event.id)
    heard = sa.and_(DoorPhone.event_id == event.id, DoorPhone.set_aside.is_(None))
    yield _part("phone", DoorPhone.name, DoorPhone.waiting, heard, at=DoorPhone.heard_at)


def _part(part: str, key: Any, number: Any, which: Any, at: Any = None) -> sa.Select[Any]:
    moment = sa.cast(sa.null(), UtcDateTime()) if at is None else at
    columns: list[Any] = [
        sa.literal(part).label("part"),
        sa.cast(key, sa.Text()).label("key"),
        sa.cast(number, sa.Integer()).label("number"),
        sa.type_coerce(moment, UtcDateTime()).label("at"),
    ]
    return sa.select(*columns).where(which)
