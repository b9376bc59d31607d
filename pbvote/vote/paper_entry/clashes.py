"""Slips that voted on paper and on a phone, and not alike: listed after the close, each settled by a named decision.

Nothing here reads what the phone said; the database compares. Only confirmed papers are compared, so that nobody can
find out alone, by keying guesses, what a slip voted on its phone. Nothing here commits.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.people.service import names_of
from pbvote.vote.events.models import Event
from pbvote.vote.paper_entry.pile import serials_by_tag, tag_of
from pbvote.vote.paper_entry.service import hold_for_paper
from pbvote.vote.poll.closing import require_closed
from pbvote.vote.poll.models import Ballot, Decision, PaperEntry
from pbvote.vote.poll.states import AWAITS_THE_COUNT


class DecidedMeanwhile(Refusal):
    """The list is no longer what the page showed."""

    def __init__(self) -> None:
        super().__init__("Nothing was changed: somebody else has decided about this slip meanwhile. Look again.")


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


def undecided_in(event: Event) -> int:
    """How many clashes wait for a decision; it needs no key. None before the close."""
    if event.poll not in AWAITS_THE_COUNT:
        return 0
    return db.session.scalar(number_undecided(event)) or 0


def number_undecided(event: Event) -> sa.Select[int]:
    """The same as a query, of a poll that is closed."""
    is_open = sa.and_(PaperEntry.event_id == event.id, PaperEntry.decision.is_(None))
    return sa.select(sa.func.count()).select_from(PaperEntry).where(is_open, _differs())


def decide_clash(event: Event, serial: str, decision: Decision, seen: Decision | None, actor: Account) -> None:
    """Say which of a slip's two ballots counts, in place of the decision that was `seen`.

    Raises `OutOfTurn` unless voting is closed and not counted, and `DecidedMeanwhile` where another decision is in, or
    the two don't differ any more.
    """
    hold_for_paper(event)
    require_closed(event)
    is_its = sa.and_(PaperEntry.event_id == event.id, PaperEntry.ballot_tag == tag_of(event, serial))
    claim = sa.update(PaperEntry).where(is_its, _differs(), PaperEntry.decision.is_not_distinct_from(seen))
    claim = claim.values(decision=decision, decided_by=actor.id)
    if db.session.scalar(claim.returning(PaperEntry.keyed_by)) is None:
        raise DecidedMeanwhile
