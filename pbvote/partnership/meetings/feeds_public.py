"""Meetings for calendars and feed readers, for anyone. Nothing of a draft is in either."""

from flask import Response

from pbvote.access import public_door
from pbvote.localities.by_address import public_locality
from pbvote.partnership.meetings import reading
from pbvote.partnership.meetings.by_address import public_meeting
from pbvote.partnership.meetings.calendar import meetings_calendar
from pbvote.partnership.meetings.feed import meetings_atom

door = public_door("meeting_feeds", __name__, url_prefix="/localities/<slug:slug>")


def _calendar(content: bytes, name: str) -> Response:
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


@door.get("/meetings.ics")
def calendar(slug: str) -> Response:
    """The meetings to come, and some before."""
    locality = public_locality(slug)
    return _calendar(meetings_calendar(locality, reading.newest_meetings(locality)), f"meetings-{slug}")


@door.get("/meetings/<int:meeting_id>.ics")
def one(slug: str, meeting_id: int) -> Response:
    """One meeting."""
    locality, meeting = public_meeting(slug, meeting_id)
    return _calendar(meetings_calendar(locality, [meeting]), f"meeting-{meeting_id}")


@door.get("/meetings.atom")
def atom(slug: str) -> Response:
    """Agendas and minutes."""
    locality = public_locality(slug)
    content = meetings_atom(locality, reading.newest_meetings(locality))
    return Response(content, content_type="application/atom+xml; charset=utf-8")
