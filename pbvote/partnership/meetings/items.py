"""Put items on an agenda, change, order and take them out. Nothing here commits."""

from dataclasses import asdict, dataclass

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingQuestion
from pbvote.partnership.meetings.service import NotThatStage
from pbvote.partnership.ordering import move_by_one
from pbvote.partnership.seen import save_over
from pbvote.people.models import Account

MOST_ITEMS = 30


class TooManyItems(Refusal):
    """No evening is so long."""

    status = 422

    def __init__(self) -> None:
        super().__init__(f"An agenda can have {MOST_ITEMS} items. Put several into one.")


class HasQuestions(Refusal):
    """Somebody asked about it."""

    def __init__(self) -> None:
        super().__init__("Residents have asked about this item, so it stays on the agenda. You can change its words.")


@dataclass(frozen=True, slots=True)
class SaidOfItem:
    """What an editor says of an item."""

    title: str
    words: str
    who: str
    minutes: int | None


def require_agenda_open(meeting: Meeting) -> None:
    """Raise `NotThatStage` where the agenda stays as it was."""
    if not meeting.takes_changes:
        raise NotThatStage("This meeting is over or off, so its agenda stays as it was.")


def add_item(meeting: Meeting, said: SaidOfItem, by: Account) -> MeetingItem:
    """A new item at the agenda's end. Raises `NotThatStage`, `TooManyItems`."""
    require_agenda_open(meeting)
    if len(meeting.items) >= MOST_ITEMS:
        raise TooManyItems
    last = max((item.position for item in meeting.items), default=0)
    item = MeetingItem(meeting_id=meeting.id, position=last + 1, changed_by_id=by.id, **asdict(said))
    db.session.add(item)
    db.session.flush()
    return item


def change_item(meeting: Meeting, item: MeetingItem, said: SaidOfItem, seen: int, by: Account) -> None:
    """Say something else of an item. Raises `NotThatStage`, `SavedMeanwhile`."""
    require_agenda_open(meeting)
    save_over(item, seen, by, asdict(said))


def move_item(meeting: Meeting, item: MeetingItem, way: str) -> None:
    """One place up or down, where there is one. Raises `NotThatStage`."""
    require_agenda_open(meeting)
    meeting.changed_at = now()
    move_by_one(meeting.items, item, way)


def remove_item(meeting: Meeting, item: MeetingItem) -> None:
    """Take an item out. Raises `HasQuestions`, `NotThatStage`; the last item of a public agenda stays."""
    require_agenda_open(meeting)
    if db.session.scalar(sa.select(sa.exists().where(MeetingQuestion.item_id == item.id))):
        raise HasQuestions
    if meeting.published_at and len(meeting.items) == 1:
        raise NotThatStage("An agenda that is out keeps one item at least. Change this one instead.")
    db.session.delete(item)
    meeting.changed_at = now()
    db.session.flush()
