"""What time it is. Moments are aware UTC; days are those of the United Kingdom."""

import datetime as dt
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The calendar day in the United Kingdom."""
    return now().astimezone(UK).date()


def lasts_days(starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
    """Whether something ends on another day than it begins, by the clocks of the United Kingdom."""
    return starts_at.astimezone(UK).date() != ends_at.astimezone(UK).date()


def uk_moment(day: dt.date, time: dt.time) -> dt.datetime:
    """A UK day and wall-clock time as a UTC moment."""
    return dt.datetime.combine(day, time, tzinfo=UK).astimezone(dt.UTC)


def end_of(day: dt.date) -> dt.datetime:
    """The moment at which a day of the United Kingdom is over, or the present one while it is still to come."""
    return min(uk_moment(day + dt.timedelta(days=1), dt.time()), now())
