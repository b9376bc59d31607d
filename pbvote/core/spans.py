"""Stretches of days for which something is counted: a year until today, a quarter of the calendar."""

import datetime as dt
from dataclasses import dataclass
from typing import Final, Self

from pbvote.core.clock import end_of, uk_moment

_MONTHS: Final = 3


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both included."""

    first: dt.date
    last: dt.date

    @classmethod
    def year_to(cls, last: dt.date) -> Self:
        """The twelve months that end with this day."""
        year_ago = last.replace(year=last.year - 1, day=min(last.day, 28) if last.month == 2 else last.day)
        return cls(year_ago + dt.timedelta(days=1), last)

    @classmethod
    def quarter_with(cls, day: dt.date) -> Self:
        """The quarter of the calendar that this day is in."""
        first = day.replace(month=day.month - (day.month - 1) % _MONTHS, day=1)
        following = (first + dt.timedelta(days=31 * _MONTHS)).replace(day=1)
        return cls(first, following - dt.timedelta(days=1))

    @property
    def quarter_before(self) -> Self:
        """The quarter of the calendar before the one that this begins in."""
        return self.quarter_with(self.first - dt.timedelta(days=1))

    @property
    def began_at(self) -> dt.datetime:
        """The moment at which it begins, by the clocks of the United Kingdom."""
        return uk_moment(self.first, dt.time())

    @property
    def over_at(self) -> dt.datetime:
        """The moment at which it is over, or the present one while that is still to come."""
        return end_of(self.last)
