"""Gatherings for a calendar."""

from collections.abc import Iterable

from pbvote.addresses import gathering_page
from pbvote.calendars import CalendarEntry, calendar_of
from pbvote.partnership.gatherings.models import Gathering


def gatherings_calendar(gatherings: Iterable[Gathering]) -> bytes:
    """These gatherings; what is off is there as cancelled."""
    return calendar_of(map(_entry, gatherings))


def _entry(gathering: Gathering) -> CalendarEntry:
    page = gathering_page(gathering.id)
    return CalendarEntry(
        key=f"gathering-{gathering.id}",
        moves=gathering.moves,
        changed_at=gathering.changed_at,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        title=gathering.title,
        place=gathering.venue,
        words="\n".join(filter(None, (gathering.off_reason, gathering.purpose, page))),
        page=page,
        is_off=gathering.is_off,
    )
