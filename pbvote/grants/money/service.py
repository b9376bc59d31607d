"""Read where the money of awards is. Nothing here commits."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.decisions import CountedRows, counted_rows
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.money.models import MoneyReturn, PayeeCheck, Payment, PaymentHistory, PaymentState
from pbvote.grants.money.sums import Sums
from pbvote.people.models import Account


class MoneyStep(enum.StrEnum):
    """What comes next for an award's money."""

    DECLINED = "declined"
    ACCEPT = "accept"
    """The group has not accepted it."""
    RING = "ring"
    """Somebody rings the group, so that finance has its details."""
    PLAN = "plan"
    PAY = "pay"
    """Finance is asked to pay."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class AwardPayments:
    """An award and its payments."""

    award: Award
    payments: Sequence[Payment]
    """In the order in which they were planned, whatever became of them."""

    @property
    def sums(self) -> Sums:
        """Where the money is."""
        return Sums.of([self.award])

    @property
    def planned(self) -> list[Payment]:
        """What finance is asked to pay."""
        return [payment for payment in self.payments if payment.state is PaymentState.PLANNED]

    @property
    def paid(self) -> list[Payment]:
        """What finance has paid."""
        return [payment for payment in self.payments if payment.state is PaymentState.PAID]


@dataclass(frozen=True, slots=True)
class AwardMoney(AwardPayments):
    """An award, where its money is, and what comes next."""

    has_check: bool
    """Whether a payment can rest on a call."""

    @property
    def step(self) -> MoneyStep:
        """What comes next."""
        if not self.award.is_under_way:
            return _NO_MONEY_MOVES[self.award.state]
        if self.sums.to_plan:
            return MoneyStep.PLAN if self.has_check else MoneyStep.RING
        return MoneyStep.PAY if self.planned else MoneyStep.DONE


_NO_MONEY_MOVES = {
    AwardState.OFFERED: MoneyStep.ACCEPT,
    AwardState.WAITS_FOR_SECOND: MoneyStep.ACCEPT,
    AwardState.DECLINED: MoneyStep.DECLINED,
    AwardState.CLOSED: MoneyStep.DONE,
}


def paid_for(awards: Sequence[Award]) -> list[AwardPayments]:
    """Each award's payments, in one statement."""
    payments: dict[int, list[Payment]] = {award.id: [] for award in awards}
    wanted = sa.select(Payment).where(Payment.award_id.in_(payments)).order_by(Payment.award_id, Payment.number)
    for payment in db.session.scalars(wanted):
        payments[payment.award_id].append(payment)
    return [AwardPayments(award, payments[award.id]) for award in awards]


def money_of(awards: Sequence[Award]) -> list[AwardMoney]:
    """Each award's payments and whether it can be paid, in two statements."""
    ids = [award.id for award in awards]
    wanted = sa.select(PayeeCheck.award_id).where(PayeeCheck.award_id.in_(ids), PayeeCheck.is_in_force)
    checked = set(db.session.scalars(wanted))
    return [AwardMoney(each.award, each.payments, each.award.id in checked) for each in paid_for(awards)]


def payments_of(award: Award) -> Sequence[Payment]:
    """The award's payments, with who asked, who confirmed, and who moved them."""
    wanted = sa.select(Payment).where(Payment.award_id == award.id).order_by(Payment.number)
    people = (Payment.asked_by, Payment.confirmed_by)
    wanted = wanted.options(*(orm.joinedload(person).lazyload(Account.grants) for person in people))
    history = orm.selectinload(Payment.history).joinedload(PaymentHistory.account).lazyload(Account.grants)
    return db.session.scalars(wanted.options(history)).all()


def payment_of(award: Award, number: int) -> Payment | None:
    """The award's payment with this number."""
    return db.session.scalar(sa.select(Payment).where(Payment.award_id == award.id, Payment.number == number))


def returns_of(award: Award) -> Sequence[MoneyReturn]:
    """What the group sent back, in the order in which it was noted."""
    wanted = sa.select(MoneyReturn).where(MoneyReturn.award_id == award.id).order_by(MoneyReturn.number)
    return db.session.scalars(wanted).all()


class MoneyToDo(enum.StrEnum):
    """What there is to do about the money of an event's awards."""

    PLAN = "to_plan"
    """Awards that are signed, and a part of whose money is not planned."""
    NOTE = "to_note"
    """Payments whose day has passed without a word."""


def money_to_do(event_ids: Sequence[int]) -> list[CountedRows]:
    """What there is to do about the money of each event's awards, to be counted with `how_far`."""
    waits = Award.state == AwardState.SIGNED, Award.planned_pence + Award.paid_pence < Award.award_pence
    has_passed = Payment.state == PaymentState.PLANNED, Payment.planned_on < today()
    number = sa.func.count()
    to_plan = counted_rows(Award.event_id, sa.literal(MoneyToDo.PLAN.value), number).where(*waits)
    to_note = counted_rows(Award.event_id, sa.literal(MoneyToDo.NOTE.value), number)
    to_note = to_note.join(Payment, Payment.award_id == Award.id).where(*has_passed)
    return [rows.where(Award.event_id.in_(event_ids)).group_by(Award.event_id) for rows in (to_plan, to_note)]


def note_in_words(number: int) -> str:
    """What an organiser does about payments whose day has passed."""
    return f"Note whether {number} {'payment was' if number == 1 else 'payments were'} made"
