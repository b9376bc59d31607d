"""Which slips were made so far. Their sheets are stored nowhere, so the ledger is the only receipt."""

import datetime as dt
from dataclasses import dataclass

from pbvote.vote.events.models import Event
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.slips.printing import SheetsFailed, SlipsMade


@dataclass(frozen=True, slots=True)
class Batch:
    """Slips that were made at once. They are void where their sheets could not be drawn."""

    made: SlipsMade
    at: dt.datetime
    is_void: bool


def batches_of(event: Event) -> list[Batch]:
    """The event's batches, newest first."""
    entries = entries_of(event)
    failed = {serial for entry in entries if isinstance(entry.record, SheetsFailed) for serial in entry.record.serials}
    batches = [
        Batch(entry.record, entry.at, entry.record.first in failed)
        for entry in entries
        if isinstance(entry.record, SlipsMade)
    ]
    return batches[::-1]
