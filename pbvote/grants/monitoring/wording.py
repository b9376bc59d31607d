"""The steps of an award in words, and on which day each happened."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from pbvote.core.clock import UK, today
from pbvote.core.money import format_money
from pbvote.filters import day
from pbvote.grants.awards.models import AwardState
from pbvote.grants.money.models import PaymentState
from pbvote.grants.monitoring.steps import AwardStep
from pbvote.grants.promises.models import KeptBy
from pbvote.grants.reports.models import ChangeKind, ReportManner

_ANSWERS = {AwardState.WAITS_FOR_SECOND, AwardState.ACCEPTED}
_AWARD = {
    AwardState.OFFERED: "The group was offered the grant.",
    AwardState.WAITS_FOR_SECOND: "The group accepted. A second person is to confirm.",
    AwardState.ACCEPTED: "The group accepted.",
    AwardState.DECLINED: "The group declined.",
    AwardState.SIGNED: "The agreement was signed.",
    AwardState.CLOSED: "The grant was closed.",
}
_PAYMENT = {
    PaymentState.PLANNED: "Finance was asked to pay {pence} on {on}.",
    PaymentState.PAID: "Finance paid {pence}.",
    PaymentState.FAILED: "The payment of {pence} failed: {words}",
    PaymentState.CANCELLED: "The payment of {pence} was cancelled.",
}
_KEPT = {KeptBy.CHECK_IN: "at a check-in", KeptBy.REPORT: "in the report", KeptBy.DESK: "by an organiser"}
_REPORT = {
    ReportManner.WRITTEN: "The group sent its report.",
    ReportManner.SPOKEN: "The group told its mentor, who wrote the report down.",
    ReportManner.TYPED_IN: "An organiser wrote the report down.",
    ReportManner.VISIT: "The group said that a visit tells it all. That is its report.",
}
_RECEIPTS = {"asked": "The group was asked for its receipts: {words}", "taken back": "The receipts are not needed."}
_CHANGE = {
    ChangeKind.MORE_TIME: "The group asked for more time",
    ChangeKind.SPEND_DIFFERENTLY: "The group asked to spend {pence} differently",
    ChangeKind.CORRECT_REPORT: "The group asked to correct its report",
}


def told(steps: Sequence[AwardStep]) -> Iterator[AwardStep]:
    """The steps that are told. What a group accepted tells of its answer, where it is kept.

    A grant that is closed and then in another state was opened again.
    """
    is_kept, is_closed = any(step.what == "acceptance" for step in steps), False
    for step in steps:
        if step.what == "award":
            is_opened, is_closed = is_closed, step.key == AwardState.CLOSED
            if is_opened:
                yield step._replace(what="opened")
            elif not is_kept or step.key not in _ANSWERS:
                yield step
        else:
            yield step


def in_words(step: AwardStep, currency: str) -> str:
    """The step in a sentence or two."""
    return ended(_SAID[step.what](step, format_money(step.pence, currency)))


def ended(words: str) -> str:
    """With a full stop, where whoever typed the end of it left that out."""
    return words if words.endswith((".", "!", "?", "…", "”")) else f"{words}."


def _of_payment(step: AwardStep, pence: str) -> str:
    said = _PAYMENT[PaymentState(step.key)].format(on=day(step.on) if step.on else "", pence=pence, words=step.words)
    return f"{said} {step.who} confirmed it." if step.who and step.key == PaymentState.PLANNED else said


def _of_change(step: AwardStep, pence: str) -> str:
    until = f", until {day(step.on)}" if step.on else ""
    return f"{_CHANGE[ChangeKind(step.key)].format(pence=pence)}{until}: {step.words}"


_SAID: Mapping[str, Callable[[AwardStep, str], str]] = {
    "award": lambda step, _: f"{_AWARD[AwardState(step.key)]} {step.words}".rstrip(),
    "opened": lambda step, _: f"The grant was opened again. {step.words}".rstrip(),
    "acceptance": lambda step, _: f"The group accepted: {step.who}, {step.key}.",
    "second": lambda step, _: f"{step.who} confirmed that the group accepts.",
    "call": lambda step, _: f"{step.words} rang {step.who} ({step.key}). Finance has the details.",
    "payment": _of_payment,
    "return": lambda step, pence: f"The group sent back {pence}: {step.words}",
    "promise": lambda step, _: f"A promise was kept, as was said {_KEPT[KeptBy(step.key)]}: {step.words}",
    "report": lambda step, _: _REPORT[ReportManner(step.key)],
    "receipts": lambda step, _: _RECEIPTS[step.key].format(words=step.words),
    "corrected": lambda step, _: f"The report was corrected: {step.words}",
    "thanks": lambda step, _: f"The group was thanked for its report: {step.words}",
    "left": lambda step, pence: f"It was agreed that the group {step.key} what is left, {pence}.",
    "use": lambda step, _: f"The report was used: {step.words}",
    "asked": _of_change,
    "answered": lambda step, _: f"The council said {step.key}: {step.words}",
}


def day_of(step: AwardStep) -> dt.date:
    """When it happened; of what is still to come, when it was asked for."""
    is_ahead = (step.what == "payment" and step.key == PaymentState.PLANNED) or step.what == "asked"
    return step.on if step.on and not is_ahead else uk_day(step.at)


def uk_day(moment: dt.datetime | None) -> dt.date:
    """The day of a moment in the United Kingdom."""
    return moment.astimezone(UK).date() if moment else today()
