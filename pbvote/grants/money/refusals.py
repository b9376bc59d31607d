"""What is refused about money, each with its sentence."""

import datetime as dt

from pbvote.core.money import format_money
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.grants.awards.models import Award, AwardState


class NotUnderWay(Refusal):
    """Money follows the acceptance. None goes to a group that declined, and none moves once a grant is closed."""

    def __init__(self, award: Award) -> None:
        super().__init__(_WHY_NOT.get(award.state, "The group has not accepted this award, so nothing can be paid."))


_WHY_NOT = {
    AwardState.CLOSED: "This grant is closed. Open it again first, on the page of its report.",
    AwardState.DECLINED: "The group gave this award back, so nothing can be paid.",
}


class AllPlanned(Refusal):
    """There is nothing more to ask finance for."""

    def __init__(self, planned_pence: int, paid_pence: int, currency: str) -> None:
        parts = ((planned_pence, "is planned"), (paid_pence, "is paid"))
        said = " and ".join(f"{format_money(pence, currency)} {how}" for pence, how in parts if pence)
        super().__init__(f"Nothing is left to plan: {said}.")


class NoCheck(Refusal):
    """Nobody has made sure whose account it is, or a payment failed since."""

    def __init__(self) -> None:
        super().__init__("Ring the group first, and note the call. The payment rests on it.")


class EnteredMeanwhile(Refusal):
    """Two people entered the same."""

    def __init__(self) -> None:
        super().__init__("Somebody has entered this meanwhile. Look at the page again.")


class PaymentEnded(Refusal):
    """A payment that failed or was cancelled stays so."""

    def __init__(self) -> None:
        super().__init__("This payment has failed or was cancelled. Plan another one.")


class WrongAmount(Refusal):
    """An amount that the equations or the round's rule do not allow."""

    status = 422


class MoreThanLeft(WrongAmount):
    """More than there is to pay, or to send back."""

    def __init__(self, left_pence: int, currency: str) -> None:
        super().__init__(f"Only {format_money(left_pence, currency)} is left.")


class NotAtOnce(WrongAmount):
    """A part, in a round that pays each award at once."""

    def __init__(self, left_pence: int, currency: str) -> None:
        amount = format_money(left_pence, currency)
        super().__init__(f"This round pays each award at once. Enter {amount}.")


class WrongDay(Refusal):
    """A day that can't be: in the future, or before what it follows."""

    status = 422


class InTheFuture(WrongDay):
    """What has happened has a day that has come."""

    def __init__(self) -> None:
        super().__init__("The day can’t be in the future.")


class TooEarly(WrongDay):
    """What follows comes after what it follows."""

    def __init__(self, first: dt.date) -> None:
        super().__init__(f"The day must be on or after {day(first)}.")
