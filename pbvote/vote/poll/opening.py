"""Open the poll. Nothing here commits."""

from dataclasses import dataclass
from typing import ClassVar

from pbvote.core.clock import now
from pbvote.doctor.findings import require_safe
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, counted, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.service import move_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.poll.turnout import turnout_of


class NothingToVoteOn(Refusal):
    """An event whose running order is empty."""

    def __init__(self) -> None:
        super().__init__("There is no bid in the running order yet, so voting can’t open.")


class MembersChoose(Refusal):
    """A share whose bids the members of the partnership choose: no resident votes."""

    def __init__(self) -> None:
        super().__init__("The members of the partnership choose here, so there are no slips and no vote of residents.")


class BallotImpossible(Refusal):
    """A ballot that asks for more bids than there are."""

    def __init__(self, needed: int, present: int) -> None:
        super().__init__(
            f"Residents must choose {needed} bids or more, and the running order has {present}. No ballot could be "
            "complete, so voting can’t open."
        )


@record
@dataclass(frozen=True, slots=True)
class VotingOpened(Record):
    """Voting opened. `definition` is the hash of the ballot paper."""

    type: ClassVar[str] = "open"
    ballots: int
    definition: str

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return f"Voting opened on a box with {counted(self.ballots, 'ballot')}"


def paper_to_vote_on(event: Event) -> Paper:
    """The event's ballot paper. Raises `MembersChoose`, `NothingToVoteOn`, `BallotImpossible`."""
    if event.is_chosen_by_members:
        raise MembersChoose
    paper = Paper.of(event)
    if not paper.lines:
        raise NothingToVoteOn
    if paper.rules.min_choices > len(paper.lines):
        raise BallotImpossible(paper.rules.min_choices, len(paper.lines))
    return paper


def open_poll(event: Event, actor: Account) -> None:
    """Open the poll on an empty box.

    Raises `MembersChoose`, `NothingToVoteOn`, `BallotImpossible`, `Unsafe`, `OutOfTurn`.
    """
    hold(event)
    paper = paper_to_vote_on(event)
    require_safe()
    move_poll(event, PollState.PLANNED, PollState.OPEN)
    event.opened_at = now()
    write_entry(event, VotingOpened(turnout_of(event), paper.definition), actor)
