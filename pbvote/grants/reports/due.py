"""When a report is due, and the one meaning of “late”. It knows no database."""

import datetime as dt

from pbvote.core.working_days import working_days_after

REPORT_DAYS = 20
"""Working days after the last day of the project."""
LONG_LATE_DAYS = 20
"""Working days after which a late report is a worry of its own."""
THANK_DAYS = 10
"""Working days in which a group is thanked for its report."""
_DAY = dt.timedelta(days=1)


def report_due_on(ends_on: dt.date) -> dt.date:
    """The day by which a group reports whose project's last day is this one."""
    return working_days_after(ends_on, REPORT_DAYS)


def is_report_late(ends_on: dt.date, on: dt.date) -> bool:
    """Whether a report that nobody has sent is late on this day."""
    return report_due_on(ends_on) < on


def is_report_long_late(ends_on: dt.date, on: dt.date) -> bool:
    """Whether a report that nobody has sent is late by `LONG_LATE_DAYS` or more."""
    return working_days_after(report_due_on(ends_on), LONG_LATE_DAYS) <= on


def last_end_that_is_late(on: dt.date) -> dt.date:
    """The latest last day of a project whose report, if nobody has sent it, is late on this day.

    A statement asks `Award.ends_on <=` this, and so means what `is_report_late` means.
    """
    day = working_days_after(on, -REPORT_DAYS)
    while is_report_late(day + _DAY, on):
        day += _DAY
    while not is_report_late(day, on):
        day -= _DAY
    return day
