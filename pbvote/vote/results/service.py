"""Publish the outcome. Nothing here commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from pbvote.call.bids.models import Ask, Bid
from pbvote.call.rounds.from_above import LastTime, last_time
from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.choosing.service import reasons_of
from pbvote.vote.count.outcome import outcome_of, outcomes_of, stored_outcome
from pbvote.vote.count.published import recount_digest, shown_of
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import public_events_in
from pbvote.vote.ledger.records import Names, Record, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.service import move_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.residents.reminders import send_reminders


class TieWaits(Refusal):
    """A tie that is settled in the room first."""

    def __init__(self) -> None:
        super().__init__("A tie waits for a draw. Draw it in the room first; then the result can be published.")


class ReasonsFirst(Refusal):
    """A recommendation of members that nobody has explained."""

    def __init__(self) -> None:
        super().__init__("Write down first why the members recommend this. Then it can be published.")


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
    """Show the outcome to everyone, and write to those who wanted to be told.

    Raises `OutOfTurn` unless it is sealed and not yet published, `TieWaits`, and `ReasonsFirst` where members chose.
    """
    if event.is_chosen_by_members and reasons_of(event) is None:
        raise ReasonsFirst
    outcome = outcome_of(event)
    if outcome and outcome.waiting:
        raise TieWaits
    move_poll(event, PollState.SEALED, PollState.PUBLISHED)
    voters = stored.voters if (stored := stored_outcome(event)) else 0
    write_entry(event, ResultPublished(shown_of(event, voters).value, recount_digest()), actor)
    send_reminders(event)


@last_time.answered_by
def _last_time(shares: Sequence[Share]) -> dict[int, LastTime]:
    """How each locality's newest earlier result went, in three statements: the rooms below know no result."""
    events = public_events_in([share.locality_id for share in shares])
    before = {share.id: _newest_before(share, events) for share in shares}
    found = {share_id: event for share_id, event in before.items() if event}
    if not found:
        return {}
    outcomes, bids = outcomes_of(found.values()), _bids_of(found.values())
    return {
        share_id: LastTime(event.share.round.name, bids.get(event.share_id, 0), len(outcomes[event.id].funded))
        for share_id, event in found.items()
        if event.id in outcomes
    }


def _newest_before(share: Share, events: Sequence[Event]) -> Event | None:
    """The locality's newest event of an earlier round."""
    earlier = [
        event
        for event in events
        if event.share.locality_id == share.locality_id and event.share.round_id < share.round_id
    ]
    return max(earlier, key=lambda event: event.share.round_id, default=None)


def _bids_of(events: Iterable[Event]) -> dict[int, int]:
    """How many groups had bid for each event's share, whatever became of the bid; by share."""
    wanted = (
        sa.select(Share.id, sa.func.count())
        .join(Ask, Ask.locality_id == Share.locality_id)
        .join(Bid, sa.and_(Bid.id == Ask.bid_id, Bid.round_id == Share.round_id))
        .where(Share.id.in_([event.share_id for event in events]))
        .group_by(Share.id)
    )
    return dict(db.session.execute(wanted).all())
