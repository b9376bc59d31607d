"""What groups are written about their money. Nothing here commits."""

from pbvote.call.bids.letters import tell_group
from pbvote.call.checking.checklist import rules_of
from pbvote.call.checking.letters import whom_to_ask
from pbvote.core.money import format_money
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.money.models import Payment

NEVER = "We never ask for bank details by e-mail."


def say_paid(award: Award, payment: Payment) -> None:
    """The money is on its way."""
    amount = format_money(payment.pence, award.event.share.round.currency)
    when = day(payment.paid_on) if payment.paid_on else "today"
    tell_group(
        award.bid,
        f"The money is on its way: {amount}",
        f"The council paid {amount} for “{award.bid.title}” on {when}. "
        f"It can take three working days to arrive. {_ask(award, 'Has it not come by then?')}",
    )


def say_failed(award: Award, payment: Payment) -> None:
    """The money did not arrive, and what happens now."""
    amount = format_money(payment.pence, award.event.share.round.currency)
    tell_group(
        award.bid,
        f"The payment did not arrive: {amount}",
        f"Our payment of {amount} for “{award.bid.title}” did not reach your account. Nothing is lost. "
        f"We ring you about the details and then pay again. {NEVER}",
    )


def _ask(award: Award, question: str) -> str:
    return whom_to_ask(rules_of(award.event.share.round_id), question)
