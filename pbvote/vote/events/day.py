"""How an event's day goes: what was settled beforehand, and the timetable that follows from it."""

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any


class AnnouncementOrder(enum.StrEnum):
    """In which order the bids are announced after the count."""

    BOTTOM_UP = "bottom_up"
    """The last first, so that the hall waits for the winner."""
    TOP_DOWN = "top_down"
    AS_ON_THE_BALLOT = "as_on_the_ballot"


class Latecomers(enum.StrEnum):
    """Until when somebody who comes late still gets a slip. The rule is printed, so that a steward need not decide."""

    UNTIL_THE_CLOSE = "until_the_close"
    UNTIL_THE_FIRST_PITCH = "until_the_first_pitch"
    UNTIL_THE_LAST_PITCH = "until_the_last_pitch"


class DoorList(enum.StrEnum):
    """What stewards keep at the door."""

    COUNTER = "counter"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What an organiser settles about the day. Minutes are whole; the hall's length is in metres."""

    welcome_minutes: int = 10
    """From the start to the first pitch."""
    changeover_minutes: int = 1
    """Between two groups."""
    question_minutes: int = 0
    """For questions to each group, after it has spoken."""
    vote_minutes: int = 15
    """From the last group to the close of voting."""
    hall_metres: int = 12
    """From the screen to the last row: it sets how large the screen's letters are."""
    announcement: AnnouncementOrder = AnnouncementOrder.BOTTOM_UP
    latecomers: Latecomers = Latecomers.UNTIL_THE_CLOSE
    door_list: DoorList = DoorList.COUNTER

    def to_dict(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "DayPlan":
        """What `to_dict` stored. A plan from before a field was there has that field's usual value."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        for name, choices in _CHOICES.items():
            if name in values:
                values[name] = choices(values[name])
        return cls(**values)


_CHOICES: Mapping[str, type[enum.StrEnum]] = {
    "announcement": AnnouncementOrder,
    "latecomers": Latecomers,
    "door_list": DoorList,
}


@dataclass(frozen=True, slots=True)
class PlannedTurn:
    """When a group's turn begins and ends, as planned."""

    number: int
    begins_at: dt.datetime
    ends_at: dt.datetime


def timetable(starts_at: dt.datetime, pitch_minutes: int, numbers: Sequence[int], plan: DayPlan) -> list[PlannedTurn]:
    """Each group's turn in the running order: its pitch and its questions, with a changeover before the next."""
    turn = dt.timedelta(minutes=pitch_minutes + plan.question_minutes)
    step = turn + dt.timedelta(minutes=plan.changeover_minutes)
    first = first_pitch_at(starts_at, plan)
    return [
        PlannedTurn(number, first + step * place, first + step * place + turn) for place, number in enumerate(numbers)
    ]


def first_pitch_at(starts_at: dt.datetime, plan: DayPlan) -> dt.datetime:
    """When the first group is to begin."""
    return starts_at + dt.timedelta(minutes=plan.welcome_minutes)


@dataclass(frozen=True, slots=True)
class Pace:
    """How far the groups are behind the timetable."""

    behind_seconds: float
    """Below nought where they are ahead of it."""

    @property
    def behind_minutes(self) -> int:
        """In whole minutes."""
        return round(self.behind_seconds / 60)

    def finish(self, ends_at: dt.datetime) -> dt.datetime:
        """About when an event ends that was to end then: to the nearest five minutes, as people say it."""
        step = 300
        late = ends_at + dt.timedelta(seconds=self.behind_seconds)
        return dt.datetime.fromtimestamp(round(late.timestamp() / step) * step, tz=ends_at.tzinfo)


def pace_of(
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    plan: DayPlan,
    *,
    begun_at: dt.datetime | None,
    overtime_seconds: float,
) -> Pace:
    """How far behind the groups are: by how much the first began late, and by what turns took beyond their time since.

    A break that was planned, or a timer that nobody stopped, makes nobody late. A beginning on another day was a trial.
    """
    is_of_the_day = begun_at is not None and starts_at <= begun_at <= ends_at
    late = (begun_at - first_pitch_at(starts_at, plan)).total_seconds() if begun_at and is_of_the_day else 0.0
    return Pace(late + overtime_seconds)
