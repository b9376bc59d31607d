"""An event for a calendar: iCalendar (RFC 5545), so that a phone reminds whoever wants to come."""

from urllib.parse import urlsplit

from flask import current_app
from icalendar import Calendar
from icalendar import Event as Entry

from pbvote.addresses import base_url, event_page
from pbvote.core.clock import UK, now
from pbvote.vote.events.models import Event
from pbvote.vote.events.words import in_short


def calendar_of(event: Event) -> bytes:
    """The event with its time zone, so that it is right in winter and in summer.

    Its UID stays for as long as the event, and its SEQUENCE rises when it moves: a calendar then moves it too.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//pbvote//pbvote//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_entry(event))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _entry(event: Event) -> Entry:
    entry = Entry()
    page = event_page(event.slug)
    entry.add("uid", f"{event.slug}@{urlsplit(base_url()).hostname}")
    entry.add("sequence", event.moves)
    entry.add("dtstamp", now())
    entry.add("dtstart", event.starts_at.astimezone(UK))
    entry.add("dtend", event.ends_at.astimezone(UK))
    entry.add("summary", event.name)
    entry.add("location", event.place)
    entry.add("description", "\n".join([*in_short(event, "en"), event.access, page]).strip())
    entry.add("url", page)
    entry.add("organizer", f"mailto:{current_app.config['CONTACT_EMAIL']}")
    return entry
