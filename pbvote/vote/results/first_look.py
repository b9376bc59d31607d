"""An organiser's look at an outcome that is not public yet. The ledger tells who knew it before everybody else."""

from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.records import Names, Record, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.states import AWAITS_PUBLICATION, IS_PUBLIC


class NotSealed(Refusal):
    """Somebody asks for an outcome before its count is sealed."""

    def __init__(self) -> None:
        super().__init__("Nobody sees the outcome before the count is sealed.")


@record
@dataclass(frozen=True, slots=True)
class OutcomeSeen(Record):
    """An organiser looked at the outcome before it was public: once for each, however often they look."""

    type: ClassVar[str] = "look"

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return "The outcome was looked at before it was public"


def may_see(event: Event, reader: Account) -> bool:
    """Whether the outcome can be shown: it is public, or the ledger says that this person looks.

    Members who choose do so openly, so that there nobody looks first. Raises `NotSealed`.
    """
    if event.poll not in AWAITS_PUBLICATION | IS_PUBLIC:
        raise NotSealed
    return event.is_public or event.is_chosen_by_members or _has_looked(event, reader)


def look_first(event: Event, reader: Account) -> None:
    """Enter in the ledger that this person looks. A second look changes nothing. Raises `NotSealed`."""
    hold(event)
    if not may_see(event, reader):
        write_entry(event, OutcomeSeen(), reader)


def _has_looked(event: Event, reader: Account) -> bool:
    is_look = sa.and_(LedgerEntry.event_id == event.id, LedgerEntry.type == OutcomeSeen.type)
    return bool(db.session.scalar(sa.select(sa.exists().where(is_look, LedgerEntry.actor == reader.id))))
