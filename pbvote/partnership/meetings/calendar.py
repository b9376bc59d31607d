"""Meetings for calendars."""

from collections.abc import Iterable

from pbvote.addresses import meeting_page
from pbvote.calendars import CalendarEntry, calendar_of
from pbvote.localities.models import Locality
from pbvote.partnership.meetings.models import Meeting
from pbvote.partnership.meetings.words import agenda_out


def meetings_calendar(locality: Locality, meetings: Iterable[Meeting]) -> bytes:
    """Public meetings; one that is off is there as cancelled."""
    return calendar_of((_entry(locality, meeting) for meeting in meetings), f"Meetings, {locality.name}")


def _entry(locality: Locality, meeting: Meeting) -> CalendarEntry:
    page = meeting_page(locality.slug, meeting.id)
    said = f"This meeting is off. {meeting.off_reason}" if meeting.is_off else agenda_out(meeting)
    return CalendarEntry(
        key=f"meeting-{meeting.id}",
        moves=meeting.moves,
        changed_at=meeting.changed_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=f"{meeting.title}, {locality.name}",
        place=meeting.place,
        words="\n".join(filter(None, (said, meeting.access, page))),
        page=page,
        is_off=meeting.is_off,
    )
