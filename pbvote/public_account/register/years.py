"""A council's financial years."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

_BEGINS = (4, 1)
_PUBLISHED_BY = (4, 30)


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """From 1 April of a year to 31 March of the next."""

    begins_in: int

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """The one that a day falls into."""
        return cls(day.year if (day.month, day.day) >= _BEGINS else day.year - 1)

    @property
    def slug(self) -> str:
        """Its part of an address: ``2014-15``."""
        return f"{self.begins_in}-{(self.begins_in + 1) % 100:02}"

    @property
    def words(self) -> str:
        """``April 2014 to March 2015``."""
        return f"April {self.begins_in} to March {self.begins_in + 1}"

    @property
    def first_day(self) -> dt.date:
        """1 April."""
        return dt.date(self.begins_in, *_BEGINS)

    @property
    def next_first_day(self) -> dt.date:
        """1 April of the next."""
        return dt.date(self.begins_in + 1, *_BEGINS)

    @property
    def due_on(self) -> dt.date:
        """By when the whole year is published: within a month of its end, as the Code has it (2015, paragraph 22)."""
        return dt.date(self.begins_in + 1, *_PUBLISHED_BY)
