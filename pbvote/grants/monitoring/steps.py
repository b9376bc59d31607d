"""The steps of one award that rows of several rooms tell of, in one statement."""

import datetime as dt
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import UtcDateTime, db
from pbvote.grants.awards.models import Award, AwardHistory
from pbvote.grants.money.models import MoneyReturn, PayeeCheck, Payment, PaymentHistory, PaymentState
from pbvote.grants.visits.models import PlannedVisit
from pbvote.people.models import Account


class AwardStep(NamedTuple):
    """A row of any of them; what a row does not have is "", 0 or None."""

    what: str
    """``award``, ``call``, ``payment``, ``return``, or ``visit`` for the next one."""
    key: str
    """The state that it came to; of a call, what the person spoken to is in the group."""
    at: dt.datetime | None
    """When it was noted."""
    on: dt.date | None
    """The day that was noted."""
    pence: int
    by: str
    """Who noted it."""
    who: str
    """Of a call, whom it reached; of a payment, who confirmed it."""
    words: str
    """Why; of a call, who rang."""


Wanted = sa.Select[Any]


def steps_of(award: Award) -> list[AwardStep]:
    """Every step of the award so far, in the order in which they were noted, and its next visit."""
    parts = [
        part.where(column == award.id) for part, column in (_history(), _calls(), _payments(), _returns(), _visit())
    ]
    return [AwardStep._make(row) for row in db.session.execute(sa.union_all(*parts).order_by("at"))]


def _row(
    what: str,
    *,
    key: Any = None,
    at: Any = None,
    on: Any = None,
    pence: Any = None,
    by: Any = None,
    who: Any = None,
    words: Any = None,
) -> Wanted:
    """The columns of a step, with nothing in those that are not given."""
    nothing = sa.literal("")
    return sa.select(
        sa.literal(what).label("what"),
        nothing if key is None else sa.cast(key, sa.Text()),
        sa.type_coerce(sa.cast(sa.null(), sa.DateTime(timezone=True)) if at is None else at, UtcDateTime()).label("at"),
        sa.cast(sa.null(), sa.Date()) if on is None else on,
        sa.literal(0) if pence is None else pence,
        nothing if by is None else sa.func.coalesce(by, ""),
        nothing if who is None else sa.func.coalesce(who, ""),
        nothing if words is None else words,
    )


def _history() -> tuple[Wanted, Any]:
    said = _row("award", key=AwardHistory.state, at=AwardHistory.at, by=Account.name, words=AwardHistory.words)
    return said.select_from(AwardHistory).outerjoin(AwardHistory.account), AwardHistory.award_id


def _calls() -> tuple[Wanted, Any]:
    of = PayeeCheck
    said = _row("call", key=of.role, at=of.at, on=of.rang_on, by=Account.name, who=of.spoke_to, words=of.rang_by)
    return said.select_from(of).join(Account, Account.id == of.account_id), of.award_id


def _payments() -> tuple[Wanted, Any]:
    second, state = orm.aliased(Account), PaymentHistory.state
    on = sa.case(
        (state == PaymentState.PLANNED, Payment.planned_on),
        (state == PaymentState.PAID, Payment.paid_on),
        (state == PaymentState.FAILED, Payment.failed_on),
    )
    said = {"at": PaymentHistory.at, "pence": Payment.pence, "by": Account.name, "who": second.name}
    wanted = _row("payment", key=state, on=on, words=Payment.why, **said).select_from(PaymentHistory)
    wanted = wanted.join(Payment, Payment.id == PaymentHistory.payment_id).join(PaymentHistory.account)
    return wanted.outerjoin(second, second.id == Payment.confirmed_by_id), Payment.award_id


def _returns() -> tuple[Wanted, Any]:
    of = MoneyReturn
    said = _row("return", at=of.at, on=of.returned_on, pence=of.pence, by=Account.name, words=of.why)
    return said.select_from(of).join(Account, Account.id == of.account_id), of.award_id


def _visit() -> tuple[Wanted, Any]:
    return _row("visit", on=PlannedVisit.due_on).select_from(PlannedVisit), PlannedVisit.award_id
