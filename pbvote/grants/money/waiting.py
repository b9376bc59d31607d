"""Everything that waits for a second person, of events and of awards."""

from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.vote.acts.models import Act
from pbvote.vote.acts.service import all_waiting
from pbvote.vote.events.models import Event


@dataclass(frozen=True, slots=True)
class WaitingAnywhere:
    """An act that waits, and the event that it is about, or that its award is of."""

    act: Act
    event: Event
    project: str
    """The title of the award's bid; "" where the act is about the event."""


def waiting_anywhere() -> list[WaitingAnywhere]:
    """What a second person can confirm now, the one with the least time left first, in one statement."""
    wanted = all_waiting().add_columns(Event, sa.func.coalesce(Bid.title, ""))
    wanted = wanted.outerjoin(Award, Award.id == Act.award_id).outerjoin(Bid, Bid.id == Award.bid_id)
    wanted = wanted.join(Event, Event.id == sa.func.coalesce(Act.event_id, Award.event_id))
    return [WaitingAnywhere(act, event, project) for act, event, project in db.session.execute(wanted)]
