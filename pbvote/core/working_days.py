"""Working days: Monday to Friday, without England's bank holidays (Banking and Financial Dealings Act 1971).

Which days those are comes from the `holidays` library, one-off holidays by proclamation included.
"""

import datetime as dt
from functools import cache

import holidays

_DAY = dt.timedelta(days=1)
_SATURDAY = 5


@cache
def _bank_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: dt.date) -> bool:
    """Whether a council's offices are open on this day."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def working_day_from(day: dt.date) -> dt.date:
    """The day itself, where offices are open; else the next on which they are."""
    return day if is_working_day(day) else working_days_after(day, 1)


def working_days_after(day: dt.date, number: int) -> dt.date:
    """The day that is so many working days after another: 1 after a Friday is the Monday, or the Tuesday at Easter.

    With a negative number, the day that is so many before. With 0, the day itself.
    """
    step = _DAY if number > 0 else -_DAY
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(first: dt.date, last: dt.date) -> int:
    """How many working days come after the first day, the last one included; 0 where that is no later."""
    days = (first + number * _DAY for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day) for day in days)
