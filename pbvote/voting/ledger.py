"""The ledger of an event: every act on the poll, chained, never changed."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from pbvote.core.chain import FIRST, entry_hash
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.events.models import Event
from pbvote.people.models import Account
from pbvote.voting.models import LedgerEntry, LedgerType


def write_entry(event: Event, type_: LedgerType, body: dict[str, Any], actor: Account | None) -> LedgerEntry:
    """Append an entry, in the transaction of the act that it tells about and under the event's exclusive lock."""
    last = db.session.scalar(
        sa.select(LedgerEntry).where(LedgerEntry.event_id == event.id).order_by(LedgerEntry.seq.desc()).limit(1)
    )
    entry = LedgerEntry(
        event_id=event.id,
        seq=last.seq + 1 if last else 1,
        prev=last.hash if last else FIRST,
        type=type_,
        body=body,
        at=now().replace(microsecond=0),
        actor=actor.id if actor else None,
    )
    entry.hash = entry_hash(as_published(event, entry))
    db.session.add(entry)
    db.session.flush()
    return entry


def as_published(event: Event, entry: LedgerEntry) -> dict[str, Any]:
    """An entry as it is hashed and published."""
    return {
        "event": event.slug,
        "seq": entry.seq,
        "prev": entry.prev,
        "type": entry.type.value,
        "body": entry.body,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "hash": entry.hash,
    }


def entries_of(event: Event) -> list[LedgerEntry]:
    """The event's ledger from its first entry on."""
    return list(
        db.session.scalars(sa.select(LedgerEntry).where(LedgerEntry.event_id == event.id).order_by(LedgerEntry.seq))
    )


def people_in(entries: Sequence[LedgerEntry]) -> set[int]:
    """The accounts that acted, and those that confirmed as a second person."""
    actors = {entry.actor for entry in entries if entry.actor}
    seconds = [str(entry.body.get("second", "")).partition(" ") for entry in entries]
    return actors | {int(number) for kind, _, number in seconds if kind == "account"}


def first_entry(event: Event, type_: LedgerType) -> LedgerEntry | None:
    """The oldest entry of a type."""
    wanted = sa.select(LedgerEntry).where(LedgerEntry.event_id == event.id, LedgerEntry.type == type_)
    return db.session.scalar(wanted.order_by(LedgerEntry.seq).limit(1))


def last_entry(event: Event, type_: LedgerType) -> LedgerEntry | None:
    """The newest entry of a type."""
    wanted = sa.select(LedgerEntry).where(LedgerEntry.event_id == event.id, LedgerEntry.type == type_)
    return db.session.scalar(wanted.order_by(LedgerEntry.seq.desc()).limit(1))
