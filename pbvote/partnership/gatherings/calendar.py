"""Gatherings for a calendar: iCalendar (RFC 5545)."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import current_app
from icalendar import Calendar
from icalendar import Event as Entry

from pbvote.addresses import base_url, gathering_page
from pbvote.core.clock import UK
from pbvote.partnership.gatherings.models import Gathering


def calendar_of_gatherings(gatherings: Iterable[Gathering]) -> bytes:
    """These gatherings with their time zone, so that they are right in winter and in summer.

    A UID stays for as long as its gathering, and the SEQUENCE rises when it moves: a calendar then moves it too. What
    is off is there as cancelled, so that no calendar goes on showing it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//pbvote//pbvote//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for gathering in gatherings:
        calendar.add_component(_entry(gathering))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _entry(gathering: Gathering) -> Entry:
    entry, page = Entry(), gathering_page(gathering.id)
    entry.add("uid", f"gathering-{gathering.id}@{urlsplit(base_url()).hostname}")
    entry.add("sequence", gathering.moves)
    entry.add("dtstamp", gathering.changed_at)
    entry.add("dtstart", gathering.starts_at.astimezone(UK))
    entry.add("dtend", gathering.ends_at.astimezone(UK))
    entry.add("summary", gathering.title)
    entry.add("location", gathering.venue)
    entry.add("description", "\n".join(filter(None, (gathering.off_reason, gathering.purpose, page))))
    entry.add("status", "CANCELLED" if gathering.is_off else "CONFIRMED")
    entry.add("url", page)
    entry.add("organizer", f"mailto:{current_app.config['CONTACT_EMAIL']}")
    return entry
