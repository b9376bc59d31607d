"""Draft meetings, change and move them, publish their agendas, call them off. Nothing here commits."""

import datetime as dt
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingState
from pbvote.partnership.seen import SavedMeanwhile, save_over
from pbvote.people.models import Account


class NotThatStage(Refusal):
    """A meeting that has come further, or not so far, since the page was opened."""


class NoItems(Refusal):
    """A meeting without an agenda."""

    def __init__(self) -> None:
        super().__init__("This meeting has no item yet. Add one: only an agenda can be out.")


@dataclass(frozen=True, slots=True)
class SaidOfMeeting:
    """What an editor says of a meeting."""

    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    access: str


def draft_meeting(locality: Locality, said: SaidOfMeeting, by: Account) -> Meeting:
    """A new meeting, which nobody but editors finds."""
    meeting = Meeting(locality_id=locality.id, changed_by_id=by.id, **asdict(said))
    db.session.add(meeting)
    db.session.flush()
    return meeting


def change_meeting(meeting: Meeting, said: SaidOfMeeting, seen: int, by: Account) -> bool:
    """Say something else of a meeting; whether that moved one whose agenda is out.

    Its address and its place in calendars stay, and its page says where it was before. Raises `SavedMeanwhile`, and
    `NotThatStage` once it was held or is off.
    """
    if not meeting.takes_changes:
        raise NotThatStage("This meeting is over or off, so its day and place stay as they were.")
    is_other = (meeting.starts_at, meeting.ends_at, meeting.place) != (said.starts_at, said.ends_at, said.place)
    is_moved = is_other and meeting.is_public
    values: dict[str, object] = asdict(said)
    if is_moved:
        values |= {"moves": meeting.moves + 1, "moved_at": now()}
        if meeting.starts_at != said.starts_at:
            values["moved_from_at"] = meeting.starts_at
    save_over(meeting, seen, by, values)
    return is_moved


def remove_meeting(meeting: Meeting) -> None:
    """Delete a draft, with its items. Raises `NotThatStage` for any other."""
    if meeting.state is not MeetingState.DRAFT or meeting.papers:
        raise NotThatStage("Only a draft without papers can be deleted. Take its papers out first.")
    db.session.execute(sa.delete(MeetingItem).where(MeetingItem.meeting_id == meeting.id))
    db.session.execute(sa.delete(Meeting).where(Meeting.id == meeting.id))
    db.session.expire_all()


def require_unpublished(meeting: Meeting) -> None:
    """Raise `NotThatStage` where the agenda is out, and `NoItems` where there is none."""
    if meeting.is_public:
        raise NotThatStage("This agenda is out already.")
    if not meeting.items:
        raise NoItems


def publish_agenda(meeting: Meeting, at: dt.datetime | None, seen: int, by: Account) -> None:
    """Let everybody read the agenda: now, or from an hour on. Raises `SavedMeanwhile`, `NoItems`, `NotThatStage`."""
    require_unpublished(meeting)
    save_over(meeting, seen, by, {"state": MeetingState.AGENDA, "published_at": at or now()})


def keep_back(meeting: Meeting, seen: int, by: Account) -> None:
    """Make a draft of a meeting whose agenda was to come out. One statement decides between this and the clock.

    Raises `NotThatStage` where it is out already, and `SavedMeanwhile`.
    """
    is_waiting = sa.and_(Meeting.id == meeting.id, Meeting.version == seen, Meeting.published_at > now())
    claim = sa.update(Meeting).where(is_waiting, Meeting.state == MeetingState.AGENDA)
    claim = claim.values(
        state=MeetingState.DRAFT, published_at=None, version=seen + 1, changed_at=now(), changed_by_id=by.id
    )
    kept = db.session.scalar(claim.returning(Meeting.id).execution_options(synchronize_session=False))
    db.session.refresh(meeting)
    if kept is None:
        raise NotThatStage("This agenda is out already.") if meeting.is_public else SavedMeanwhile(meeting)


def require_to_come(meeting: Meeting) -> None:
    """Raise `NotThatStage` for a meeting that is a draft, has begun or is off."""
    if not meeting.takes_questions:
        raise NotThatStage("Only a meeting to come whose agenda is out can be called off. A draft can be deleted.")


def call_off(meeting: Meeting, why: str, seen: int, by: Account) -> None:
    """Say that a meeting does not take place. Its page stays, and says why. Raises `SavedMeanwhile`, `NotThatStage`."""
    require_to_come(meeting)
    off = {"state": MeetingState.OFF, "off_at": now(), "off_reason": why, "moves": meeting.moves + 1}
    save_over(meeting, seen, by, off)
