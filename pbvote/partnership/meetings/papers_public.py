"""The papers of a meeting whose agenda is out, for anyone."""

from flask import Response, abort

from pbvote.access import public_door
from pbvote.files.pictures import LARGE
from pbvote.files.sending import attachment, picture
from pbvote.partnership.meetings import papers
from pbvote.partnership.meetings.by_address import public_meeting
from pbvote.partnership.meetings.models import MeetingPaper

door = public_door("papers", __name__, url_prefix="/localities/<slug:slug>/meetings/<int:meeting_id>/papers")


def sent(paper: MeetingPaper) -> Response:
    """A document to save, or a photo to look at."""
    if paper.photo:
        return picture(paper.photo, LARGE)
    return attachment(paper.file or abort(404))


@door.get("/<int:paper_id>")
def one(slug: str, meeting_id: int, paper_id: int) -> Response:
    """One paper."""
    _, meeting = public_meeting(slug, meeting_id)
    return sent(papers.paper_of(meeting, paper_id) or abort(404))
