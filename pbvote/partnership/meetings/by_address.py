"""The meeting that a page's address names, for doors."""

from flask import abort

from pbvote.localities.by_address import public_locality
from pbvote.localities.models import Locality
from pbvote.partnership.meetings import reading
from pbvote.partnership.meetings.models import Meeting, MeetingItem
from pbvote.partnership.members.by_address import edited_partnership


def edited_meeting(slug: str, meeting_id: int) -> tuple[Locality, Meeting]:
    """A meeting that this account keeps, whatever its state; else the answer is 404. Raises `NotAnEditor`."""
    locality = edited_partnership(slug)
    return locality, reading.meeting_of(locality, meeting_id) or abort(404)


def edited_item(slug: str, meeting_id: int, item_id: int) -> tuple[Locality, Meeting, MeetingItem]:
    """The same with one of its items."""
    locality, meeting = edited_meeting(slug, meeting_id)
    return locality, meeting, reading.item_of(meeting, item_id) or abort(404)


def public_meeting(slug: str, meeting_id: int) -> tuple[Locality, Meeting]:
    """A meeting whose agenda is out, for anyone; else the answer is 404, as where there is none."""
    locality = public_locality(slug)
    return locality, reading.public_meeting_of(locality, meeting_id) or abort(404)
