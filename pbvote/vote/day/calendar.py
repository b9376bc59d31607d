"""An event for a calendar, so that a phone reminds whoever wants to come."""

from pbvote.addresses import event_page
from pbvote.calendars import CalendarEntry, calendar_of
from pbvote.core.clock import now
from pbvote.vote.events.models import Event
from pbvote.vote.events.words import in_short


def event_calendar(event: Event) -> bytes:
    """The event alone."""
    page = event_page(event.slug)
    entry = CalendarEntry(
        key=event.slug,
        moves=event.moves,
        changed_at=now(),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        title=event.name,
        place=event.place,
        words="\n".join([*in_short(event, "en"), event.access, page]).strip(),
        page=page,
    )
    return calendar_of([entry])
