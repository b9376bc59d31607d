"""How many have voted. Nothing here says how."""

import sqlalchemy as sa

from pbvote.db import db
from pbvote.vote.events.models import Event
from pbvote.vote.poll.models import Ballot, RehearsalBallot


def ballots_in(event: Event) -> int:
    """The turnout so far."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Ballot).where(Ballot.event_id == event.id)) or 0


def rehearsed_in(event: Event) -> int:
    """How many test slips have voted."""
    return db.session.scalar(number_rehearsed(event)) or 0


def number_rehearsed(event: Event) -> sa.Select[int]:
    """The same as a query, for a page that asks for several figures in one statement."""
    return sa.select(sa.func.count()).select_from(RehearsalBallot).where(RehearsalBallot.event_id == event.id)
