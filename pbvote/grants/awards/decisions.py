"""The council's decisions about an event's awards, as they are read. Nothing here writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.checking.names import named
from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardDecision, AwardDecisionKind, AwardState
from pbvote.vote.events.models import Event

_NAMES = named(AwardDecision.drafted_by), named(AwardDecision.sent_by)


def first_decision(event: Event) -> AwardDecision | None:
    """The event's first decision, a draft too; None before it, and where it was called back."""
    return next((each for each in decisions_of(event) if not each.is_next and not each.called_back_at), None)


def decisions_of(event: Event) -> list[AwardDecision]:
    """Everything that was decided about the event's awards, oldest first, drafts and what was called back too."""
    wanted = sa.select(AwardDecision).where(AwardDecision.event_id == event.id).order_by(AwardDecision.id)
    return list(db.session.scalars(wanted.options(*_NAMES)))


def decision_numbered(decision_id: int) -> AwardDecision | None:
    """One decision, with its event."""
    share = orm.joinedload(AwardDecision.event, innerjoin=True).joinedload(Event.share, innerjoin=True)
    wanted = sa.select(AwardDecision).where(AwardDecision.id == decision_id)
    wanted = wanted.options(
        *_NAMES, share.joinedload(Share.round, innerjoin=True), share.joinedload(Share.locality, innerjoin=True)
    )
    return db.session.scalar(wanted)


@dataclass(slots=True)
class HowFar:
    """How far the awards of an event have come."""

    awards: dict[AwardState, int] = field(default_factory=dict)
    """How many are in each state; what the group does not know of yet is among them."""
    has_first: bool = False
    """Whether the decision about what residents chose was recorded."""
    has_draft: bool = False
    """Whether a decision was recorded of which no group knows."""


def how_far(event_ids: Sequence[int]) -> Mapping[int, HowFar]:
    """The same for several events, in one statement; one without a decision is left out."""
    number = sa.func.count().label("number")
    made = sa.select(Award.event_id, sa.cast(Award.state, sa.String).label("what"), number)
    made = made.where(Award.event_id.in_(event_ids)).group_by(Award.event_id, Award.state)
    decided = sa.select(AwardDecision.event_id, sa.cast(AwardDecision.kind, sa.String).label("what"), number)
    counts = AwardDecision.event_id.in_(event_ids), AwardDecision.called_back_at.is_(None)
    decided = decided.where(*counts).group_by(AwardDecision.event_id, AwardDecision.kind)
    drafted = sa.select(AwardDecision.event_id, sa.literal("draft").label("what"), sa.literal(1).label("number"))
    drafted = drafted.where(*counts, AwardDecision.sent_at.is_(None))
    found: dict[int, HowFar] = {}
    for event_id, what, number_of_them in db.session.execute(sa.union_all(made, decided, drafted)):
        far = found.setdefault(event_id, HowFar())
        if what == "draft":
            far.has_draft = True
        elif what in list(AwardDecisionKind):
            far.has_first = far.has_first or what == AwardDecisionKind.FIRST
        else:
            far.awards[AwardState(what)] = number_of_them
    return found
