"""When what happens on an event's day: worked out here, from its hours and minutes, and nowhere else."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

_MINUTE = dt.timedelta(minutes=1)
ANNOUNCEMENT_MINUTES = 10
"""What an announcement takes at least: it is over when the event ends."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long each part of a day takes, in whole minutes."""

    doors: int = 30
    """From the doors to the start."""
    welcome: int = 10
    """From the start to the first group, or where groups have stalls, to the first vote."""
    pitch: int = 3
    questions: int = 0
    """To each group, after it has spoken."""
    changeover: int = 1
    """Between two groups."""
    vote: int = 15
    """From the last group to the close of voting."""
    last_call: int = 5
    """Before the close."""
    count: int = 20
    """From the close to the result."""


@dataclass(frozen=True, slots=True)
class PlannedTurn:
    """When a group's turn begins and ends, as planned."""

    number: int
    begins_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Timetable:
    """A day that was worked out. Whatever does not fit comes after `ends_at`."""

    doors_at: dt.datetime
    starts_at: dt.datetime
    turns: tuple[PlannedTurn, ...]
    votes_at: dt.datetime
    """When voting opens."""
    last_call_at: dt.datetime
    closes_at: dt.datetime
    result_at: dt.datetime
    ends_at: dt.datetime

    @property
    def minutes_over(self) -> int:
        """By how many minutes the announcement would run over the end; 0 where all fits."""
        return max(0, _minutes(self.result_at - self.ends_at) + ANNOUNCEMENT_MINUTES)

    @property
    def minutes_spare(self) -> int:
        """How many minutes are free between the announcement and the end; 0 where all is full."""
        return max(0, _minutes(self.ends_at - self.result_at) - ANNOUNCEMENT_MINUTES)

    @property
    def minutes_to_vote(self) -> int:
        """How long voting is open; below 0 where it would close before it opens."""
        return _minutes(self.closes_at - self.votes_at)


def timetable(
    starts_at: dt.datetime, ends_at: dt.datetime, minutes: Minutes, numbers: Sequence[int], *, has_turns: bool = True
) -> Timetable:
    """The day of the groups with these numbers on the ballot, in their running order.

    They speak one after another, then residents vote. Without turns they have stalls: residents vote from the welcome
    on, until there is just time enough to count and to announce.
    """
    first = first_turn_at(starts_at, minutes)
    turns = _turns(first, minutes, numbers) if has_turns else ()
    votes_at = turns[-1].ends_at if turns else first
    closes_at = votes_at + minutes.vote * _MINUTE
    if not has_turns:
        closes_at = ends_at - (ANNOUNCEMENT_MINUTES + minutes.count) * _MINUTE
    return Timetable(
        doors_at=starts_at - minutes.doors * _MINUTE,
        starts_at=starts_at,
        turns=turns,
        votes_at=votes_at,
        last_call_at=max(votes_at, closes_at - minutes.last_call * _MINUTE),
        closes_at=closes_at,
        result_at=closes_at + minutes.count * _MINUTE,
        ends_at=ends_at,
    )


def first_turn_at(starts_at: dt.datetime, minutes: Minutes) -> dt.datetime:
    """When the first group is to begin, or where groups have stalls, when residents vote."""
    return starts_at + minutes.welcome * _MINUTE


def _turns(first: dt.datetime, minutes: Minutes, numbers: Sequence[int]) -> tuple[PlannedTurn, ...]:
    turn = (minutes.pitch + minutes.questions) * _MINUTE
    step = turn + minutes.changeover * _MINUTE
    return tuple(
        PlannedTurn(number, first + step * place, first + step * place + turn) for place, number in enumerate(numbers)
    )


def _minutes(length: dt.timedelta) -> int:
    return int(length / _MINUTE)
