"""What happens on a day, for calendars: iCalendar (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app
from icalendar import Calendar, Event

from pbvote.addresses import base_url
from pbvote.core.clock import UK


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry. Moments are aware."""

    key: str
    """It stays the same for as long as the entry, whatever moves; unique among all entries of the site."""
    moves: int
    """How often it has moved: a calendar then moves it too."""
    changed_at: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    place: str
    words: str
    page: str
    is_off: bool = False
    """It stands there as cancelled, so that no calendar goes on showing it."""


def calendar_of(entries: Iterable[CalendarEntry], name: str = "") -> bytes:
    """These entries with their time zone, so that each is right in winter and in summer."""
    calendar = Calendar()
    calendar.add("prodid", "-//pbvote//pbvote//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_component(entry))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _component(entry: CalendarEntry) -> Event:
    component = Event()
    component.add("uid", f"{entry.key}@{urlsplit(base_url()).hostname}")
    component.add("sequence", entry.moves)
    component.add("dtstamp", entry.changed_at)
    component.add("dtstart", entry.starts_at.astimezone(UK))
    component.add("dtend", entry.ends_at.astimezone(UK))
    component.add("summary", entry.title)
    component.add("location", entry.place)
    component.add("description", entry.words)
    component.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    component.add("url", entry.page)
    component.add("organizer", f"mailto:{current_app.config['CONTACT_EMAIL']}")
    return component
