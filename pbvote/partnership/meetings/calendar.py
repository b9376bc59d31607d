"""Meetings for calendars: iCalendar (RFC 5545). An entry's UID stays, and its SEQUENCE rises when a meeting moves."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import current_app
from icalendar import Calendar, Event

from pbvote.addresses import base_url, meeting_page
from pbvote.core.clock import UK
from pbvote.localities.models import Locality
from pbvote.partnership.meetings.models import Meeting
from pbvote.partnership.meetings.words import agenda_out


def meetings_calendar(locality: Locality, meetings: Iterable[Meeting]) -> bytes:
    """Public meetings with their time zone, so that each is right in winter and in summer."""
    calendar = Calendar()
    calendar.add("prodid", "-//pbvote//pbvote//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Meetings, {locality.name}")
    for meeting in meetings:
        calendar.add_component(_entry(locality, meeting))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _entry(locality: Locality, meeting: Meeting) -> Event:
    entry = Event()
    page = meeting_page(locality.slug, meeting.id)
    entry.add("uid", f"meeting-{meeting.id}@{urlsplit(base_url()).hostname}")
    entry.add("sequence", meeting.moves)
    entry.add("dtstamp", meeting.changed_at)
    entry.add("dtstart", meeting.starts_at.astimezone(UK))
    entry.add("dtend", meeting.ends_at.astimezone(UK))
    entry.add("summary", f"{meeting.title}, {locality.name}")
    entry.add("location", meeting.place)
    entry.add("status", "CANCELLED" if meeting.is_off else "CONFIRMED")
    said = f"This meeting is off. {meeting.off_reason}" if meeting.is_off else agenda_out(meeting)
    entry.add("description", "\n".join(filter(None, (said, meeting.access, page))))
    entry.add("url", page)
    entry.add("organizer", f"mailto:{current_app.config['CONTACT_EMAIL']}")
    return entry
