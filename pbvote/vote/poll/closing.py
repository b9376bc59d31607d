"""Close the poll, and open a closed one again. Nothing here commits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, confirmed_by, counted, in_a_sentence, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.forms import REOPEN_REASONS, ReopenReason
from pbvote.vote.poll.models import PaperEntry
from pbvote.vote.poll.service import OutOfTurn, move_poll
from pbvote.vote.poll.states import AWAITS_THE_COUNT, PollState
from pbvote.vote.poll.turnout import turnout_of


@record
@dataclass(frozen=True, slots=True)
class VotingClosed(Record):
    """Voting closed, with this many ballots in the box."""

    type: ClassVar[str] = "close"
    ballots: int

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return f"Voting closed with {counted(self.ballots, 'ballot')} in the box"


@record
@dataclass(frozen=True, slots=True)
class VotingReopened(Record):
    """Voting opened again, before the count."""

    type: ClassVar[str] = "reopen"
    ballots: int
    reason: str
    second: str

    def told(self, names: Names) -> str:
        """What happened, in a sentence."""
        why, box = in_a_sentence(REOPEN_REASONS[ReopenReason(self.reason)]), counted(self.ballots, "ballot")
        return f"Voting opened again ({why}) with {box} in the box{confirmed_by(self.second, names)}"


Verb = Callable[[Event], None]
_AT_THE_CLOSE: Final[list[Verb]] = []


def at_the_close(verb: Verb) -> Verb:
    """Make known what a room above this one does in the transaction that closes the poll."""
    _AT_THE_CLOSE.append(verb)
    return verb


def close_poll(event: Event, actor: Account) -> None:
    """Close the poll: every vote that was acknowledged is in, and no other. Raises `OutOfTurn`."""
    move_poll(event, PollState.OPEN, PollState.CLOSED)
    for verb in _AT_THE_CLOSE:
        verb(event)
    # A host's clock may have gone back since the opening; a poll closes all the same, and no earlier than it opened.
    event.closed_at = max(now(), event.opened_at or now())
    write_entry(event, VotingClosed(turnout_of(event)), actor)


def reopen_poll(event: Event, actor: Account, second: str, reason: ReopenReason) -> None:
    """Open a closed poll again, before its count. Two people do it: `second` confirmed. Raises `OutOfTurn`.

    What was decided between a slip's phone and its paper is forgotten: the phone may now vote again.
    """
    move_poll(event, PollState.CLOSED, PollState.OPEN)
    event.closed_at = None
    write_entry(event, VotingReopened(turnout_of(event), reason.value, second), actor)
    is_decided = sa.and_(PaperEntry.event_id == event.id, PaperEntry.decision.is_not(None))
    db.session.execute(sa.update(PaperEntry).where(is_decided).values(decision=None, decided_by=None))


def require_closed(event: Event) -> None:
    """Raise `OutOfTurn` unless voting has closed and the ballots are not counted."""
    if event.poll not in AWAITS_THE_COUNT:
        raise OutOfTurn
