"""Put papers beside a meeting, and take them out. Nothing here commits."""

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.files.documents import NewDocument
from pbvote.files.pictures import NewPhoto
from pbvote.files.service import forget_file, forget_photo, keep_document, keep_photo
from pbvote.partnership.meetings.models import Meeting, MeetingPaper
from pbvote.partnership.meetings.service import NotThatStage
from pbvote.people.models import Account

MOST_PAPERS = 20


class TooManyPapers(Refusal):
    """Nobody reads more."""

    status = 422

    def __init__(self) -> None:
        super().__init__(f"A meeting can have {MOST_PAPERS} papers. Take one out first.")


def require_papers_open(meeting: Meeting) -> None:
    """Raise `NotThatStage` where the papers stay as they are, and `TooManyPapers`."""
    if meeting.is_off or meeting.has_agreed_minutes:
        raise NotThatStage("This meeting is off, or its minutes are agreed. Its papers stay as they are.")


def add_paper(meeting: Meeting, title: str, new: NewDocument | NewPhoto, by: Account) -> None:
    """Store a paper. Raises `NotThatStage`, `TooManyPapers`, `NoRoom`."""
    require_papers_open(meeting)
    if len(meeting.papers) >= MOST_PAPERS:
        raise TooManyPapers
    paper = MeetingPaper(meeting_id=meeting.id, title=title)
    if isinstance(new, NewPhoto):
        paper.photo = keep_photo(new, by.id)
    else:
        paper.file = keep_document(new, by.id)
    db.session.add(paper)
    db.session.flush()


def paper_of(meeting: Meeting, paper_id: int) -> MeetingPaper | None:
    """The meeting's paper with this number."""
    return next((paper for paper in meeting.papers if paper.id == paper_id), None)


def remove_paper(meeting: Meeting, paper: MeetingPaper) -> None:
    """Take a paper out, and delete its file. Raises `NotThatStage`."""
    require_papers_open(meeting)
    file, photo = paper.file, paper.photo
    db.session.delete(paper)
    meeting.changed_at = now()
    db.session.flush()
    if file:
        forget_file(file)
    if photo:
        forget_photo(photo)
