"""A partnership's agendas and minutes as an Atom feed (RFC 4287). An entry's id stays whatever its meeting does."""

import datetime as dt
from collections.abc import Iterable, Iterator

from feedgenerator import Atom1Feed
from markupsafe import escape

from pbvote.addresses import meeting_page, meetings_feed, meetings_page
from pbvote.core.clock import now
from pbvote.localities.models import Locality
from pbvote.partnership.meetings.models import Meeting
from pbvote.partnership.meetings.words import agenda_out, meeting_hours

Entry = tuple[dt.datetime, str, str, str]
"""When it came out; its part of the id; title; words."""


def meetings_atom(locality: Locality, meetings: Iterable[Meeting]) -> bytes:
    """Each agenda that is out, each meeting that is off, and all agreed minutes, the newest first."""
    page = meetings_page(locality.slug)
    feed = Atom1Feed(
        title=f"Meetings of the partnership in {locality.name}",
        link=page,
        description="Agendas and minutes",
        language="en-GB",
        feed_url=meetings_feed(locality.slug),
        feed_guid=page,
    )
    entries = [(entry, meeting) for meeting in meetings for entry in _entries(meeting)]
    for (came_at, part, title, words), meeting in sorted(entries, key=lambda one: one[0][0], reverse=True):
        link = meeting_page(locality.slug, meeting.id)
        feed.add_item(
            title=title,
            link=link,
            description=str(escape(words)),
            unique_id=f"{link}#{part}",
            pubdate=came_at,
            updateddate=max(came_at, min(meeting.changed_at, now())),
        )
    written: str = feed.writeString("utf-8")
    return written.encode()


def _entries(meeting: Meeting) -> Iterator[Entry]:
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
