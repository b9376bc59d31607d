"""A meeting's day, and when its agenda was out, as pages say it."""

import datetime as dt

from pbvote.core.clock import UK, now, today
from pbvote.core.working_days import working_days_after
from pbvote.filters import day, hour
from pbvote.partnership.meetings.models import IN_TIME_DAYS, Meeting


def weekday(moment: dt.datetime) -> str:
    """``Thursday 12 March 2026``, in UK time."""
    return f"{moment.astimezone(UK):%A} {day(moment)}"


def meeting_hours(meeting: Meeting) -> str:
    """``Thursday 12 March 2026, 7pm to 9pm``, in UK time."""
    return f"{weekday(meeting.starts_at)}, {hour(meeting.starts_at)} to {hour(meeting.ends_at)}"


def meeting_soon(meeting: Meeting) -> str:
    """The day and hour beside today: ``Thursday 7pm`` within a week, else ``Thursday 12 March 2026, 7pm``."""
    away = (meeting.starts_at.astimezone(UK).date() - today()).days
    at = hour(meeting.starts_at)
    if away in {0, 1}:
        return f"{'tomorrow' if away else 'today'} at {at}"
    if 1 < away < 7:
        return f"{meeting.starts_at.astimezone(UK):%A} {at}"
    return f"{weekday(meeting.starts_at)}, {at}"


def agenda_out(meeting: Meeting) -> str:
    """When the agenda was readable, and whether that was early enough: one sentence."""
    if meeting.published_at is None:
        return "The agenda is not out."
    if not meeting.is_public:
        return f"The agenda comes out on {weekday(meeting.published_at)} at {hour(meeting.published_at)}."
    if meeting.published_at >= meeting.starts_at:
        return f"The agenda was out on {day(meeting.published_at)}, only after the meeting began."
    number = meeting.days_ahead
    only = "" if meeting.is_in_time else "only "
    ahead = f"{only}{number} working {'day' if number == 1 else 'days'} ahead" if number else "less than a day ahead"
    return f"The agenda was out on {day(meeting.published_at)}, {ahead}."


def last_day_to_publish(meeting: Meeting) -> dt.date:
    """The last day on which the agenda comes out early enough."""
    return working_days_after(meeting.starts_at.astimezone(UK).date(), -IN_TIME_DAYS)


def standing(meeting: Meeting) -> tuple[str, str]:
    """Where a meeting stands, and the colour of its tag."""
    if meeting.is_off:
        return "Off", "red"
    if meeting.is_now:
        return "Now", "green"
    if meeting.is_scheduled:
        return "Agenda to come", "yellow"
    if meeting.awaits_minutes and meeting.state == "agenda":
        return "Over", "blue"
    named = {"draft": ("Draft", "grey"), "agenda": ("Agenda out", "teal"), "held": ("Held", "blue")}
    named |= {"minutes": ("Minutes in draft", "purple"), "agreed": ("Minutes agreed", "green")}
    return named[meeting.state]


def is_added_later(meeting: Meeting, added_at: dt.datetime) -> bool:
    """Whether an item or a paper came after the agenda was out, so that the page must say so."""
    return meeting.published_at is not None and meeting.published_at < min(added_at, now())
