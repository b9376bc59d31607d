"""A partnership by numbers: each number is as at a day, and the same wherever it stands."""

import csv
import datetime as dt
import io

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.clock import today
from pbvote.core.spans import Span
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.grants.visits.models import CheckIn, ContactMethod, Status
from pbvote.partnership.counting import partnership_counts
from pbvote.partnership.meetings.actions.models import Action, ActionState
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingQuestion, MeetingState, QuestionState
from pbvote.people.models import Account
from pbvote.public_account.figures.definitions import PartnershipFigure
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_locality, writing
from tests.grants.paying import SMALL, signed_awards
from tests.pages import text_of
from tests.partnership.keeping import a_member, sale
from tests.partnership.meeting import at

PAGE = "/localities/sale/numbers"


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


def counts(app: Flask, last: dt.date | None = None) -> dict[str, int]:
    """Sale's numbers of the twelve months to a day."""
    with app.app_context():
        [found] = [
            counted for each, counted in partnership_counts(Span.year_to(last or today())) if each.slug == "sale"
        ]
        return {figure.value: figure.of(found) for figure in PartnershipFigure}


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


@both_databases
def test_a_year_by_numbers_is_as_at_each_day(app: Flask) -> None:
    a_year(app)
    now = {"held": 3, "in_time": 2, "asked": 2, "answered": 1, "due": 3, "done": 2, "members": 1, "visits": 2}
    assert counts(app) == now
    # Minutes that are not agreed yet, what is due later, and who had left are in no figure; before, some was otherwise.
    assert counts(app, ago(41)) == now | {"held": 2, "due": 2, "done": 1, "members": 2, "visits": 1}
    assert counts(app, ago(95)) == now | {"held": 2, "answered": 0, "due": 0, "done": 0, "members": 2, "visits": 0}


def test_the_pages_and_the_file_say_the_same(app: Flask, client: CheckedClient) -> None:
    a_year(app)
    strip = (
        "Meetings held 3 Agendas out in time 2 of 3 Questions answered 1 of 2 Actions done 2 of 3 Members 1 "
        "Visits to groups 2"
    )
    for path in ("/localities/sale", PAGE):
        assert strip in text_of(client.get(path))
    sheet = client.get("/partnerships/numbers.csv").get_data(as_text=True).lstrip("\ufeff")
    [row] = csv.DictReader(io.StringIO(sheet))
    assert [int(row[figure.words]) for figure in PartnershipFigure] == list(counts(app).values())
    meanings = text_of(client.get("/figures"))
    for figure in PartnershipFigure:
        assert f"{figure.words} {figure.sentence}" in meanings
        assert figure.sentence in text_of(client.get(PAGE))


def test_a_partnership_that_did_nothing_yet_reads_well(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        a_locality()
    assert "Meetings held 0 Agendas out in time none Questions answered none Actions done none Members 0" in text_of(
        client.get(PAGE)
    )
    assert client.get("/localities/nowhere/numbers").status_code == 404
    assert client.get("/partnerships/numbers.pdf").status_code == 404


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (dt.date(2026, 11, 28), dt.date(2025, 11, 29)),
        (dt.date(2028, 2, 29), dt.date(2027, 3, 1)),
        (dt.date(2027, 12, 31), dt.date(2027, 1, 1)),
    ],
)
def test_a_year_has_twelve_months(last: dt.date, first: dt.date) -> None:
    assert Span.year_to(last).first == first


def test_quarters_follow_each_other() -> None:
    quarter = Span.quarter_with(dt.date(2027, 2, 28))
    assert quarter == Span(dt.date(2027, 1, 1), dt.date(2027, 3, 31))
    assert quarter.quarter_before == Span(dt.date(2026, 10, 1), dt.date(2026, 12, 31))
