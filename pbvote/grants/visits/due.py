"""When a visit or an answer is due, and when it is late: the same functions for days and for columns of statements."""

import calendar
import datetime as dt
from typing import overload

import sqlalchemy as sa
from sqlalchemy import orm

DayColumn = orm.InstrumentedAttribute[dt.date]


@overload
def is_late(due_on: dt.date | None, on: dt.date) -> bool:
    """Of a day."""


@overload
def is_late(due_on: DayColumn, on: dt.date) -> sa.ColumnElement[bool]:
    """Of a column."""


def is_late(due_on: dt.date | DayColumn | None, on: dt.date) -> bool | sa.ColumnElement[bool]:
    """Whether what was due on the one day is late, or overdue, on the other. What has no day is never late."""
    return due_on is not None and due_on < on


def is_due(due_on: dt.date | None, on: dt.date) -> bool:
    """Whether it is due in the month of this day, and not late yet."""
    last = on.replace(day=calendar.monthrange(on.year, on.month)[1])
    return due_on is not None and on <= due_on <= last
