"""Record the council's decisions, before anybody is told. Nothing here commits."""

import datetime as dt
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from pbvote.core.clock import UK, now, today
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.grants.awards.decisions import first_decision
from pbvote.grants.awards.hearing import plan_of
from pbvote.grants.awards.models import AwardDecision, AwardDecisionKind
from pbvote.grants.awards.turns import CountedBids
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event


class NotPublished(Refusal):
    """Awards follow the published outcome."""

    def __init__(self) -> None:
        super().__init__("Publish the result first. Awards are made of it.")


class AlreadyDecided(Refusal):
    """The event has its decision, or somebody has just drafted one."""

    def __init__(self) -> None:
        super().__init__("Somebody has recorded this decision already. Look at it first.")


class NothingToOffer(Refusal):
    """No declined money is free, or no bid fits into it."""

    def __init__(self) -> None:
        super().__init__(
            "No bid is next in line now: somebody may have decided a moment ago. Look at the awards again."
        )


class DecidedBeforeTheEvent(Refusal):
    """The council decides after the residents' advice."""

    def __init__(self, event: Event) -> None:
        super().__init__(f"{event.name} began on {day(event.began_at)}. Enter that day or a later one.")


class DecisionMoved(Refusal):
    """The decision was sent or dropped meanwhile."""

    def __init__(self) -> None:
        super().__init__("Somebody has sent or dropped this decision meanwhile. Look at it again.")


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What is kept of a decision: when, who, why, what else was considered, which interests were declared."""

    decided_on: dt.date
    decided_by: str
    reason: str
    alternatives: str
    interests: str


def record_first(event: Event, record: DecisionRecord, by: Account) -> AwardDecision:
    """Draft the decision about what residents chose. Nobody is told.

    Raises `NotPublished`, `AlreadyDecided`, and `DecidedBeforeTheEvent`.
    """
    require_undecided(event)
    return _draft(event, AwardDecisionKind.FIRST, record, by)


def require_undecided(event: Event) -> None:
    """Hold the event until the commit. Raises `NotPublished`, and `AlreadyDecided` where a first decision stands."""
    hold(event)
    if not event.is_public or event.share.round.is_imported:
        raise NotPublished
    if first_decision(event):
        raise AlreadyDecided


def draft_next(event: Event, by: Account) -> AwardDecision:
    """Draft the offer of declined money to the next in line, in words that can be changed.

    Raises `NothingToOffer`, and `AlreadyDecided` where a draft waits.
    """
    hold(event)
    first, counted = first_decision(event), CountedBids.of(event)
    plan = plan_of(event, AwardDecisionKind.NEXT, counted) if counted else None
    if first is None or first.is_draft or plan is None or plan.free is None or not plan.hearings:
        raise NothingToOffer
    who = " and ".join(award.bid.group.name if award.bid.group else award.bid.title for award in plan.free.awards)
    reason = f"{who} declined. By the same votes and the same rule, the money goes to the next in line."
    record = DecisionRecord(max(today(), first.decided_on), first.decided_by, reason, "", first.interests)
    return _draft(event, AwardDecisionKind.NEXT, record, by)


def _draft(event: Event, kind: AwardDecisionKind, record: DecisionRecord, by: Account) -> AwardDecision:
    _require_after_the_event(event, record)
    values = {"event_id": event.id, "kind": kind, "drafted_at": now(), "drafted_by_id": by.id, **asdict(record)}
    made = db.session.scalar(insert_if_absent(AwardDecision, values).returning(AwardDecision.id))
    if made is None:
        raise AlreadyDecided
    return db.session.get_one(AwardDecision, made)


def _require_after_the_event(event: Event, record: DecisionRecord) -> None:
    first_day = min(event.began_at.astimezone(UK).date(), today())  # members may choose before their day
    if record.decided_on < first_day:
        raise DecidedBeforeTheEvent(event)


def require_draft(decision: AwardDecision) -> None:
    """Raise `DecisionMoved` once it was sent."""
    if not decision.is_draft:
        raise DecisionMoved


def change_record(decision: AwardDecision, record: DecisionRecord) -> None:
    """Put a draft's record into other words. Raises `DecisionMoved` and `DecidedBeforeTheEvent`."""
    _require_after_the_event(decision.event, record)
    claim = sa.update(AwardDecision).where(AwardDecision.id == decision.id, AwardDecision.sent_at.is_(None))
    if db.session.scalar(claim.values(**asdict(record)).returning(AwardDecision.id)) is None:
        raise DecisionMoved


def drop(decision: AwardDecision) -> None:
    """Throw a draft away, of which nobody has heard. Raises `DecisionMoved`."""
    claim = sa.delete(AwardDecision).where(AwardDecision.id == decision.id, AwardDecision.sent_at.is_(None))
    if db.session.scalar(claim.returning(AwardDecision.id)) is None:
        raise DecisionMoved
    db.session.expunge(decision)
