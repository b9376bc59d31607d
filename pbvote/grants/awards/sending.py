"""Look at a decision's letters, send them together, and for ten minutes call them back. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from pbvote.call.checking.letters import PlannedLetter
from pbvote.call.rounds.models import Share
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.awards import writing
from pbvote.grants.awards.deciding import DecisionMoved, NothingToOffer, NotPublished
from pbvote.grants.awards.facts import Facts
from pbvote.grants.awards.hearing import DecisionPlan, Hearing, plan_of
from pbvote.grants.awards.holding import hold_awards
from pbvote.grants.awards.impartial import require_may_decide
from pbvote.grants.awards.letters import letters_for
from pbvote.grants.awards.models import CALL_BACK_FOR, Award, AwardDecision, AwardHistory, AwardState, in_a_year
from pbvote.grants.awards.turns import CountedBids
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold, lock
from pbvote.vote.events.models import Event


class LettersChanged(Refusal):
    """What would be sent is no longer what was read."""

    def __init__(self) -> None:
        super().__init__("Something has changed since you read these letters. Nothing was sent. Read them again.")


class LettersGone(Refusal):
    """What has left can't be called back."""

    def __init__(self) -> None:
        super().__init__("The letters have left, so this decision can’t be called back any more.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A decision as it would be sent now, letter by letter."""

    plan: DecisionPlan
    letters: Sequence[tuple[Hearing, PlannedLetter]]
    names_somebody: bool
    """Whether the letters name a person whom a group can ring."""
    seen: str
    """A digest of all of it: what somebody sends is what they read."""


def prepare(decision: AwardDecision) -> Prepared:
    """The decision as it would be sent now. Raises `NotPublished` where the event has no result."""
    event, counted = decision.event, CountedBids.of(decision.event)
    if counted is None:
        raise NotPublished
    plan, facts = plan_of(event, decision.kind, counted), Facts.of(event, decision.kind, counted)
    letters = letters_for(plan, facts)
    return Prepared(plan, letters, facts.rules.has_person, _digest(decision, plan, letters))


def left_after(plan: DecisionPlan) -> int:
    """What is left of declined money once it is offered on, in pence; 0 for a first decision."""
    return max(0, plan.free.pence - sum(hearing.pence for hearing in plan.hearings)) if plan.free else 0


def _digest(decision: AwardDecision, plan: DecisionPlan, letters: Sequence[tuple[Hearing, PlannedLetter]]) -> str:
    told = [
        (
            hearing.bid.id,
            hearing.told,
            [(offer.event.id, offer.pence) for offer in hearing.offers],
            [contact.account.email for contact in hearing.bid.group.contacts] if hearing.bid.group else [],
            letter,
        )
        for hearing, letter in letters
    ]
    freed = [award.id for award in plan.free.awards] if plan.free else []
    words = (decision.decided_on, decision.decided_by, decision.reason, decision.alternatives, decision.interests)
    return sha256(repr((words, freed, told)).encode()).hexdigest()


def send(decision: AwardDecision, seen: str, by: Account) -> Prepared:
    """Make the awards and write every letter, if they are what `seen` is the digest of.

    The letters may leave after `CALL_BACK_FOR`, and then the groups know. Raises `DecisionMoved`, `LettersChanged`,
    `NothingToOffer` and `BidsForIt`; then nothing of it may be committed.
    """
    _hold_round(decision.event)
    sent_at = now()
    claim = sa.update(AwardDecision).where(AwardDecision.id == decision.id, AwardDecision.sent_at.is_(None))
    if db.session.scalar(claim.values(sent_at=sent_at, sent_by_id=by.id).returning(AwardDecision.id)) is None:
        raise DecisionMoved
    db.session.refresh(decision)
    prepared = prepare(decision)
    if prepared.seen != seen:
        raise LettersChanged
    require_may_decide(decision.event, by)
    _make_awards(decision, prepared.plan, sent_at + CALL_BACK_FOR, by)
    if decision.is_next:
        _offer_on(decision, prepared.plan)
    writing.hold_readers([hearing for hearing, _ in prepared.letters])
    for hearing, letter in prepared.letters:
        writing.write(decision, hearing, letter, sent_at + CALL_BACK_FOR)
    db.session.flush()
    return prepared


def _hold_round(event: Event) -> None:
    """Let no other decision of the round be sent meanwhile: a split bid gets its parts with the later of two.

    The locks are taken in one order, so that two who send at once don't wait for each other.
    """
    ids = sa.select(Event.id).join(Event.share).where(Share.round_id == event.share.round_id)
    for event_id in db.session.scalars(ids.order_by(Event.id)).all():
        lock(event_id)
    hold(event)


def _make_awards(decision: AwardDecision, plan: DecisionPlan, told_at: dt.datetime, by: Account) -> None:
    for hearing in plan.hearings:
        for offer in hearing.offers:
            award = Award(event=offer.event, bid=hearing.bid, award_pence=offer.pence, told_at=told_at)
            award.decision, award.ends_on = decision, _ends_on(decision, offer.event)
            award.history = [AwardHistory(state=AwardState.OFFERED, account_id=by.id)]
            db.session.add(award)
    db.session.flush()


def _ends_on(decision: AwardDecision, event: Event) -> dt.date:
    """The last day of a project, as the letter says it."""
    set_by_round = event.share.round.grant_rules.ends_on
    return set_by_round or max(in_a_year(), decision.decided_on + dt.timedelta(days=365))


def _offer_on(decision: AwardDecision, plan: DecisionPlan) -> None:
    """Mark the declined money as offered on. Raises `NothingToOffer` where somebody has just decided about it."""
    ids = hold_awards(award.id for award in plan.free.awards) if plan.free else []
    claim = sa.update(Award).where(Award.id.in_(ids), Award.freed_reason == "", Award.offered_on_id.is_(None))
    marked = db.session.scalars(claim.values(offered_on_id=decision.id).returning(Award.id)).all()
    if not ids or len(marked) != len(ids):
        raise NothingToOffer


def call_back(decision: AwardDecision) -> None:
    """Cancel a decision: its letters never leave and its awards are gone. No group has read anything.

    Raises `LettersGone` after ten minutes, or when a letter was tried meanwhile; then nothing may be committed.
    """
    hold(decision.event)
    claim = sa.update(AwardDecision).where(
        AwardDecision.id == decision.id,
        AwardDecision.called_back_at.is_(None),
        AwardDecision.sent_at > now() - CALL_BACK_FOR,
    )
    if db.session.scalar(claim.values(called_back_at=now()).returning(AwardDecision.id)) is None:
        raise LettersGone
    db.session.refresh(decision)
    if not writing.call_back(decision) or not _take_awards_back(decision):
        raise LettersGone


def _take_awards_back(decision: AwardDecision) -> bool:
    """Delete its awards, and free what it offered on; False where one of them has moved."""
    awards = list(db.session.scalars(sa.select(Award.id).where(Award.decision_id == decision.id)))
    db.session.execute(sa.delete(AwardHistory).where(AwardHistory.award_id.in_(awards)))
    untouched = sa.delete(Award).where(Award.id.in_(awards), Award.state == AwardState.OFFERED)
    gone = db.session.scalars(untouched.returning(Award.id)).all()
    freed = sa.update(Award).where(Award.offered_on_id == decision.id)
    db.session.execute(freed.values(offered_on_id=None))
    db.session.expire_all()
    return len(gone) == len(awards)
