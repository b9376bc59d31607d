"""Settle how an event's day goes. Nothing here commits."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from pbvote.errors import Refusal
from pbvote.vote.events.models import Event


class DayFixed(Refusal):
    """A part of the day that people already go by."""


Lock = tuple[Callable[[Event], bool], str]
_OPENED: Final[Lock] = (lambda event: not event.takes_changes, "Voting has opened, so the doors have too.")
_CLOSED: Final[Lock] = (lambda event: not event.takes_slips, "Voting has closed.")

LOCKS: Final[Mapping[str, Lock]] = {
    "doors": _OPENED,
    "welcome_minutes": _OPENED,
    "question_minutes": _CLOSED,
    "changeover_minutes": _CLOSED,
    "vote_minutes": _CLOSED,
    "last_call_minutes": _CLOSED,
    "count_minutes": _CLOSED,
    "announcement": (
        lambda event: not event.is_before_count,
        "The votes are counted. Nobody chooses the order with the result in mind.",
    ),
    "latecomers": (
        lambda event: not event.takes_changes,
        "Voting has opened. The rule is printed, and it is the same for everybody.",
    ),
    "door_list": (lambda event: not event.takes_changes, "Voting has opened, and the door keeps what it began with."),
    "languages": (lambda event: event.share.is_locked, "Slips are printed, and papers with them."),
}
"""What is fixed, from when, and the reason that the page gives."""


def locked_in(event: Event) -> dict[str, str]:
    """The parts that are fixed by now, with the reason."""
    return {name: reason for name, (is_fixed, reason) in LOCKS.items() if is_fixed(event)}


def refuse_fixed(event: Event, sent: Iterable[str]) -> None:
    """Raise `DayFixed` where a form from before would change what is fixed since."""
    locked = locked_in(event)
    for name in sent:
        if name in locked:
            raise DayFixed(f"{locked[name]} Open the page again, and save what can still change.")


def plan_day(event: Event, settled: Mapping[str, Any]) -> None:
    """Store these fields of the plan. The others stay as they are."""
    before = event.calendar_facts
    event.day = replace(event.day, **settled)
    event.note_move(before)
