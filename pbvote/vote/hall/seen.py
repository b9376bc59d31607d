"""What somebody saw before they pressed. Where two organisers press at once, the slower press changes nothing."""

from collections.abc import Mapping

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import hour
from pbvote.people.service import names_of
from pbvote.vote.count.counting import CountAgreed
from pbvote.vote.count.sealing import CountSealed
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.poll.closing import VotingClosed, VotingReopened
from pbvote.vote.poll.counted import VotesCounted
from pbvote.vote.poll.opening import VotingOpened
from pbvote.vote.results.service import ResultPublished
from pbvote.vote.stage.models import Stage
from pbvote.vote.stage.service import StageMoved, stage_of

_DID: Mapping[str, str] = {
    VotingOpened.type: "opened voting",
    VotingClosed.type: "closed voting",
    VotingReopened.type: "opened voting again",
    CountAgreed.type: "began the count",
    VotesCounted.type: "counted the votes",
    CountSealed.type: "sealed the count",
    ResultPublished.type: "published the result",
}
"""What moves the poll on, by the ledger's types."""


class MovedOn(Refusal):
    """Somebody else moved the poll on between the look and the press."""

    reason = "poll-moved"

    def __init__(self, entry: LedgerEntry | None) -> None:
        moved = "The poll has moved on since you looked"
        if entry:
            who = names_of({entry.actor})[entry.actor] if entry.actor else "The command line"
            moved = f"{who} {_DID[entry.type]} at {hour(entry.at)}"
        super().__init__(f"{moved}, so your press changed nothing. Look at the event again before you go on.")


def mark_of(event: Event, stage: Stage) -> str:
    """What a page shows, as its button sends it: the poll's state and the stage's version."""
    return f"{event.poll}-{stage.version}"


def require_seen(event: Event, seen: str) -> None:
    """Hold the event, and raise `MovedOn` or `StageMoved` unless all still is as the page showed it."""
    hold(event)
    look_again(event, seen)


def look_again(event: Event, seen: str) -> None:
    """The same without holding the event, before work that is long and belongs outside every transaction."""
    state, _, version = seen.partition("-")
    if state != event.poll:
        raise MovedOn(_last_move(event))
    stage = stage_of(event)
    if version != str(stage.version):
        raise StageMoved(stage) if stage.version else MovedOn(None)


def _last_move(event: Event) -> LedgerEntry | None:
    moves = sa.select(LedgerEntry).where(LedgerEntry.event_id == event.id, LedgerEntry.type.in_(_DID))
    return db.session.scalar(moves.order_by(LedgerEntry.seq.desc()).limit(1))
