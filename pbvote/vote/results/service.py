"""Publish the outcome. Nothing here commits."""

from dataclasses import dataclass
from typing import ClassVar

from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.count.outcome import outcome_of, stored_outcome
from pbvote.vote.count.published import recount_digest, shown_of
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.service import move_poll
from pbvote.vote.poll.states import PollState


class TieWaits(Refusal):
    """A tie that is settled in the room first."""

    def __init__(self) -> None:
        super().__init__("A tie waits for a draw. Draw it in the room first; then the result can be published.")


@record
@dataclass(frozen=True, slots=True)
class ResultPublished(Record):
    """The result was published; `shown` is how much of the ballots with it, `recount` the digest of `recount.py`."""

    type: ClassVar[str] = "publish"
    shown: str
    recount: str

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return "The result was published"


def publish_outcome(event: Event, actor: Account) -> None:
    """Show the outcome to everyone. Raises `OutOfTurn` unless it is sealed and not yet published, `TieWaits`."""
    outcome = outcome_of(event)
    if outcome and outcome.waiting:
        raise TieWaits
    move_poll(event, PollState.SEALED, PollState.PUBLISHED)
    voters = stored.voters if (stored := stored_outcome(event)) else 0
    write_entry(event, ResultPublished(shown_of(event, voters).value, recount_digest()), actor)
