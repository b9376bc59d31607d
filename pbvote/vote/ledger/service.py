"""The ledger of an event: every act on the poll, chained, never changed."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.chain import FIRST, entry_hash
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.records import R, Record, body_of


def write_entry(event: Event, record: Record, actor: Account | None) -> LedgerEntry:
    """Append an entry, in the transaction of the act that it tells about. The caller holds the event alone."""
    last = db.session.scalar(
        sa.select(LedgerEntry).where(LedgerEntry.event_id == event.id).order_by(LedgerEntry.seq.desc()).limit(1)
    )
    entry = LedgerEntry(
        event_id=event.id,
        seq=last.seq + 1 if last else 1,
        prev=last.hash if last else FIRST,
        type=record.type,
        body=body_of(record),
        at=now().replace(microsecond=0),
        actor=actor.id if actor else None,
    )
    entry.hash = entry_hash(as_published(event, entry))
    db.session.add(entry)
    event.entries = entry.seq
    db.session.flush()
    return entry


def as_published(event: Event, entry: LedgerEntry) -> dict[str, Any]:
    """An entry as it is hashed and published."""
    return {
        "event": event.slug,
        "seq": entry.seq,
        "prev": entry.prev,
        "type": entry.type,
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


def records_of(event: Event, type_: type[R]) -> list[R]:
    """What the entries of one type tell, oldest first."""
    return records_in(list(db.session.scalars(_of(event, type_).order_by(LedgerEntry.seq))), type_)


def records_in(entries: Sequence[LedgerEntry], type_: type[R]) -> list[R]:
    """What the entries of one type tell, out of entries that were read already."""
    records = [entry.record for entry in entries if entry.type == type_.type]
    return [record for record in records if isinstance(record, type_)]


def people_in(entries: Sequence[LedgerEntry]) -> set[int]:
    """The accounts that acted, and those that had another part in it."""
    actors = {entry.actor for entry in entries if entry.actor}
    others = [other.partition(" ") for entry in entries for other in entry.record.others()]
    return actors | {int(number) for kind, _, number in others if kind == "account"}


def last_entry(event: Event, type_: type[Record]) -> LedgerEntry | None:
    """The newest entry of a type."""
    return db.session.scalar(_of(event, type_).order_by(LedgerEntry.seq.desc()).limit(1))


def last_record(event: Event, type_: type[R]) -> R | None:
    """What the newest entry of a type tells."""
    entry = last_entry(event, type_)
    record = entry.record if entry else None
    return record if isinstance(record, type_) else None


def _of(event: Event, type_: type[Record]) -> sa.Select[LedgerEntry]:
    return sa.select(LedgerEntry).where(LedgerEntry.event_id == event.id, LedgerEntry.type == type_.type)
