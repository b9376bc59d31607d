"""How an event's day goes: what was settled beforehand. `pbvote.core.timetable` works the hours out of it."""

import enum
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from pbvote.config import LANGUAGES
from pbvote.core.timetable import Minutes


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
    AGES = "ages"
    """Names, each with an age band."""


class AccessNeed(enum.StrEnum):
    """What somebody may need to take part, beside getting in."""

    BSL = "bsl"
    HEARING_LOOP = "hearing_loop"
    QUIET_ROOM = "quiet_room"
    LARGE_PRINT = "large_print"
    STEP_FREE = "step_free"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What an organiser settles about the day. Minutes are whole; the hall's length is in metres."""

    doors_minutes: int = 30
    """From the doors to the start: they move when the start does."""
    welcome_minutes: int = 10
    """From the start to the first pitch."""
    changeover_minutes: int = 1
    """Between two groups."""
    question_minutes: int = 0
    """For questions to each group, after it has spoken."""
    vote_minutes: int = 15
    """From the last group to the close of voting."""
    last_call_minutes: int = 5
    """Before the close of voting."""
    count_minutes: int = 20
    """From the close of voting to the result."""
    hall_metres: int = 12
    """From the screen to the last row: it sets how large the screen's letters are."""
    announcement: AnnouncementOrder = AnnouncementOrder.BOTTOM_UP
    latecomers: Latecomers = Latecomers.UNTIL_THE_CLOSE
    door_list: DoorList = DoorList.COUNTER
    languages: tuple[str, ...] = LANGUAGES
    """Those of the papers of the day and of the slips, English first. A phone speaks all of ours."""
    venue_has: tuple[AccessNeed, ...] = ()
    """What is there for everybody, without asking."""
    help_phone: str = ""
    """Whom to ring when something fails, with a telephone number; "" leaves a line to write on."""

    @property
    def keeps_names(self) -> bool:
        """Whether stewards keep a list of names, and not a counter."""
        return self.door_list is not DoorList.COUNTER

    @property
    def keeps_ages(self) -> bool:
        """Whether they ask for an age band beside each name."""
        return self.door_list is DoorList.AGES

    def minutes(self, pitch_minutes: int) -> Minutes:
        """What the timetable is worked out of."""
        return Minutes(
            doors=self.doors_minutes,
            welcome=self.welcome_minutes,
            pitch=pitch_minutes,
            questions=self.question_minutes,
            changeover=self.changeover_minutes,
            vote=self.vote_minutes,
            last_call=self.last_call_minutes,
            count=self.count_minutes,
        )

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
        values["languages"] = tuple(values.get("languages", LANGUAGES))
        values["venue_has"] = tuple(AccessNeed(need) for need in values.get("venue_has", ()))
        return cls(**values)


_CHOICES: Mapping[str, type[enum.StrEnum]] = {
    "announcement": AnnouncementOrder,
    "latecomers": Latecomers,
    "door_list": DoorList,
}
