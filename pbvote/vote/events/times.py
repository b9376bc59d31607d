"""When what happens at an event, as planned."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pbvote.call.rounds.models import EventFormat
from pbvote.core.timetable import Timetable, timetable
from pbvote.vote.events.models import Event

BAR: Final = 1000
"""How wide the picture of a day is, in its own units."""


def times_of(event: Event) -> Timetable | None:
    """The event's day, worked out; None where residents vote over several days, and nothing has an hour."""
    share = event.share
    if event.lasts_days or share.format is EventFormat.DAYS:
        return None
    numbers = [slot.number for slot in event.running_order]
    minutes = event.day.minutes(share.pitch_minutes)
    has_turns = share.format is EventFormat.PITCHES
    return timetable(event.starts_at, event.ends_at, minutes, numbers, has_turns=has_turns)


def planned_close(event: Event) -> dt.datetime:
    """When voting is planned to end: the one hour that every page and paper names."""
    times = times_of(event)
    return times.closes_at if times else event.ends_at


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of the day: what it is called, from when to when, and where it stands in the picture."""

    kind: str
    name: str
    begins_at: dt.datetime
    ends_at: dt.datetime
    x: int
    width: int


def parts_of(times: Timetable) -> list[DayPart]:
    """The day in its parts, from the doors to the end. A part that takes no time is left out."""
    first = min([turn.begins_at for turn in times.turns], default=times.votes_at)
    last = max(times.result_at, times.ends_at)
    spans = (
        ("doors", "Doors open", times.doors_at, times.starts_at),
        ("welcome", "Welcome", times.starts_at, first),
        ("groups", "Groups speak", first, times.votes_at),
        ("vote", "Voting", times.votes_at, times.closes_at),
        ("count", "Count", times.closes_at, times.result_at),
        ("result", "Result", times.result_at, last),
    )
    return list(_placed(spans, times.doors_at, last))


def _placed(
    spans: tuple[tuple[str, str, dt.datetime, dt.datetime], ...], begins_at: dt.datetime, ends_at: dt.datetime
) -> Iterator[DayPart]:
    for kind, name, start, end in spans:
        if start < end:
            x = int(BAR * ((start - begins_at) / (ends_at - begins_at)))
            yield DayPart(kind, name, start, end, x, int(BAR * ((end - begins_at) / (ends_at - begins_at))) - x)
