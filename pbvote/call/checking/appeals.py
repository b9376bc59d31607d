"""“Ask us to look again”: once, in a few words, decided by somebody else. Nothing here commits."""

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids import deciding
from pbvote.call.bids.models import Ask, Bid, BidState
from pbvote.call.checking import letters
from pbvote.call.checking.checklist import rules_of
from pbvote.call.checking.interests import require_impartial
from pbvote.call.checking.models import Appeal, BidDecision
from pbvote.call.checking.names import named
from pbvote.call.checking.tags import NoSuchLink, typed_tag
from pbvote.call.groups.models import Group, GroupContact
from pbvote.core.clock import now
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.people.models import Account

MOST_WORDS = 150


class AskedBefore(Refusal):
    """Once for each refusal."""

    def __init__(self) -> None:
        super().__init__("You have asked us to look again at this bid. That can be done once. We write to you.")


class NothingToLookAt(Refusal):
    """The bid is no longer refused."""

    def __init__(self) -> None:
        super().__init__("This bid is no longer refused, so there is nothing to look at again.")


class DecidedSince(Refusal):
    """The bid was let in after this refusal, and refused once more."""

    def __init__(self) -> None:
        super().__init__("We have decided about this bid again since then. Use the link in our newest letter.")


class DecidedItself(Refusal):
    """A second look is somebody else's."""

    def __init__(self) -> None:
        super().__init__("You refused this bid, so somebody else looks at it again.")


class AppealDecided(Refusal):
    """Somebody was quicker."""

    def __init__(self) -> None:
        super().__init__("Somebody has looked at this bid again meanwhile.")


def refusal_with(typed: str) -> BidDecision:
    """The refusal whose letter has this code. Raises `NoSuchLink`."""
    wanted = _refusals().where(
        BidDecision.appeal_tag == typed_tag("appeal", typed), BidDecision.called_back_at.is_(None)
    )
    decision = db.session.scalar(wanted)
    if decision is None:
        raise NoSuchLink(typed)
    return decision


def why_not_ask(decision: BidDecision) -> Refusal | None:
    """Why the group can't ask for a second look at this refusal, if so."""
    if db.session.scalar(sa.select(Appeal.id).where(Appeal.decision_id == decision.id)):
        return AskedBefore()
    if decision.bid.state is not BidState.REFUSED:
        return NothingToLookAt()
    if _has_newer(decision):
        return DecidedSince()
    return deciding.why_not_shortlist(deciding.shares_of(decision.bid))


def _has_newer(decision: BidDecision) -> bool:
    """Whether another decision about the bid counts now: whoever made that one must not look at it again."""
    newer = sa.exists().where(
        BidDecision.bid_id == decision.bid_id,
        BidDecision.sent_at > decision.sent_at,
        BidDecision.called_back_at.is_(None),
    )
    return bool(db.session.scalar(sa.select(newer)))


def ask_again(decision: BidDecision, words: str) -> Appeal:
    """Ask for a second look.

    Raises `AskedBefore`, `NothingToLookAt`, `DecidedSince`, and `VotingHasOpened` where it comes too late.
    """
    if refusal := why_not_ask(decision):
        raise refusal
    values = {"decision_id": decision.id, "words": words, "asked_at": now(), "answer": ""}
    asked = db.session.scalar(insert_if_absent(Appeal, values).returning(Appeal.id))
    if asked is None:
        raise AskedBefore
    return db.session.get_one(Appeal, asked)


def let_in(appeal: Appeal, by: Account, answer: str) -> None:
    """Put the bid on the shortlist after all, and tell the group.

    Raises `DecidedItself`, `NotImpartial`, `AppealDecided`, and what `deciding.decide` raises.
    """
    _claim(appeal, by, answer, is_let_in=True)
    bid = appeal.decision.bid
    deciding.decide(bid, BidState.SHORTLISTED, by, f"Looked at again. {answer}".strip())
    letters.write_to_group(bid, letters.let_in_letter(appeal))


def uphold(appeal: Appeal, by: Account, answer: str) -> None:
    """Let the refusal stand, and tell the group why. Raises `DecidedItself`, `NotImpartial` and `AppealDecided`."""
    _claim(appeal, by, answer, is_let_in=False)
    bid = appeal.decision.bid
    letters.write_to_group(bid, letters.upheld_letter(appeal, rules_of(bid.round_id)))


def has_refused(decision: BidDecision, account: Account) -> bool:
    """Whether this account drafted or sent the refusal."""
    return account.id in (decision.drafted_by_id, decision.sent_by_id)


def _claim(appeal: Appeal, by: Account, answer: str, *, is_let_in: bool) -> None:
    """Decide about an appeal, once."""
    if has_refused(appeal.decision, by):
        raise DecidedItself
    require_impartial(appeal.decision.bid, by)
    claim = sa.update(Appeal).where(Appeal.id == appeal.id, Appeal.decided_at.is_(None))
    values = {"decided_at": now(), "decided_by_id": by.id, "is_let_in": is_let_in, "answer": answer}
    if db.session.scalar(claim.values(**values).returning(Appeal.id)) is None:
        raise AppealDecided
    db.session.refresh(appeal)


def appeal_numbered(appeal_id: int) -> Appeal | None:
    """One appeal, with its refusal and its bid."""
    names = named(Appeal.decided_by), named(Appeal.decision, BidDecision.drafted_by)
    return db.session.get(Appeal, appeal_id, options=names)


def _refusals() -> sa.Select[BidDecision]:
    bid = orm.contains_eager(BidDecision.bid)
    return (
        sa.select(BidDecision)
        .join(BidDecision.bid)
        .options(
            bid.joinedload(Bid.round, innerjoin=True),
            bid.selectinload(Bid.asks).joinedload(Ask.locality, innerjoin=True),
            bid.joinedload(Bid.group).selectinload(Group.contacts).joinedload(GroupContact.account, innerjoin=True),
        )
    )
