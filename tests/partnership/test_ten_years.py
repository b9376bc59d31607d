"""Ten years of a partnership: each of its pages stays within its statements, and no longer than after five."""

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.localities.service import priorities_of
from pbvote.partnership.engagement.consultations.models import Consultation, ConsultationState
from pbvote.partnership.gatherings.models import Gathering, GatheringState
from pbvote.partnership.meetings.actions.models import Action, ActionState
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingQuestion, MeetingState, QuestionState
from pbvote.partnership.updates.models import Update
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.pages import browser, client_of
from tests.partnership.keeping import EDITOR, KEEP, PUBLIC, a_member, sale

FIVE_YEARS, TEN_YEARS = 60, 120
BEGINNINGS: dict[str, Callable[[Flask], CheckedClient]] = {PUBLIC: client_of, KEEP: lambda app: browser(app, EDITOR)}


def hold_meetings(app: Flask, first: int, last: int) -> None:
    """A meeting each month, so many months ago, with three items, a question and two actions; an update each."""
    with writing(app):
        priority = priorities_of(sale())[0].id
        for month in range(first, last):
            starts = now() - dt.timedelta(days=30 * month + 20)
            meeting = Meeting(locality_id=sale().id, title="Partnership meeting", place="Sale Waterside")
            meeting.starts_at, meeting.ends_at = starts, starts + dt.timedelta(hours=2)
            meeting.state, meeting.published_at = MeetingState.AGREED, starts - dt.timedelta(days=9)
            meeting.held_at, meeting.agreed_at = meeting.ends_at, starts + dt.timedelta(days=12)
            meeting.items = [
                MeetingItem(position=place, title=f"Item {place}", words="Long words. " * 20, decided="So be it. " * 20)
                for place in (1, 2, 3)
            ]
            db.session.add(meeting)
            db.session.flush()
            item, day = meeting.items[0].id, starts.date()
            asked = MeetingQuestion(item_id=item, words="Why?", state=QuestionState.SHOWN, asked_on=day, answer="So.")
            asked.answered_on = day
            db.session.add(asked)
            done = Action(what="Put up benches " * 6, lead="The council", state=ActionState.DONE, why="They stand.")
            done.done_on = min(today(), day)
            done.measure = "Ten benches stand. " * 4
            going = Action(what="Count the benches", lead="The council", state=ActionState.OPEN)
            for action in (done, *([going] if month < 12 else [])):
                action.locality_id, action.meeting_id, action.item_id = sale().id, meeting.id, item
                action.priority_id = priority
                action.due_on, action.looked_at_on = day + dt.timedelta(days=60), min(today(), day)
                db.session.add(action)
            update = Update(locality_id=sale().id, heading="What we did", words="Long words. " * 40)
            update.published_at = starts
            db.session.add(update)
            if month % 2 == 0:
                ask_and_gather(starts)


def ask_and_gather(starts: dt.datetime) -> None:
    """A consultation whose result is out, a gathering that is over, and a member who has left."""
    day = starts.date()
    asked = Consultation(
        locality_id=sale().id, code=f"c{day:%Y%m%d}", title="The green", why="Benches.", officer="Grace"
    )
    asked.opens_on, asked.closes_on, asked.result_due_on = day - dt.timedelta(days=60), day - dt.timedelta(days=40), day
    asked.state, asked.heard, asked.told_at = ConsultationState.TOLD, "Long words. " * 20, starts
    gathering = Gathering(locality_id=sale().id, title="Gathering of groups", purpose="Meet.", venue="Sale Waterside")
    gathering.starts_at, gathering.ends_at = starts, starts + dt.timedelta(hours=2)
    gathering.places, gathering.most_a_group, gathering.sign_up_until = 40, 4, day
    gathering.state, gathering.published_at = GatheringState.PUBLISHED, starts - dt.timedelta(days=30)
    gathering.localities = [sale()]
    db.session.add_all((asked, gathering))
    former = a_member(sale(), f"Nobody {day}")
    former.from_on, former.until_on = day - dt.timedelta(days=400), day


def pages_of(app: Flask, beginning: str) -> dict[str, int]:
    """Every page whose address begins so and that needs no more than the locality: its length in bytes."""
    rule_start = beginning.replace("sale", "<slug:slug>")
    client, found = BEGINNINGS[beginning](app), {}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(rule_start) and rule.arguments == {"slug"} and "GET" in (rule.methods or ()):
            answer = client.get(rule.rule.replace("<slug:slug>", "sale"))
            if answer.status_code == 200:
                found[rule.rule] = len(answer.data)
    return found


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_no_page_grows_with_ten_years_of_meetings(app: Flask, partnership: None, beginning: str) -> None:
    hold_meetings(app, 0, FIVE_YEARS)
    before = pages_of(app, beginning)
    assert len(before) > 8
    hold_meetings(app, FIVE_YEARS, TEN_YEARS)
    after = pages_of(app, beginning)  # whose statements are counted as they are fetched
    assert {page: size for page, size in after.items() if size > 1.1 * before[page]} == {}
