"""Move the poll from one state to the next. Nothing here commits."""

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.vote.acts.service import cancel_waiting
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import KEYLESS, TAKES_CHANGES, PollState


class OutOfTurn(Refusal):
    """The poll is not in the state that this step starts from."""

    def __init__(self) -> None:
        super().__init__("Voting is not at that step: somebody may have moved it on. Look at the event again.")


def move_poll(event: Event, start: PollState, end: PollState) -> None:
    """Claim the poll's next state under the event's exclusive lock. Raises `OutOfTurn`.

    What still waits for a second person was asked of another state, and is cancelled.
    """
    hold(event)
    claim = sa.update(Event).where(Event.id == event.id, Event.poll == start).values(poll=end)
    if db.session.scalar(claim.returning(Event.id)) is None:
        raise OutOfTurn
    cancel_waiting(event)
    db.session.refresh(event)
    mark_share(event)


def mark_share(event: Event) -> None:
    """Note on the event's share what its poll rules out; the rooms of the call, which know no event, ask the share."""
    share = event.share
    share.has_opened = event.poll not in TAKES_CHANGES
    share.is_counted = event.poll in KEYLESS
    share.is_locked = share.is_locked or share.has_opened
