"""Everything of one award in its order, for whoever answers for it: from the council's decision to the last visit."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pbvote.core.clock import UK, today
from pbvote.core.money import format_money
from pbvote.filters import day
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.mentors.in_force import InForce, in_force
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import periods_of
from pbvote.grants.money.models import PaymentState
from pbvote.grants.money.sums import Sums
from pbvote.grants.monitoring.steps import AwardStep, steps_of
from pbvote.grants.visits.models import CheckIn, Worry
from pbvote.grants.visits.service import FundedGroup, as_seen, check_ins_of
from pbvote.grants.visits.standing import Recent
from pbvote.grants.visits.view import HistoryView
from pbvote.people.models import Account

_AWARD = {
    AwardState.OFFERED: "The group was offered the grant.",
    AwardState.ACCEPTED: "The group accepted.",
    AwardState.DECLINED: "The group declined.",
    AwardState.SIGNED: "The agreement was signed.",
}
_PAYMENT = {
    PaymentState.PLANNED: "Finance was asked to pay {pence} on {on}.",
    PaymentState.PAID: "Finance paid {pence}.",
    PaymentState.FAILED: "The payment of {pence} failed: {words}",
    PaymentState.CANCELLED: "The payment of {pence} was cancelled.",
}


@dataclass(frozen=True, slots=True)
class AwardMoment:
    """Something that happened to an award: a sentence, or a check-in."""

    on: dt.date
    words: str = ""
    by: str = ""
    """Who did it or noted it; "" where nobody is named."""
    check_in: CheckIn | None = None


@dataclass(frozen=True, slots=True)
class AwardPage:
    """One award as its officer sees it."""

    award: Award
    funded: FundedGroup
    periods: Sequence[Mentor]
    seen_to: InForce | None
    history: HistoryView
    happened: Sequence[AwardMoment]
    """What came first stands first."""

    @classmethod
    def of(cls, award: Award, reader: Account) -> "AwardPage":
        """Everything that the page reads."""
        check_ins, periods, steps = check_ins_of(award, with_former=True), periods_of(award), steps_of(award)
        present = periods[-1] if periods and periods[-1].until_on is None else None
        worries = [each.worry for each in check_ins if each.worry and each.worry.is_open]
        recent = Recent(check_ins, sorted(worries, key=lambda worry: (worry.due_on, worry.id)))
        due_on = next((step.on for step in steps if step.what == "visit"), None)
        return cls(
            award=award,
            funded=as_seen(award, present, recent, due_on),
            periods=periods,
            seen_to=in_force([award.id], today()).get(award.id),
            history=HistoryView(check_ins, reader.id, is_desk=True),
            happened=sorted(_happened(award, steps, periods, check_ins), key=lambda each: each.on),
        )

    @property
    def sums(self) -> Sums:
        """Where its money is."""
        return Sums.of([self.award])

    @property
    def worries(self) -> list[Worry]:
        """Those that wait for an answer, the one due first in front."""
        found = [each.worry for each in self.history.check_ins if each.worry and each.worry.is_open]
        return sorted(found, key=lambda worry: (worry.due_on, worry.id))


def _happened(
    award: Award, steps: Sequence[AwardStep], periods: Sequence[Mentor], check_ins: Sequence[CheckIn]
) -> Iterator[AwardMoment]:
    """What happened, of each kind in its order."""
    amount, decision = format_money(award.award_pence, award.event.share.round.currency), award.decision
    yield AwardMoment(decision.decided_on, f"The council awarded {amount}: {decision.reason}", decision.decided_by)
    yield from (AwardMoment(_day_of(step), _said(step, award), step.by) for step in steps if step.what != "visit")
    for period in periods:
        yield AwardMoment(period.from_on, f"{period.account.name} became the mentor, and was introduced.")
        if period.another_asked_at:
            yield AwardMoment(_uk_day(period.another_asked_at), "The group asked for another mentor.")
    yield from (AwardMoment(check_in.met_on, check_in=check_in) for check_in in reversed(check_ins))


def _said(step: AwardStep, award: Award) -> str:
    said: dict[str, Any] = {"pence": format_money(step.pence, award.event.share.round.currency), "words": step.words}
    match step.what:
        case "award":
            return f"{_AWARD[AwardState(step.key)]} {step.words}".rstrip()
        case "call":
            return f"{step.words} rang {step.who} ({step.key}). Finance has the details."
        case "payment":
            second = f" {step.who} confirmed it." if step.who and step.key == PaymentState.PLANNED else ""
            return _PAYMENT[PaymentState(step.key)].format(on=day(step.on) if step.on else "", **said) + second
    return "The group sent back {pence}: {words}".format(**said)


def _day_of(step: AwardStep) -> dt.date:
    """When it happened; of what is still to come, when it was asked for."""
    is_plan = step.what == "payment" and step.key == PaymentState.PLANNED
    return step.on if step.on and not is_plan else _uk_day(step.at)


def _uk_day(moment: dt.datetime | None) -> dt.date:
    return moment.astimezone(UK).date() if moment else today()
