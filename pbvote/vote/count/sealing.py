"""From the count to the seal: the box is emptied, what could lead a ballot to its slip is destroyed, the seal is made.

Each verb begins again where it was cut off. Nothing here commits.
"""

import time
from dataclasses import dataclass
from typing import Any, ClassVar

import sqlalchemy as sa

from pbvote.core.words import words_of
from pbvote.db import BUSY_SECONDS, db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, record
from pbvote.vote.ledger.service import last_entry, write_entry
from pbvote.vote.poll.models import Ballot, PaperEntry, RehearsalBallot
from pbvote.vote.poll.service import OutOfTurn, move_poll
from pbvote.vote.poll.states import HAS_TOTALS, PollState
from pbvote.vote.slips.keys import key_ring

CLEAN_SECONDS = 5.0
BATCH = 10_000
"""Ballots that are deleted in one transaction: nobody waits long for it."""

_SINGLE = (Ballot, PaperEntry, RehearsalBallot)
"""Every table that holds single ballots."""


class NotClean(Refusal):
    """Somebody is still reading the database as it was with single ballots in it."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "The votes are counted. Somebody still reads the database as it was before, so the seal is not finished. "
            "An organiser presses “Finish the seal” on the event’s page."
        )


@record
@dataclass(frozen=True, slots=True)
class CountSealed(Record):
    """The count was sealed, once the key was destroyed. The hash of this entry is the seal."""

    type: ClassVar[str] = "seal"
    key: str

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return "The count was sealed"


def is_box_empty(event: Event) -> bool:
    """Whether no single ballot is left."""
    return not any(db.session.scalar(sa.select(sa.exists().where(table.event_id == event.id))) for table in _SINGLE)


def empty_box(event: Event) -> None:
    """Delete a batch of single ballots, in the order of their tags. Raises `OutOfTurn` before they are totals."""
    hold(event, HAS_TOTALS, otherwise=OutOfTurn)
    for table in _SINGLE:
        db.session.execute(
            sa.delete(table).where(*_first_of(table, event)).execution_options(synchronize_session=False)
        )
    db.session.expire_all()


def _first_of(table: type[Ballot] | type[PaperEntry] | type[RehearsalBallot], event: Event) -> list[Any]:
    """What holds for the first `BATCH` rows of an event."""
    its = sa.select(table.ballot_tag).where(table.event_id == event.id).order_by(table.ballot_tag)
    last = db.session.scalar(its.offset(BATCH - 1).limit(1))
    return [table.event_id == event.id, *([] if last is None else [table.ballot_tag <= last])]


def destroy_key(event: Event) -> None:
    """Destroy the event's key on this host. Doing it again changes nothing. Raises `OutOfTurn` while it is needed."""
    db.session.refresh(event)
    if event.poll not in HAS_TOTALS:
        raise OutOfTurn
    key_ring().destroy(event.slug)


def empty_log() -> None:
    """Empty SQLite's log of single ballots. It belongs outside every transaction. Raises `NotClean`.

    PostgreSQL keeps remains, which say nothing without the key.
    """
    if db.engine.dialect.name != "sqlite":
        return
    db.session.rollback()
    deadline = time.monotonic() + CLEAN_SECONDS
    _move_log("PASSIVE")  # most of it, while others write
    while not _move_log("TRUNCATE"):
        if time.monotonic() > deadline:
            raise NotClean
        time.sleep(0.05)


def _move_log(way: str) -> bool:
    """Move SQLite's write-ahead log into the database, and cut it to nothing (TRUNCATE); False while somebody reads."""
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 100")  # the caller waits, and knows for how long
        busy, _, _ = cursor.execute(f"PRAGMA wal_checkpoint({way})").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    finally:
        connection.close()
    return not busy


def seal_poll(event: Event, actor: Account | None) -> str:
    """Seal the counted poll and return the seal. Raises `OutOfTurn` unless it is counted, emptied and not sealed."""
    move_poll(event, PollState.COUNTED, PollState.SEALED)
    if not is_box_empty(event):
        raise OutOfTurn
    entry = write_entry(event, CountSealed("destroyed"), actor)
    return entry.hash


def seal_of(event: Event) -> str | None:
    """The seal: 64 hexadecimal digits, None before it."""
    entry = last_entry(event, CountSealed)
    return entry.hash if entry else None


def seal_words(event: Event) -> list[str]:
    """The seal as six words; none before it."""
    seal = seal_of(event)
    return words_of(seal) if seal else []
