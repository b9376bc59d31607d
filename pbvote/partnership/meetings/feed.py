"""A partnership's agendas and minutes as an Atom feed. An entry's id stays whatever its meeting does."""

import datetime as dt
from collections.abc import Iterable, Iterator

from pbvote.addresses import meeting_page, meetings_feed, meetings_page
from pbvote.feeds import FeedEntry, atom_feed
from pbvote.localities.models import Locality
from pbvote.partnership.meetings.models import Meeting
from pbvote.partnership.meetings.words import agenda_out, meeting_hours

Part = tuple[dt.datetime, str, str, str]
"""When it came out; its part of the id; title; words."""


def meetings_atom(locality: Locality, meetings: Iterable[Meeting]) -> bytes:
    """Each agenda that is out, each meeting that is off, and all agreed minutes, the newest first."""
    entries = [
        FeedEntry(f"{link}#{part}", link, title, words, came_at, meeting.changed_at)
        for meeting in meetings
        for link in (meeting_page(locality.slug, meeting.id),)
        for came_at, part, title, words in _parts(meeting)
    ]
    title = f"Meetings of the partnership in {locality.name}"
    page, feed = meetings_page(locality.slug), meetings_feed(locality.slug)
    return atom_feed(title, "Agendas and minutes", page, feed, entries)


def _parts(meeting: Meeting) -> Iterator[Part]:
    hours = meeting_hours(meeting)
    if meeting.published_at:
        items = "; ".join(item.title for item in meeting.items)
        words = f"{meeting.place}. {agenda_out(meeting)} {items}"
        yield meeting.published_at, "agenda", f"Agenda: {meeting.title}, {hours}", words
    if meeting.off_at:
        yield meeting.off_at, "off", f"Off: {meeting.title}, {hours}", meeting.off_reason
    if meeting.agreed_at:
        words = " ".join(f"{item.title}: {item.decided}" for item in meeting.items if item.decided)
        yield meeting.agreed_at, "minutes", f"Minutes: {meeting.title}, {hours}", words
