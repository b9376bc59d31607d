"""A year of a partnership in numbers, as tests stand on it: meetings, questions, actions, members and visits."""

import datetime as dt

import sqlalchemy as sa
from flask import Flask

from pbvote.core.clock import today
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.grants.visits.models import CheckIn, ContactMethod, Status
from pbvote.partnership.meetings.actions.models import Action, ActionState
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingQuestion, MeetingState, QuestionState
from pbvote.people.models import Account
from tests.factories import writing
from tests.grants.paying import SMALL, signed_awards
from tests.partnership.keeping import a_member, sale
from tests.partnership.meeting import at


def ago(days: int) -> dt.date:
    """So many days before today."""
    return today() - dt.timedelta(days=days)


def a_meeting(days_ago: int, ahead: int = 6, state: MeetingState = MeetingState.AGREED) -> Meeting:
    """A meeting that many days ago, its agenda out so many working days before."""
    day = working_days_after(ago(days_ago), 0)
    meeting = Meeting(locality_id=sale().id, title="Partnership meeting", place="Sale Waterside", state=state)
    meeting.starts_at, meeting.ends_at = at(day, 19), at(day, 21)
    meeting.published_at = None if state is MeetingState.DRAFT else at(working_days_after(day, -ahead), 9)
    meeting.held_at = meeting.ends_at if state in {MeetingState.AGREED, MeetingState.MINUTES} else None
    meeting.agreed_at = meeting.ends_at + dt.timedelta(days=20) if state is MeetingState.AGREED else None
    if state is MeetingState.OFF:
        meeting.off_at, meeting.off_reason = meeting.published_at, "Snow."
    db.session.add(meeting)
    db.session.flush()
    return meeting


def an_action(due: int, done: int | None, meeting: Meeting | None = None) -> None:
    """Something due so many days ago, and done so many days ago or not at all."""
    action = Action(locality_id=sale().id, what="Mend the gate", lead="The council", due_on=ago(due))
    action.meeting_id = meeting.id if meeting else None
    if done is not None:
        action.state, action.done_on = ActionState.DONE, ago(done)
    db.session.add(action)


def asked(meeting: Meeting, state: QuestionState, answered: int | None = None) -> None:
    """A question a day after the agenda was out."""
    item = MeetingItem(meeting_id=meeting.id, position=1, title="Small pots")
    db.session.add(item)
    db.session.flush()
    question = MeetingQuestion(item_id=item.id, words="Who pays?", state=state, asked_on=meeting.starts_at.date())
    question.why = "It names a neighbour." if state is QuestionState.REFUSED else ""
    if answered is not None:
        question.answer, question.answered_on = "The council.", ago(answered)
    db.session.add(question)


def visited(days_ago: int, method: ContactMethod = ContactMethod.VISIT, standing: Status = Status.GOING_WELL) -> None:
    """A check-in."""
    by = db.session.scalars(sa.select(Account.id).order_by(Account.id)).first() or 0
    said = CheckIn(award_id=SMALL, account_id=by, form_key=str(days_ago), met_on=ago(days_ago), needs=[])
    said.contact_method, said.standing, said.logged_at = method, standing, at(ago(days_ago), 20)
    db.session.add(said)


def a_year(app: Flask) -> None:
    """Three meetings held, one of them without notice; one off, one in draft, one long ago; and what came of them."""
    signed_awards(app)
    with writing(app):
        held, latest = a_meeting(100), a_meeting(30, ahead=2, state=MeetingState.MINUTES)
        for meeting in (a_meeting(200), a_meeting(500)):
            asked(meeting, QuestionState.SHOWN)
        a_meeting(60, state=MeetingState.OFF)
        a_meeting(40, state=MeetingState.DRAFT)
        asked(held, QuestionState.SHOWN, answered=90)
        asked(held, QuestionState.REFUSED)
        asked(latest, QuestionState.WAITING)
        an_action(50, 60, held)
        an_action(15, 3, latest)
        for due, done in ((45, 10), (20, None), (-5, 1)):
            an_action(due, done)
        for member, left in (("Nia", None), ("Gwen", 40)):
            a_member(sale(), member).until_on = ago(left) if left else None
        visited(70)
        visited(5)
        visited(6, ContactMethod.CALL)
        visited(7, standing=Status.NOT_REACHED)
        visited(480)
