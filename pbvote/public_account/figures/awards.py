"""Awards as they stood at the end of a day. Every sum of the public account is made of these rows."""

import datetime as dt

import sqlalchemy as sa

from pbvote.core.clock import end_of
from pbvote.grants.awards.models import Award, AwardHistory, AwardState
from pbvote.grants.money.models import MoneyReturn, Payment


def sum_of(column: sa.SQLColumnExpression[int]) -> sa.ColumnElement[int]:
    """A sum as a whole number, 0 of nothing. PostgreSQL would give a decimal one."""
    return sa.cast(sa.func.coalesce(sa.func.sum(column), 0), sa.BigInteger)


def awards_as_at(day: dt.date) -> sa.Subquery:
    """The awards whose groups had heard by the end of a day.

    Its columns are `award_id`, `event_id`, `bid_id`, `state`, and in pence `awarded`, `paid`, `returned`. What was
    declined by then is here, too: its `state` says so, and nothing was paid for it.
    """
    end = end_of(day)
    state = (
        sa.select(AwardHistory.state)
        .where(AwardHistory.award_id == Award.id, AwardHistory.at < end)
        .order_by(AwardHistory.id.desc())
        .limit(1)
        .correlate(Award)
        .scalar_subquery()
    )
    is_paid = sa.and_(Payment.paid_on <= day, sa.or_(Payment.failed_on.is_(None), Payment.failed_on > day))
    paid = sa.select(sum_of(Payment.pence)).where(Payment.award_id == Award.id, is_paid)
    returned = sa.select(sum_of(MoneyReturn.pence)).where(
        MoneyReturn.award_id == Award.id, MoneyReturn.returned_on <= day
    )
    return (
        sa.select(
            Award.id.label("award_id"),
            Award.event_id,
            Award.bid_id,
            sa.type_coerce(sa.func.coalesce(state, AwardState.OFFERED), Award.state.type).label("state"),
            Award.award_pence.label("awarded"),
            paid.correlate(Award).scalar_subquery().label("paid"),
            returned.correlate(Award).scalar_subquery().label("returned"),
        )
        .where(Award.told_at <= end)
        .subquery("awards")
    )
