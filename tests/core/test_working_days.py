"""Working days, across weekends, Easter, Christmas and a one-off holiday."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbvote.core.working_days import is_working_day, working_days_after

DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (dt.date(2026, 11, 27), True),
        (dt.date(2026, 11, 28), False),
        (dt.date(2026, 12, 25), False),
        (dt.date(2026, 12, 28), False),  # for Boxing Day, which is a Saturday
        (dt.date(2026, 12, 29), True),
        (dt.date(2027, 3, 29), False),  # Easter Monday
        (dt.date(2023, 5, 8), False),  # the coronation
        (dt.date(2026, 3, 17), True),  # a holiday in Northern Ireland alone
        (dt.date(2027, 1, 4), True),  # a holiday in Scotland alone
    ],
)
def test_which_days_are_working_days(day: dt.date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "number", "then"),
    [
        (dt.date(2026, 11, 27), 0, dt.date(2026, 11, 27)),
        (dt.date(2026, 11, 27), 1, dt.date(2026, 11, 30)),
        (dt.date(2026, 11, 28), 1, dt.date(2026, 11, 30)),
        (dt.date(2026, 12, 23), 5, dt.date(2027, 1, 4)),
        (dt.date(2027, 1, 4), -5, dt.date(2026, 12, 23)),
        (dt.date(2026, 11, 27), -10, dt.date(2026, 11, 13)),
    ],
)
def test_so_many_working_days_after_or_before(day: dt.date, number: int, then: dt.date) -> None:
    assert working_days_after(day, number) == then


@given(DAYS, st.integers(1, 30))
def test_counting_forward_passes_so_many_working_days(day: dt.date, number: int) -> None:
    then = working_days_after(day, number)
    passed = [day + dt.timedelta(days=each) for each in range(1, (then - day).days + 1)]
    assert is_working_day(then)
    assert sum(is_working_day(each) for each in passed) == number
