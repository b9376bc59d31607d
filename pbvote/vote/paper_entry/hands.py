"""Who keyed the papers and who read them back: one line at the count, with numbers and no paper.

A line for each paper as it is keyed would have a moment, and so tell which papers came after one another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import db
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, record
from pbvote.vote.poll.models import PaperEntry


@record
@dataclass(frozen=True, slots=True)
class PapersHandled(Record):
    """How many papers each person keyed, and how many each read back, by their accounts: ``account 3: 2``."""

    type: ClassVar[str] = "hands"
    keyed: tuple[str, ...]
    read_back: tuple[str, ...]

    def told(self, names: Names) -> str:
        """What happened, in a sentence."""
        return f"Papers keyed: {_told(self.keyed, names)}; read back: {_told(self.read_back, names)}"

    def others(self) -> Iterable[str]:
        """Everybody who had a paper in their hands."""
        return [each.partition(":")[0] for each in (*self.keyed, *self.read_back)]


def _told(hands: Sequence[str], names: Names) -> str:
    parts = [each.removeprefix("account ").partition(": ") for each in hands]
    return ", ".join(f"{number} by {names.people.get(int(who), f'account {who}')}" for who, _, number in parts)


def papers_handled(event: Event) -> PapersHandled | None:
    """Who had the papers of the box that is being counted; None where there are none."""
    keyed, read_back = _hands(event, PaperEntry.keyed_by), _hands(event, PaperEntry.confirmed_by)
    return PapersHandled(keyed, read_back) if keyed else None


def _hands(event: Event, who: orm.InstrumentedAttribute[Any]) -> tuple[str, ...]:
    """Of papers that two people have confirmed; one of a void slip may wait for ever."""
    is_confirmed = sa.and_(PaperEntry.event_id == event.id, PaperEntry.confirmed_by.is_not(None))
    wanted = sa.select(who, sa.func.count()).where(is_confirmed).group_by(who).order_by(who)
    return tuple(f"account {account}: {number}" for account, number in db.session.execute(wanted))
