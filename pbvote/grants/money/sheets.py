"""Where the money of an event's awards is, as a table."""

from collections.abc import Sequence

from pbvote.grants.money.service import AwardMoney, MoneyStep
from pbvote.spreadsheets.tables import Cell, Column, Kind, Table, money_column
from pbvote.vote.events.models import Event

STEPS = {
    MoneyStep.DECLINED: "Declined",
    MoneyStep.ACCEPT: "The group answers",
    MoneyStep.RING: "Ring the group",
    MoneyStep.PLAN: "Plan the payment",
    MoneyStep.PAY: "Finance pays",
    MoneyStep.DONE: "All is paid",
}


def money_table(event: Event, rows: Sequence[AwardMoney]) -> Table:
    """Awarded = paid + to pay; paid = sent back + with the group. A declined award is in no sum, so it has none."""
    columns = (
        Column("Number", width=10),
        Column("Project", width=30),
        Column("Group", width=30),
        *(
            money_column(name, event.share.round.currency)
            for name in ("Awarded", "Paid", "To pay", "Sent back", "With the group")
        ),
        Column("Last paid on", Kind.DAY, 18),
        Column("Next", width=20),
    )
    return Table(f"Money, {event.name}", columns, [_row(row) for row in rows])


def _row(money: AwardMoney) -> Sequence[Cell]:
    bid, sums = money.award.bid, money.sums
    days = [payment.paid_on for payment in money.paid if payment.paid_on]
    amounts = (sums.awarded, sums.paid, sums.to_pay, sums.returned, sums.with_group)
    about = (bid.reference, bid.title, bid.group.name if bid.group else "")
    return (*about, *amounts, max(days, default=None), STEPS[money.step])
