"""Worries: who answers, until when, and that the member reads it. Nothing here commits."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now, today
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.awards.impartial import group_of, officers_apart_from
from pbvote.grants.awards.models import Award, AwardHistory, AwardState
from pbvote.grants.visits import worry_letters
from pbvote.grants.visits.models import CheckIn, Worry
from pbvote.people.models import Account

DAYS_TO_ANSWER = 5
"""Working days, from the day on which the worry was logged."""


class AlreadyAnswered(Refusal):
    """The first answer is the one that the member reads."""

    def __init__(self) -> None:
        super().__init__("Somebody has answered this worry meanwhile. The member reads the first answer.")


class NoSuchOfficer(Refusal):
    """A worry belongs to an organiser who can sign in, and who does not belong to the group."""

    def __init__(self) -> None:
        super().__init__("Choose an organiser who can sign in and does not belong to the group.")


def raise_worry(award: Award, check_in_id: int, member: Account) -> Worry:
    """Make the worry that a check-in tells of, with its officer and its day, and write to that officer at once."""
    officer = officer_for(award.id, rather_not=member.id)
    due_on = working_days_after(today(), DAYS_TO_ANSWER)
    worry = Worry(check_in_id=check_in_id, award_id=award.id, officer=officer, due_on=due_on)
    db.session.add(worry)
    db.session.flush()
    if officer:
        worry_letters.say_worried(worry, officer)
    return worry


def officers_for(award_id: int) -> Sequence[Account]:
    """The organisers who can sign in and do not belong to the award's group, by name."""
    return db.session.scalars(officers_apart_from(group_of(award_id)).order_by(Account.name, Account.id)).all()


def officer_for(award_id: int, *, rather_not: int) -> Account | None:
    """The organiser who sees to something about an award; None where no such organiser can sign in.

    It is whoever made the offer, else who has the fewest open worries; never who belongs to the group. The account
    `rather_not` comes last: nobody answers their own worry, or stands in for themselves, if others can.
    """
    offered = sa.select(AwardHistory.account_id).where(AwardHistory.state == AwardState.OFFERED)
    offered = offered.where(AwardHistory.award_id == award_id).order_by(AwardHistory.id).limit(1)
    is_theirs = sa.case((Account.id == offered.scalar_subquery(), 0), else_=1)
    is_own = sa.case((Account.id == rather_not, 1), else_=0)
    load = sa.select(sa.func.count()).select_from(Worry)
    load = load.where(Worry.officer_id == Account.id, Worry.answered_at.is_(None))
    wanted = officers_apart_from(group_of(award_id)).order_by(
        is_own, is_theirs, load.correlate(Account).scalar_subquery(), Account.id
    )
    return db.session.scalars(wanted.limit(1)).first()


def worry_with(worry_id: int) -> Worry | None:
    """The worry with this id, with everything that its page shows."""
    return db.session.scalar(_whole().where(Worry.id == worry_id))


def _whole() -> sa.Select[Worry]:
    check_in = orm.joinedload(Worry.check_in, innerjoin=True)
    return sa.select(Worry).options(
        check_in.joinedload(CheckIn.account, innerjoin=True).lazyload(Account.grants),
        check_in.selectinload(CheckIn.corrections),
        orm.joinedload(Worry.officer).lazyload(Account.grants),
        orm.joinedload(Worry.answered_by).lazyload(Account.grants),
    )


def require_open(worry: Worry) -> None:
    """Raise `AlreadyAnswered` once somebody has answered."""
    if not worry.is_open:
        raise AlreadyAnswered


def answer_worry(worry: Worry, words: str, by: Account) -> None:
    """Answer the member, and write to them that they are answered. Raises `AlreadyAnswered`: the first answer stays."""
    claim = sa.update(Worry).where(Worry.id == worry.id, Worry.answered_at.is_(None))
    claim = claim.values(answer=words, answered_at=now(), answered_by_id=by.id)
    _claimed(worry, claim)
    worry_letters.say_answered(worry, by)


def give_worry(worry: Worry, officer_id: int) -> Account:
    """Let another officer see to it by the same day, and write to them.

    Raises `AlreadyAnswered` and `NoSuchOfficer`.
    """
    apart = officers_apart_from(group_of(worry.award_id))
    officer = db.session.scalar(apart.where(Account.id == officer_id))
    if officer is None:
        raise NoSuchOfficer
    still = sa.update(Worry).where(Worry.id == worry.id, Worry.answered_at.is_(None))
    _claimed(worry, still.values(officer_id=officer.id))
    worry_letters.say_given(worry, officer)
    return officer


def _claimed(worry: Worry, claim: sa.Update) -> None:
    """Do it unless somebody has answered; one statement decides."""
    if db.session.scalar(claim.returning(Worry.id)) is None:
        raise AlreadyAnswered
    db.session.refresh(worry, ["officer_id", "is_officer_close", "answer", "answered_at", "answered_by_id"])
