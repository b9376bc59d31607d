"""Undo what was keyed: send back a paper that waits, take out one that two people confirmed. Nothing here commits.

The ledger and the act name no slip. A paper that leaves in the moment in which its slip is named would tell
anyone with two copies of the database what the slip says.
"""

from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from pbvote.db import db
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, confirmed_by, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.paper_entry.pile import paper_labelled, paper_numbered
from pbvote.vote.paper_entry.service import ChangedMeanwhile, require_paper_time, waits
from pbvote.vote.poll.models import PaperEntry
from pbvote.vote.poll.states import AWAITS_THE_COUNT


@record
@dataclass(frozen=True, slots=True)
class PaperSentBack(Record):
    """A paper that nobody had confirmed was sent back after the close."""

    type: ClassVar[str] = "paper_back"

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return "A paper ballot that waited to be read back was sent back"


@record
@dataclass(frozen=True, slots=True)
class PaperTakenOut(Record):
    """A paper that two people had confirmed was taken out by two."""

    type: ClassVar[str] = "paper_out"
    second: str

    def told(self, names: Names) -> str:
        """What happened, in a sentence."""
        return f"A confirmed paper ballot was taken out, to be keyed again{confirmed_by(self.second, names)}"


def send_back(event: Event, serial: str, seen: str, actor: Account) -> None:
    """Take a waiting paper out, so that it is keyed again. After the close the ledger tells of it.

    Raises `NotTheTime`, `ChangedMeanwhile`.
    """
    hold(event)
    require_paper_time(event)
    removal = sa.delete(PaperEntry).where(waits(event, serial, seen))
    if db.session.scalar(removal.returning(PaperEntry.keyed_by)) is None:
        raise ChangedMeanwhile
    if event.poll in AWAITS_THE_COUNT:
        write_entry(event, PaperSentBack(), actor)


def label_confirmed(event: Event, serial: str) -> str:
    """The label of the confirmed paper with this serial. Raises `NotTheTime`, `ChangedMeanwhile`."""
    require_paper_time(event)
    paper = paper_numbered(event, serial)
    if paper is None or paper.confirmed_by is None:
        raise ChangedMeanwhile
    return paper.label


def take_out(event: Event, label: str, actor: Account, second: str) -> None:
    """Take a confirmed paper out; `second` confirmed that. Raises `NotTheTime`, `ChangedMeanwhile`."""
    hold(event)
    require_paper_time(event)
    paper = paper_labelled(event, label)
    if paper is None or paper.confirmed_by is None:
        raise ChangedMeanwhile
    is_its = sa.and_(PaperEntry.event_id == event.id, PaperEntry.ballot_tag == paper.ballot_tag)
    db.session.execute(sa.delete(PaperEntry).where(is_its))
    write_entry(event, PaperTakenOut(second), actor)
