"""Awards as tests need them: decided and sent, their groups told an hour ago."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.grants.awards.deciding import DecisionRecord, draft_next, record_first
from pbvote.grants.awards.models import CALL_BACK_FOR, Award, AwardDecision, AwardDecisionKind
from pbvote.grants.awards.sending import prepare, send
from pbvote.people.models import Account
from pbvote.vote.events.models import Event

DECISION = "The council follows the vote."


def a_record(decided_on: dt.date | None = None, reason: str = DECISION) -> DecisionRecord:
    """What is written down of a decision."""
    return DecisionRecord(decided_on or today(), "The Executive", reason, "Nothing else.", "None")


def make_awards(event: Event, by: Account, *, is_next: bool = False) -> list[Award]:
    """Decide as residents chose (or offer on what was declined), send the letters, and let ten minutes pass."""
    decision = draft_next(event, by) if is_next else record_first(event, a_record(), by)
    send(decision, prepare(decision).seen, by)
    return told_by(decision)


def told_by(decision: AwardDecision) -> list[Award]:
    """The awards of a decision, whose letters left long ago."""
    decision.sent_at = now() - dt.timedelta(hours=1)
    wanted = sa.select(Award).where(Award.decision_id == decision.id).order_by(Award.id)
    event = orm.joinedload(Award.event).joinedload(Event.share)
    awards = db.session.scalars(wanted.options(orm.joinedload(Award.bid), orm.joinedload(Award.decision), event)).all()
    for award in awards:
        award.told_at = decision.sent_at + CALL_BACK_FOR
    db.session.flush()
    return list(awards)


def a_decision(event: Event, by: Account) -> AwardDecision:
    """A decision about an event that was sent a day ago, for awards that are made past the services."""
    sent_at = now() - dt.timedelta(days=1)
    decision = AwardDecision(event_id=event.id, kind=AwardDecisionKind.FIRST, decided_on=today(), sent_at=sent_at)
    decision.decided_by, decision.reason = "The Executive", DECISION
    decision.drafted_by_id = decision.sent_by_id = by.id
    db.session.add(decision)
    db.session.flush()
    return decision
