"""How many have voted: one figure for the console, the door, the ledger and the code account. Nothing here says how.

It needs no key: a slip's ballots, from a phone and on paper, stand under one tag.
"""

import sqlalchemy as sa

from pbvote.db import db
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.service import last_record
from pbvote.vote.poll.counted import VotesCounted
from pbvote.vote.poll.models import Ballot, PaperEntry, RehearsalBallot
from pbvote.vote.poll.states import HAS_TOTALS
from pbvote.vote.poll.voided import left_out_of


def turnout_of(event: Event) -> int:
    """How many slips have a vote that counts, as far as is known.

    A paper is in as soon as it is keyed; a slip that voted on a phone and on paper is one; a spoilt paper is none, and
    so is a slip that was made void. From the count on, it is what was counted.
    """
    counted = last_record(event, VotesCounted) if event.poll in HAS_TOTALS else None
    if counted:
        return counted.ballots
    return (db.session.scalar(number_of_voters(event)) or 0) - left_out_of(event)


def number_of_voters(event: Event) -> sa.Select[int]:
    """How many slips have a vote in the box, also those that are void by now; see `turnout_of`. As a query."""
    on_phone = sa.select(sa.func.count()).select_from(Ballot).where(Ballot.event_id == event.id)
    has_phone = sa.exists().where(Ballot.event_id == PaperEntry.event_id, Ballot.ballot_tag == PaperEntry.ballot_tag)
    on_paper = sa.select(sa.func.count()).select_from(PaperEntry)
    on_paper = on_paper.where(PaperEntry.event_id == event.id, PaperEntry.choices.is_not(None), ~has_phone)
    return sa.select(on_phone.scalar_subquery() + on_paper.scalar_subquery())


def number_rehearsed(event: Event) -> sa.Select[int]:
    """How many test slips have voted, as a query."""
    return sa.select(sa.func.count()).select_from(RehearsalBallot).where(RehearsalBallot.event_id == event.id)
