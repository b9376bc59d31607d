"""Plan a payment, and note what became of it. Nothing here commits.

A payment and its award's sum move together: first the award, whose equations decide, then the payment.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.money.checking import check_in_force, end_check, require_day
from pbvote.grants.money.letters import say_failed, say_paid
from pbvote.grants.money.models import MoneyReturn, Payment, PaymentHistory, PaymentState
from pbvote.grants.money.moving import hold, move
from pbvote.grants.money.refusals import (
    AllPlanned,
    EnteredMeanwhile,
    MoreThanLeft,
    NoCheck,
    NotAtOnce,
    TooEarly,
)
from pbvote.grants.money.sums import Sums
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class NewPayment:
    """What finance is asked to pay, in pence. `number` is the award's next, as the page showed it."""

    number: int
    pence: int
    planned_on: dt.date


def takes_two(award: Award, pence: int) -> bool:
    """Whether this payment takes a second person: with the award's others, it passes the round's sum."""
    together = award.planned_pence + award.paid_pence + pence
    return together > award.event.share.round.grant_rules.second_payer_from_pence


def require_plannable(award: Award, new: NewPayment) -> int:
    """The id of the call on which the payment rests; the award is held until the commit.

    Raises `NotUnderWay`, `AllPlanned`, `NoCheck`, `EnteredMeanwhile`, `MoreThanLeft`, `NotAtOnce` and `TooEarly`.
    """
    hold(award)
    require_left(award)
    if new.number != payments_so_far(award) + 1:
        raise EnteredMeanwhile
    left, round_ = Sums.of([award]).to_plan, award.event.share.round
    if new.pence > left:
        raise MoreThanLeft(left, round_.currency)
    if new.pence < left and not round_.grant_rules.instalments:
        raise NotAtOnce(left, round_.currency)
    check = check_in_force(award)
    if check is None:
        raise NoCheck
    if new.planned_on < check.rang_on:
        raise TooEarly(check.rang_on)
    return check.id


def require_left(award: Award) -> None:
    """Raise `AllPlanned` unless there is something that finance is not asked to pay yet."""
    sums = Sums.of([award])
    if not sums.to_plan:
        raise AllPlanned(sums.planned, sums.paid, award.event.share.round.currency)


def plan_payment(award: Award, new: NewPayment, by: Account, confirmed_by_id: int | None = None) -> Payment:
    """Ask finance to pay. `confirmed_by_id` is the second person, where the payment takes one.

    Raises what `require_plannable` raises.
    """
    check_id = require_plannable(award, new)
    payment = Payment(
        award_id=award.id,
        number=new.number,
        pence=new.pence,
        planned_on=new.planned_on,
        check_id=check_id,
        takes_two=confirmed_by_id is not None or takes_two(award, new.pence),
        asked_by_id=by.id,
        confirmed_by_id=confirmed_by_id,
        history=[PaymentHistory(state=PaymentState.PLANNED, account_id=by.id)],
    )
    if not move(award, planned_pence=new.pence):
        raise EnteredMeanwhile
    db.session.add(payment)
    db.session.flush()
    return payment


def payments_so_far(award: Award) -> int:
    """How many payments were planned for this award, whatever became of them."""
    return db.session.scalar(sa.select(sa.func.count(Payment.id)).where(Payment.award_id == award.id)) or 0


def note_paid(award: Award, payment: Payment, paid_on: dt.date, by: Account) -> None:
    """Finance has paid; the group hears of it.

    Raises `NotUnderWay`, `EnteredMeanwhile`, `InTheFuture` and `TooEarly`.
    """
    require_day(paid_on, award.decided_on)
    _move(award, payment, (PaymentState.PLANNED, PaymentState.PAID), by, paid_on=paid_on)
    say_paid(award, payment)


def note_failed(award: Award, payment: Payment, failed_on: dt.date, why: str, by: Account) -> None:
    """It did not reach the group, or came back from the bank: it is to pay again, after another call.

    Raises `NotUnderWay`, `EnteredMeanwhile`, `InTheFuture`, `TooEarly`; and `MoreThanLeft` where the group sent some of
    it back.
    """
    require_day(failed_on, payment.paid_on or award.decided_on)
    kept = award.paid_pence - award.returned_pence
    if payment.state is PaymentState.PAID and payment.pence > kept:
        raise MoreThanLeft(kept, award.event.share.round.currency)
    start = PaymentState.PAID if payment.state is PaymentState.PAID else PaymentState.PLANNED
    _move(award, payment, (start, PaymentState.FAILED), by, failed_on=failed_on, why=why)
    end_check(award)
    say_failed(award, payment)


def cancel_payment(award: Award, payment: Payment, by: Account) -> None:
    """Finance is not to pay it after all. Raises `NotUnderWay` and `EnteredMeanwhile`."""
    _move(award, payment, (PaymentState.PLANNED, PaymentState.CANCELLED), by)


_SUMS = {PaymentState.PLANNED: "planned_pence", PaymentState.PAID: "paid_pence"}
"""In which of the award's sums a payment stands; in none once it failed or was cancelled."""


def _move(award: Award, payment: Payment, way: tuple[PaymentState, PaymentState], by: Account, **noted: Any) -> None:
    hold(award)
    start, end = way
    if not move(award, **{name: _sign(state, way) * payment.pence for state, name in _SUMS.items() if state in way}):
        raise EnteredMeanwhile
    claim = sa.update(Payment).where(Payment.id == payment.id, Payment.state == start).values(state=end, **noted)
    if db.session.scalar(claim.returning(Payment.id)) is None:
        raise EnteredMeanwhile
    db.session.refresh(payment)
    payment.history.append(PaymentHistory(state=end, account_id=by.id))
    db.session.flush()


def _sign(state: PaymentState, way: tuple[PaymentState, PaymentState]) -> int:
    return 1 if state is way[1] else -1


@dataclass(frozen=True, slots=True)
class SentBack:
    """What a group sent back, in pence. `number` is the award's next return, as the page showed it."""

    number: int
    pence: int
    returned_on: dt.date
    why: str


def note_return(award: Award, sent: SentBack, by: Account) -> MoneyReturn:
    """A group has sent money back, on the day of the first payment at the earliest.

    Raises `NotUnderWay`, `EnteredMeanwhile`, `MoreThanLeft`, `InTheFuture` and `TooEarly`.
    """
    hold(award)
    require_day(sent.returned_on, first_paid_on(award) or award.decided_on)
    if sent.number != returns_so_far(award) + 1:
        raise EnteredMeanwhile
    if not move(award, returned_pence=sent.pence):
        raise MoreThanLeft(award.paid_pence - award.returned_pence, award.event.share.round.currency)
    made = MoneyReturn(
        award_id=award.id,
        number=sent.number,
        pence=sent.pence,
        returned_on=sent.returned_on,
        why=sent.why,
        account_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def first_paid_on(award: Award) -> dt.date | None:
    """The day of the award's first payment that reached the group; None before."""
    paid = sa.select(sa.func.min(Payment.paid_on))
    return db.session.scalar(paid.where(Payment.award_id == award.id, Payment.state == PaymentState.PAID))


def returns_so_far(award: Award) -> int:
    """How many returns were noted for this award."""
    return db.session.scalar(sa.select(sa.func.count(MoneyReturn.id)).where(MoneyReturn.award_id == award.id)) or 0
