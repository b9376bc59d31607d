"""The steps of one award that rows of several rooms tell of, in one statement."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import UtcDateTime, db
from pbvote.grants.awards.models import Award, AwardHistory
from pbvote.grants.money.models import MoneyReturn, PayeeCheck, Payment, PaymentHistory, PaymentState
from pbvote.grants.promises.models import Acceptance, Promise
from pbvote.grants.reports.models import ChangeRequest, FormerReport, Report
from pbvote.grants.reports.receipt_models import ReceiptsRequest
from pbvote.people.models import Account


class AwardStep(NamedTuple):
    """A row of any of them; what a row does not have is "", 0 or None."""

    what: str
    """``award``, ``acceptance`` and its ``second``, ``call``, ``payment``, ``return``; a kept ``promise``; a
    ``report``, that it was ``corrected``, its ``thanks``, what is ``left``, its ``use``; what was ``asked`` and
    ``answered``; ``receipts`` that an officer asked for.
    """
    key: str
    """The state that it came to; what somebody is in the group; how a promise was kept or a report came; what a group
    asked for, and whether it may.
    """
    at: dt.datetime | None
    """When it was noted."""
    on: dt.date | None
    """The day that was noted."""
    pence: int
    by: str
    """Who noted it."""
    who: str
    """Of a call, whom it reached; of a payment, who confirmed it; of an acceptance, who accepts or confirms."""
    words: str
    """Why, or what; of a call, who rang."""


Wanted = sa.Select[Any]


def steps_of(award: Award) -> list[AwardStep]:
    """Every step of the award so far, in the order in which they were noted."""
    of_money = (_calls(), _payments(), _returns())
    told = (_history(), *_acceptance(), *of_money, _promises(), *_report(), *_receipts(), *_changes())
    parts = [part.where(column == award.id) for part, column in told]
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


def _acceptance() -> Iterator[tuple[Wanted, Any]]:
    of = Acceptance
    said = _row("acceptance", key=of.role, at=of.accepted_at, by=Account.name, who=of.name)
    yield said.select_from(of).join(Account, Account.id == of.account_id), of.award_id
    second = _row("second", at=of.confirmed_at, who=of.second_name).select_from(of)
    yield second.where(of.confirmed_at.is_not(None)), of.award_id


def _promises() -> tuple[Wanted, Any]:
    of = Promise
    said = _row("promise", key=of.kept_by, on=of.kept_on, by=Account.name, words=of.words).select_from(of)
    return said.join(Account, Account.id == of.account_id).where(of.is_kept), of.award_id


def _report() -> Iterator[tuple[Wanted, Any]]:
    """That it came, and what an officer did with it."""
    of, left = Report, sa.case((Report.is_left_kept.is_(True), "keeps"), else_="sends back")
    moments = (
        (of.sent_by_id, _row("report", key=of.manner, at=of.sent_at, by=Account.name)),
        (of.answered_by_id, _row("thanks", at=of.answered_at, by=Account.name, words=of.answer)),
        (of.left_agreed_by_id, _row("left", key=left, at=of.left_agreed_at, pence=of.left_pence, by=Account.name)),
    )
    for by_id, said in moments:
        yield said.select_from(of).join(Account, Account.id == by_id), of.award_id
    before = FormerReport
    corrected = _row("corrected", at=before.corrected_at, by=Account.name, words=before.why).select_from(before)
    corrected = corrected.join(Account, Account.id == before.corrected_by_id).join(of, of.id == before.report_id)
    yield corrected, of.award_id
    use = _row("use", at=of.used_at, words=of.used_in).select_from(of)
    yield use.where(of.used_at.is_not(None)), of.award_id


def _receipts() -> Iterator[tuple[Wanted, Any]]:
    """That an officer asked for receipts, or needs them no more."""
    of = ReceiptsRequest
    asked = _row("receipts", key=sa.literal("asked"), at=of.asked_at, by=Account.name, words=of.reason)
    yield asked.select_from(of).join(Account, Account.id == of.asked_by_id), of.award_id
    back = _row("receipts", key=sa.literal("taken back"), at=of.taken_back_at, by=Account.name)
    yield back.select_from(of).join(Account, Account.id == of.taken_back_by_id), of.award_id


def _changes() -> Iterator[tuple[Wanted, Any]]:
    """What the group asked for, and what it was told."""
    of, pence = ChangeRequest, sa.func.coalesce(ChangeRequest.moved_pence, 0)
    asked = _row("asked", key=of.kind, at=of.asked_at, on=of.ends_on, pence=pence, by=Account.name, words=of.words)
    yield asked.select_from(of).join(Account, Account.id == of.asked_by_id), of.award_id
    may = sa.case((of.is_granted.is_(True), "yes"), else_="no")
    answered = _row("answered", key=may, at=of.answered_at, by=Account.name, words=of.answer)
    yield answered.select_from(of).join(Account, Account.id == of.answered_by_id), of.award_id


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
