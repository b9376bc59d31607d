"""A payment above the round's sum takes two people."""

import datetime as dt
from dataclasses import dataclass

from pbvote.core.money import format_money
from pbvote.filters import day
from pbvote.grants.awards.impartial import has_interest
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of
from pbvote.grants.money.paying import NewPayment, plan_payment, require_plannable, takes_two
from pbvote.people.models import Account
from pbvote.vote.acts.kinds import ActKind, register
from pbvote.vote.acts.models import Act
from pbvote.vote.acts.service import About, MayNoLongerAct, ask_for


@dataclass(frozen=True, slots=True)
class Paying:
    """What finance would be asked to pay, and when, as JSON can hold it."""

    number: int
    pence: int
    planned_on: str
    currency: str

    @classmethod
    def of(cls, award: Award, new: NewPayment) -> "Paying":
        """The payment that somebody asks for."""
        return cls(new.number, new.pence, new.planned_on.isoformat(), award.event.share.round.currency)

    @property
    def new(self) -> NewPayment:
        """The same, for the service."""
        return NewPayment(self.number, self.pence, dt.date.fromisoformat(self.planned_on))

    @property
    def in_words(self) -> str:
        """The amount and the day."""
        return f"{format_money(self.pence, self.currency)} on {day(self.new.planned_on)}"


def _pay(act: Act, body: Paying) -> None:
    award = award_of(act.award_id or 0)
    if award is None:
        raise LookupError("an act about an award has one")
    if has_interest(act.asker, award):  # who asked has declared it meanwhile
        raise MayNoLongerAct
    plan_payment(award, body.new, act.asker, act.confirmed_by)


PAY = register(
    ActKind(
        name="pay",
        body=Paying,
        do=_pay,
        asked=lambda body, _award: f"let finance pay {body.in_words}",
        look_first="Did one of us ring the group, on a number that we had before? Are the amount and the day right?",
        button="I have looked, and confirm",
        occasion="a payment",
        said=lambda body: f"Finance is asked to pay {body.in_words}.",
        is_for_witnesses=False,
    )
)


def plan_or_ask(award: Award, new: NewPayment, by: Account) -> bool:
    """Plan the payment, or where it takes two, ask a second person for it; whether it waits for them.

    Raises what `pbvote.grants.money.paying.require_plannable` raises.
    """
    require_plannable(award, new)
    if takes_two(award, new.pence):
        ask_for(PAY, About(award=award.id), Paying.of(award, new), by)
        return True
    plan_payment(award, new, by)
    return False
