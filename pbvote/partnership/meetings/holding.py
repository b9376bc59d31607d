"""Write up a meeting item by item, end it, show its minutes to members, agree them; plan the next one.

Nothing here commits.
"""

import datetime as dt

import sqlalchemy as sa

from pbvote.core.clock import UK, now
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.partnership.meetings.items import SaidOfItem, add_item
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingQuestion, MeetingState, QuestionState
from pbvote.partnership.meetings.reading import meeting_of
from pbvote.partnership.meetings.service import NotThatStage, SaidOfMeeting, draft_meeting
from pbvote.partnership.seen import save_over
from pbvote.people.models import Account


def require_minutes_open(meeting: Meeting) -> None:
    """Raise `NotThatStage` before the meeting has begun, and once its minutes are agreed."""
    if meeting.has_agreed_minutes:
        raise NotThatStage("These minutes are agreed, so they stay as they are.")
    if not meeting.takes_minutes:
        raise NotThatStage("Minutes are written from the beginning of a meeting on.")


def write_up(meeting: Meeting, item: MeetingItem, decided: str, seen: int, by: Account) -> None:
    """Keep what was decided about an item, as far as it is typed. Raises `NotThatStage`, `SavedMeanwhile`."""
    require_minutes_open(meeting)
    if decided != item.decided or seen != item.version:
        save_over(item, seen, by, {"decided": decided})


def end_meeting(meeting: Meeting, seen: int, by: Account) -> None:
    """Say that a meeting is over. Raises `NotThatStage`, `SavedMeanwhile`."""
    if meeting.state is not MeetingState.AGENDA or not meeting.takes_minutes:
        raise NotThatStage("Only a meeting that has begun can end.")
    save_over(meeting, seen, by, {"state": MeetingState.HELD, "held_at": now()})


def show_minutes(meeting: Meeting, seen: int, by: Account) -> None:
    """Let the partnership's members read the minutes in draft. Raises `NotThatStage`, `SavedMeanwhile`."""
    if meeting.state is not MeetingState.HELD:
        raise NotThatStage("Members read minutes once the meeting has ended, and until they are agreed.")
    save_over(meeting, seen, by, {"state": MeetingState.MINUTES})


def agree_minutes(meeting: Meeting, seen: int, by: Account) -> None:
    """Let everybody read the minutes and the actions in them. Raises `NotThatStage`, `SavedMeanwhile`."""
    if meeting.state is not MeetingState.MINUTES:
        raise NotThatStage("Members read the minutes first. Then they can be agreed.")
    save_over(meeting, seen, by, {"state": MeetingState.AGREED, "agreed_at": now()})


def month_later(day: dt.date) -> dt.date:
    """The same weekday of the next month: after the second Thursday comes the second one; after a fifth, the last."""
    place = (day.day - 1) // 7
    first = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    found = first + dt.timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * place)
    return found if found.month == first.month else found - dt.timedelta(days=7)


def next_day_of(meeting: Meeting) -> dt.date:
    """When a meeting like this one would be next."""
    return month_later(meeting.starts_at.astimezone(UK).date())


def meet_again(locality: Locality, before: Meeting, said: SaidOfMeeting, by: Account) -> Meeting:
    """Draft the next meeting, with the items of this one, and the questions that have no answer yet."""
    meeting = draft_meeting(locality, said, by)
    whole = meeting_of(locality, meeting.id) or meeting
    for item in before.items:
        carried = add_item(whole, SaidOfItem(item.title, item.words, item.who, item.minutes), by)
        asked = sa.or_(MeetingQuestion.item_id == item.id, MeetingQuestion.next_item_id == item.id)
        is_open = sa.and_(MeetingQuestion.state == QuestionState.SHOWN, MeetingQuestion.answer == "")
        db.session.execute(sa.update(MeetingQuestion).where(asked, is_open).values(next_item_id=carried.id))
    return whole
