"""Slips that voted on paper and on a phone, and differently: listed after the close, each settled by a named decision.

Nothing here reads what the phone said; the database compares. Only confirmed papers are compared, so that nobody can
find out alone, by keying guesses, what a slip voted on its phone. Nothing here commits.
"""

from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.people.service import names_of
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, confirmed_by, in_a_sentence, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.paper_entry.pile import paper_labelled, paper_numbered, serials_by_tag, tag_of
from pbvote.vote.poll.closing import require_closed
from pbvote.vote.poll.models import Ballot, Decision, PaperEntry
from pbvote.vote.poll.service import OutOfTurn
from pbvote.vote.poll.states import AWAITS_THE_COUNT

DECISIONS = {Decision.PAPER: "The paper counts", Decision.PHONE: "The phone counts"}


class DecidedMeanwhile(Refusal):
    """The list is no longer what the page showed."""

    def __init__(self) -> None:
        super().__init__("Nothing was changed: somebody else has decided about this slip. Look again.")


@record
@dataclass(frozen=True, slots=True)
class ClashDecided(Record):
    """Somebody said which of a slip's two ballots counts; `was` and `second` where two people decided again.

    It names no slip: see `pbvote.vote.paper_entry.undoing`.
    """

    type: ClassVar[str] = "decide"
    decision: str
    was: str = ""
    second: str = ""

    def told(self, names: Names) -> str:
        """What happened, in a sentence."""
        counts = in_a_sentence(DECISIONS[Decision(self.decision)])
        decided = "decided again" if self.was else "decided"
        return (
            f"A slip that voted both on a phone and on paper: {decided} that {counts}{confirmed_by(self.second, names)}"
        )


@dataclass(frozen=True, slots=True)
class Clash:
    """A slip whose two ballots differ; which of them counts and who said so, where somebody has."""

    serial: str
    decision: Decision | None
    decided_name: str


def _differs() -> sa.ColumnElement[bool]:
    """Whether the paper is confirmed and its slip's phone says otherwise. A spoilt paper says nothing."""
    is_same_slip = sa.and_(Ballot.event_id == PaperEntry.event_id, Ballot.ballot_tag == PaperEntry.ballot_tag)
    on_phone = sa.exists().where(is_same_slip, Ballot.choices != PaperEntry.choices).correlate(PaperEntry)
    return sa.and_(PaperEntry.confirmed_by.is_not(None), on_phone)


def clashes_of(event: Event) -> list[Clash]:
    """The slips whose ballots differ, by serial. None before the close: until then a phone can vote again."""
    if event.poll not in AWAITS_THE_COUNT:
        return []
    wanted = sa.select(PaperEntry.ballot_tag, PaperEntry.decision, PaperEntry.decided_by)
    rows = {
        row.ballot_tag: row for row in db.session.execute(wanted.where(PaperEntry.event_id == event.id, _differs()))
    }
    if not rows:
        return []
    names = names_of(row.decided_by for row in rows.values() if row.decided_by)
    serials = {tag: serial for tag, serial in serials_by_tag(event).items() if tag in rows}
    return [Clash(serial, rows[tag].decision, names.get(rows[tag].decided_by, "")) for tag, serial in serials.items()]


def number_undecided(event: Event) -> sa.Select[int]:
    """How many clashes wait for a decision, as a query of a closed poll. It needs no key."""
    is_open = sa.and_(PaperEntry.event_id == event.id, PaperEntry.decision.is_(None))
    return sa.select(sa.func.count()).select_from(PaperEntry).where(is_open, _differs())


def decide_clash(event: Event, serial: str, decision: Decision, actor: Account) -> None:
    """Say, as the first to do so, which of a slip's two ballots counts.

    Raises `OutOfTurn` unless voting is closed and not counted, and `DecidedMeanwhile` where a decision is in, or the
    two don't differ any more.
    """
    hold(event, AWAITS_THE_COUNT, otherwise=OutOfTurn)
    _claim(event, tag_of(event, serial), decision, None, actor)
    write_entry(event, ClashDecided(decision.value), actor)


def label_decided(event: Event, serial: str, was: Decision) -> str:
    """The label of the paper of a slip about which this was decided. Raises `OutOfTurn`, `DecidedMeanwhile`."""
    require_closed(event)
    is_listed = (serial, was) in {(clash.serial, clash.decision) for clash in clashes_of(event)}
    paper = paper_numbered(event, serial) if is_listed else None
    if paper is None:
        raise DecidedMeanwhile
    return paper.label


def change_decision(event: Event, label: str, decision: Decision, was: Decision, actor: Account, second: str) -> None:
    """Decide again about the slip whose paper has this label; `second` confirmed it.

    Raises `OutOfTurn`, and `DecidedMeanwhile` where no longer `was` is decided.
    """
    hold(event, AWAITS_THE_COUNT, otherwise=OutOfTurn)
    paper = paper_labelled(event, label)
    _claim(event, paper.ballot_tag if paper else None, decision, was, actor)
    write_entry(event, ClashDecided(decision.value, was.value, second), actor)


def _claim(event: Event, tag: bytes | None, decision: Decision, was: Decision | None, actor: Account) -> None:
    is_its = sa.and_(PaperEntry.event_id == event.id, PaperEntry.ballot_tag == tag)
    claim = sa.update(PaperEntry).where(is_its, _differs(), PaperEntry.decision.is_not_distinct_from(was))
    claim = claim.values(decision=decision, decided_by=actor.id)
    if db.session.scalar(claim.returning(PaperEntry.keyed_by)) is None:
        raise DecidedMeanwhile
