"""What a group is told of its money: a sentence or two under My grants, and a station of its bid's way."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.call.bids.progress import Standing, Station, told_by
from pbvote.core.money import format_money
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.awards.counting import counted_on_boards
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.telling import told_of_awards
from pbvote.grants.money.models import Payment, PaymentState
from pbvote.grants.money.service import AwardPayments, paid_for


@told_of_awards
def where_the_money_is(awards: Sequence[Award]) -> dict[int, str]:
    """In a sentence or two, where the money of each award is; nothing while finance is asked for none."""
    said = {each.award.id: " ".join(_said(each)) for each in paid_for(awards)}
    return {award_id: words for award_id, words in said.items() if words}


@counted_on_boards("to-pay", "Money to pay")
def not_all_paid() -> sa.Select[int, int]:
    """The awards of which something is still to be paid, whether or not it is planned; no closed one is."""
    return sa.select(Award.id, sa.literal(1)).where(Award.is_running, Award.paid_pence < Award.award_pence)


def _said(money: AwardPayments) -> Iterator[str]:
    currency = money.award.event.share.round.currency
    if money.paid:
        yield f"The council paid {_each(money.paid, currency)}."
    if money.planned:
        yield f"The council plans to pay {_each(money.planned, currency)}."
    elif money.payments and money.payments[-1].state is PaymentState.FAILED:
        amount = format_money(money.payments[-1].pence, currency)
        yield f"The payment of {amount} did not reach you. We ring you about it."
    elif money.paid and money.sums.to_pay:
        yield f"{format_money(money.sums.to_pay, currency)} is still to come."
    if money.sums.returned:
        yield f"You sent back {format_money(money.sums.returned, currency)}."


def _each(payments: Sequence[Payment], currency: str) -> str:
    """Amounts with their days: ``£1,000 on 4 August 2014 and £450 on 1 October 2014``."""
    parts = [
        f"{format_money(payment.pence, currency)} on {day(payment.paid_on or payment.planned_on)}"
        for payment in payments
    ]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


_PAID = Standing(Station.PAID, "The council has paid. My grants says how much and when.")


@told_by
def _paid(bids: Sequence[Bid]) -> dict[int, Standing]:
    """Which of these bids have had money."""
    wanted = sa.select(Award.bid_id).where(Award.bid_id.in_([bid.id for bid in bids]), Award.paid_pence > 0)
    return dict.fromkeys(db.session.scalars(wanted), _PAID)
