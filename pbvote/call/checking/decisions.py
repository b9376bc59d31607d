"""Decisions: drafted, looked at as letters, sent together, and for ten minutes called back. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids import deciding, tracks
from pbvote.call.bids.letters import vote_in_words
from pbvote.call.bids.models import Ask, Bid, BidState
from pbvote.call.bids.service import has_changed_since
from pbvote.call.checking import letters
from pbvote.call.checking.checklist import Rules, rules_of
from pbvote.call.checking.interests import require_impartial
from pbvote.call.checking.models import Appeal, BidDecision, DecisionKind, GroupLetter, GroupLetterCopy, Query
from pbvote.call.checking.names import named
from pbvote.call.checking.queries import close_queries_of
from pbvote.call.checking.tags import typed_tag
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Round
from pbvote.core.clock import now
from pbvote.core.codes import new_code
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.mail.service import call_back as call_letters_back
from pbvote.people.models import Account

CALL_BACK_FOR = dt.timedelta(minutes=10)
"""How long a decision's letters wait in the outbox before they may leave."""
_MOVES = {DecisionKind.SHORTLIST: BidState.SHORTLISTED, DecisionKind.REFUSE: BidState.REFUSED}
_FROM = {
    DecisionKind.SHORTLIST: (BidState.RECEIVED, BidState.REFUSED),
    DecisionKind.REFUSE: (BidState.RECEIVED, BidState.SHORTLISTED),
}


class NotADraft(Refusal):
    """The decision was sent or dropped meanwhile."""

    def __init__(self) -> None:
        super().__init__("Somebody has sent or dropped this decision meanwhile. Look at it again.")


class AnotherDraft(Refusal):
    """A bid has one draft at a time."""

    def __init__(self) -> None:
        super().__init__("Somebody else has just drafted a decision about this bid. Look at it again.")


class NobodyToRing(Refusal):
    """A refusal names a person."""

    def __init__(self) -> None:
        super().__init__("Say first whom a refused group can ring. The round’s checklist page asks for it.")


class LetterGone(Refusal):
    """What has left can't be called back."""

    def __init__(self) -> None:
        super().__init__("The letter has left, so this decision can’t be called back any more.")


class AppealWaits(Refusal):
    """The group has asked for a second look, and somebody else than who refused takes it."""

    def __init__(self) -> None:
        super().__init__("The group asks us to look at this bid again. That comes first, and somebody else does it.")


class ChangedSince(Refusal):
    """The bid says something else than it did when the decision was drafted."""

    def __init__(self) -> None:
        super().__init__("The bid was changed after this was drafted. Look at it again, and draft a decision anew.")


@dataclass(slots=True)
class Sending:
    """What became of decisions that were to be sent together."""

    sent: list[BidDecision] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    """The number of each bid whose decision stays a draft, and the sentence that says why."""


def draft(bid: Bid, verdict: DecisionKind, by: Account, reason: str = "", advice: str = "") -> BidDecision:
    """Draft a decision; it takes the place of an earlier draft. Nothing is sent.

    Raises `NotImpartial`, `AnotherDraft`, and what `deciding.decide` would raise, so that no draft can only fail.
    """
    require_decidable(bid, verdict, by)
    earlier = sa.update(BidDecision).where(BidDecision.bid_id == bid.id, *_is_draft())
    db.session.execute(earlier.values(dropped_at=now()))
    values = {"bid_id": bid.id, "verdict": verdict, "reason": reason, "advice": advice}
    values |= {"drafted_at": now(), "drafted_by_id": by.id}
    drafted = db.session.scalar(insert_if_absent(BidDecision, values).returning(BidDecision.id))
    if drafted is None:
        raise AnotherDraft
    return db.session.get_one(BidDecision, drafted)


def require_decidable(bid: Bid, verdict: DecisionKind, by: Account) -> None:
    """Raise what keeps this account from deciding so: `NotImpartial`, `MovedMeanwhile`, an opened poll, a count."""
    require_impartial(bid, by)
    _require_no_appeal(bid)
    if bid.state not in _FROM[verdict]:
        raise deciding.MovedMeanwhile
    if refusal := why_not(bid, verdict):
        raise refusal
    if verdict is DecisionKind.SHORTLIST:
        deciding.require_no_other(bid)


def _require_no_appeal(bid: Bid) -> None:
    """Raise `AppealWaits` where a second look at the bid waits for somebody."""
    asked = sa.select(Appeal.id).join(BidDecision, BidDecision.id == Appeal.decision_id)
    if db.session.scalar(asked.where(BidDecision.bid_id == bid.id, Appeal.decided_at.is_(None)).limit(1)):
        raise AppealWaits


def why_not(bid: Bid, verdict: DecisionKind) -> Refusal | None:
    """Why this bid can't be decided so today, if so; nothing is held, so the answer is only as good as this moment."""
    shares = deciding.shares_of(bid)
    return (deciding.why_not_shortlist if verdict is DecisionKind.SHORTLIST else deciding.why_not_take_out)(shares)


def drop(decision: BidDecision, by: Account) -> None:
    """Throw a draft away. Raises `NotADraft`, `NotImpartial`."""
    require_impartial(decision.bid, by)
    claim = sa.update(BidDecision).where(BidDecision.id == decision.id, *_is_draft())
    if db.session.scalar(claim.values(dropped_at=now()).returning(BidDecision.id)) is None:
        raise NotADraft


def _is_draft() -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return BidDecision.sent_at.is_(None), BidDecision.dropped_at.is_(None)


def send_decisions(round_: Round, decision_ids: Iterable[int], by: Account) -> Sending:
    """Send these drafts of the round: each moves its bid and writes its letters, or stays a draft with a sentence.

    The letters may leave after `CALL_BACK_FOR`.
    """
    rules, planned, result = rules_of(round_.id), when_in(round_), Sending()
    for decision in _whole(BidDecision.id.in_(list(decision_ids)), Bid.round_id == round_.id):
        part = db.session.begin_nested()
        try:
            _send(decision, rules, planned, by)
        except Refusal as refusal:
            part.rollback()
            result.kept.append((decision.bid.reference, str(refusal)))
        else:
            part.commit()
            result.sent.append(decision)
    return result


def _send(decision: BidDecision, rules: Rules, planned: Mapping[int, str], by: Account) -> None:
    """Claim one draft, then move its bid and write its letters."""
    bid, sent_at = decision.bid, now()
    require_impartial(bid, by)
    _require_no_appeal(bid)
    if has_changed_since(bid, decision.drafted_at):
        raise ChangedSince
    is_refusal = decision.verdict is DecisionKind.REFUSE
    if is_refusal and not rules.has_person:
        raise NobodyToRing
    code = new_code() if is_refusal else ""
    claim = sa.update(BidDecision).where(BidDecision.id == decision.id, *_is_draft())
    values = {"sent_at": sent_at, "sent_by_id": by.id, "appeal_tag": typed_tag("appeal", code) or None}
    if db.session.scalar(claim.values(**values).returning(BidDecision.id)) is None:
        raise NotADraft
    before = deciding.decide(bid, _MOVES[decision.verdict], by, decision.reason)
    db.session.refresh(decision)
    decision.from_state = before
    close_queries_of(bid)
    letter = letters.decision_letter(decision, rules, planned, code)
    letters.write_to_group(bid, letter, code=code, decision=decision, not_before=sent_at + CALL_BACK_FOR)


def call_back(decision: BidDecision, by: Account) -> None:
    """Cancel a decision and its letters, and return the bid to where it was. Nobody has read anything.

    Raises `LetterGone` after ten minutes, or when a letter was tried meanwhile; then nothing of it may be committed.
    Raises `MovedMeanwhile`, `VotingHasOpened` and `AnotherStands` where the bid can't return, and `NotImpartial`.
    """
    require_impartial(decision.bid, by)
    claim = sa.update(BidDecision).where(
        BidDecision.id == decision.id, BidDecision.called_back_at.is_(None), BidDecision.sent_at > now() - CALL_BACK_FOR
    )
    if db.session.scalar(claim.values(called_back_at=now()).returning(BidDecision.id)) is None:
        raise LetterGone
    db.session.refresh(decision)
    about = sa.select(GroupLetterCopy.letter_id).join(GroupLetter, GroupLetter.id == GroupLetterCopy.group_letter_id)
    letter_ids = list(db.session.scalars(about.where(GroupLetter.decision_id == decision.id)))
    if call_letters_back(letter_ids) != len(letter_ids):
        raise LetterGone
    if decision.from_state is None:
        raise LookupError("a decision was sent without noting where its bid was")
    reason = "The decision was called back before its letter left."
    deciding.take_back(decision.bid, decision.from_state, by, _MOVES[decision.verdict], reason)


def drafts_of(round_: Round) -> list[BidDecision]:
    """The round's drafts, in the order of their bids."""
    return _whole(Bid.round_id == round_.id, *_is_draft())


def pending_in(round_: Round) -> list[BidDecision]:
    """The round's drafts, and the decisions whose letters can still be called back."""
    is_fresh = sa.and_(BidDecision.sent_at > now() - CALL_BACK_FOR, BidDecision.called_back_at.is_(None))
    return _whole(Bid.round_id == round_.id, sa.or_(sa.and_(*_is_draft()), is_fresh))


def when_in(round_: Round) -> dict[int, str]:
    """When and where each locality of the round votes, and what a group does there, in words."""
    return vote_in_words(round_.id, round_.shares)


def decisions_of(bid: Bid) -> list[BidDecision]:
    """Everything that was decided about the bid, oldest first, drafts too."""
    return list(db.session.scalars(sa.select(BidDecision).where(BidDecision.bid_id == bid.id).order_by(BidDecision.id)))


def decision_numbered(decision_id: int) -> BidDecision | None:
    """One decision, with its bid."""
    return next(iter(_whole(BidDecision.id == decision_id)), None)


def _whole(*conditions: sa.ColumnElement[bool]) -> list[BidDecision]:
    """Decisions with all that their letters say, in a fixed number of statements."""
    bid = orm.contains_eager(BidDecision.bid)
    wanted = sa.select(BidDecision).join(BidDecision.bid).where(*conditions).order_by(Bid.id)
    wanted = wanted.options(
        bid.joinedload(Bid.round, innerjoin=True),
        bid.selectinload(Bid.asks).joinedload(Ask.locality, innerjoin=True),
        named(BidDecision.drafted_by),
        bid.joinedload(Bid.group).selectinload(Group.contacts).options(named(GroupContact.account)),
    )
    return list(db.session.scalars(wanted))


@tracks.found_by
def _tracks(bid_ids: Iterable[int]) -> dict[int, tracks.Track]:
    """One statement, however many bids: each has one open question and one decision that can be called back at most."""
    is_open = sa.and_(Query.bid_id == Bid.id, Query.answered_at.is_(None), Query.closed_at.is_(None))
    is_fresh = sa.and_(
        BidDecision.bid_id == Bid.id, BidDecision.sent_at > now() - CALL_BACK_FOR, BidDecision.called_back_at.is_(None)
    )
    again = sa.exists().where(
        Appeal.decision_id == BidDecision.id, BidDecision.bid_id == Bid.id, Appeal.decided_at.is_(None)
    )
    wanted = (
        sa.select(Bid.id, Query.id, Query.question, Query.answer_by, BidDecision.from_state, again.correlate(Bid))
        .outerjoin(Query, is_open)
        .outerjoin(BidDecision, is_fresh)
        .where(Bid.id.in_(list(bid_ids)))
        .order_by(BidDecision.id.desc())
    )
    return {
        bid_id: tracks.Track(query_id, question or "", answer_by, shown_state, bool(is_looked_at_again))
        for bid_id, query_id, question, answer_by, shown_state, is_looked_at_again in db.session.execute(wanted)
    }
