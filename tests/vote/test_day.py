"""How an event's day goes: the plan, the calendar's entry, and what residents ask for."""

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from icalendar import Calendar

from pbvote.call.bids.letters import planned_in_words
from pbvote.call.rounds.models import EventFormat
from pbvote.core.clock import UK, now, today, uk_moment
from pbvote.db import db
from pbvote.vote.day import requests
from pbvote.vote.day.models import AccessRequest
from pbvote.vote.events.day import AccessNeed, DayPlan, Latecomers
from pbvote.vote.poll.states import PollState
from pbvote.vote.programme.publishing import publish_page
from tests.checked_client import CheckedClient
from tests.factories import an_event, sign_in, the_event, writing
from tests.pages import text_of

PLAN = {
    "doors": "11:15am",
    "welcome_minutes": "5",
    "question_minutes": "1",
    "changeover_minutes": "2",
    "vote_minutes": "20",
    "last_call_minutes": "5",
    "count_minutes": "15",
    "hall_metres": "24",
    "announcement": "top_down",
    "latecomers": "until_the_first_pitch",
    "door_list": "names",
    "languages": ["pl", "ar"],
    "venue_has": ["hearing_loop"],
    "help_phone": "Pat, 0161 496 0001",
}
REQUEST = {"needs": ["bsl", "quiet_room"], "words": "Two seats", "name": "", "contact": "0161 496 0002"}


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """The morning of the event, whenever the tests run: residents ask until it is over."""
    with time_machine.travel(uk_moment(today(), dt.time(9)), tick=True):
        yield


@pytest.fixture
def slug(app: Flask, morning: None) -> str:
    """An event from noon to 3pm, whose page is public."""
    with writing(app):
        event = an_event()
        publish_page(event)
        return event.slug


@pytest.fixture
def desk(app: Flask, client: CheckedClient, slug: str) -> CheckedClient:
    """The organiser's client."""
    sign_in(client, "organiser@council.example")
    return client


def test_the_plan_is_settled_and_shown_as_a_timetable(app: Flask, desk: CheckedClient, slug: str) -> None:
    saved = desk.post(f"/desk/events/{slug}/day", data=PLAN, follow_redirects=True)
    assert "How the day goes is saved." in text_of(saved)
    with app.app_context():
        plan = the_event().day
        assert (plan.doors_minutes, plan.hall_metres, plan.languages) == (45, 24, ("en", "pl", "ar"))
        assert (plan.latecomers, plan.venue_has) == (Latecomers.UNTIL_THE_FIRST_PITCH, (AccessNeed.HEARING_LOOP,))
    page = text_of(desk.get(f"/desk/events/{slug}/day"))
    # Three groups of 3 minutes and 1 for questions, 2 between them, after a welcome of 5.
    assert "Doors open From 11:15am To noon" in page
    assert "Groups speak From 12:05pm To 12:21pm" in page
    assert "Voting From 12:21pm To 12:41pm" in page
    assert "Count From 12:41pm To 12:56pm" in page


def test_everybody_reads_the_day_in_short_and_the_rule_in_their_language(
    app: Flask, client: CheckedClient, slug: str
) -> None:
    with writing(app):
        the_event().day = DayPlan(latecomers=Latecomers.UNTIL_THE_LAST_PITCH)
    page = text_of(client.get(f"/events/{slug}"))
    assert "Doors open at 11:30am · Groups speak 12:10pm–12:21pm · Voting until 12:36pm" in page
    assert "Result about 12:56pm" in page
    assert "Come before the last group has spoken. After that, nobody gets a slip." in page
    assert "Głosowanie do 12:36" in text_of(client.get(f"/events/{slug}?lang=pl"))


def test_doors_open_before_the_start(desk: CheckedClient, slug: str) -> None:
    for doors in ("12:30pm", "7am"):
        refused = desk.post(f"/desk/events/{slug}/day", data=PLAN | {"doors": doors})
        assert refused.status_code == 422
        assert "Doors must open at the start, or up to 4 hours before it" in text_of(refused)


def test_a_day_that_does_not_fit_is_said(app: Flask, desk: CheckedClient, slug: str) -> None:
    desk.post(f"/desk/events/{slug}/day", data=PLAN | {"vote_minutes": "170"})
    page = text_of(desk.get(f"/desk/events/{slug}/day"))
    assert "The result comes at 3:26pm and takes some 10 minutes. The event ends at 3pm." in page
    assert "58 minutes" not in page
    warned = text_of(desk.get("/desk/rounds/grants-2014"))
    assert "too late for the end at 3pm" in warned


def test_what_people_go_by_is_fixed_with_its_reason(app: Flask, desk: CheckedClient, slug: str) -> None:
    with writing(app):
        the_event().poll = PollState.OPEN
    page = desk.get(f"/desk/events/{slug}/day")
    assert "Voting has opened. The rule is printed, and it is the same for everybody." in text_of(page)
    assert 'name="latecomers"' not in page.get_data(as_text=True)
    assert 'name="hall_metres"' in page.get_data(as_text=True)
    refused = desk.post(f"/desk/events/{slug}/day", data=PLAN)
    assert refused.status_code == 409
    free = {name: PLAN[name] for name in ("hall_metres", "vote_minutes", "question_minutes", "changeover_minutes")}
    free |= {name: PLAN[name] for name in ("last_call_minutes", "count_minutes", "announcement")}
    assert desk.post(f"/desk/events/{slug}/day", data=free).status_code == 302
    with app.app_context():
        plan = the_event().day
        assert (plan.hall_metres, plan.latecomers) == (24, Latecomers.UNTIL_THE_CLOSE)


@pytest.mark.parametrize(("day", "offset"), [(dt.date(2014, 7, 12), 1), (dt.date(2014, 12, 6), 0)])
def test_a_calendar_reads_the_hours_in_summer_and_in_winter(
    app: Flask, client: CheckedClient, slug: str, day: dt.date, offset: int
) -> None:
    with writing(app):
        event = the_event()
        event.starts_at, event.ends_at = uk_moment(day, dt.time(13, 30)), uk_moment(day, dt.time(16))
    answer = client.get(f"/events/{slug}/calendar.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    [entry] = Calendar.from_ical(answer.data).walk("VEVENT")
    assert entry.decoded("dtstart") == dt.datetime.combine(day, dt.time(13, 30), tzinfo=UK)
    assert entry.decoded("dtstart").utcoffset() == dt.timedelta(hours=offset)
    assert entry["dtstart"].params["TZID"] == "Europe/London"
    assert len(Calendar.from_ical(answer.data).walk("VTIMEZONE")) == 1
    assert "Doors open at 1pm" in str(entry["description"])


def test_a_move_raises_the_sequence_and_keeps_the_uid(desk: CheckedClient, slug: str) -> None:
    def entry() -> tuple[str, int]:
        [found] = Calendar.from_ical(desk.get(f"/events/{slug}/calendar.ics").data).walk("VEVENT")
        return str(found["uid"]), int(str(found["sequence"]))

    uid, first = entry()
    moved = {"name": "Sale decides", "place": "The Town Hall", "held_on-day": "12", "held_on-month": "7"}
    moved |= {"held_on-year": "2030", "starts": "1pm", "ends": "4pm", "access": ""}
    for expected in (first + 1, first + 1):  # saved again, it has not moved
        assert desk.post(f"/desk/events/{slug}/plan", data=moved).status_code == 302
        assert entry() == (uid, expected)
    desk.post(f"/desk/events/{slug}/day", data=PLAN | {"doors": "12:40pm"})
    assert entry() == (uid, first + 2)


def test_no_calendar_before_the_page_is_published(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        slug = an_event().slug
    assert client.get(f"/events/{slug}/calendar.ics").status_code == 404
    assert client.get(f"/events/{slug}/access").status_code == 404


def test_a_groups_letter_says_when_to_be_there(app: Flask, slug: str) -> None:
    with app.app_context():
        event = the_event()
        [said] = planned_in_words(event.share.round_id, [event.share.locality_id]).values()
        assert "Doors open at 11:30am; be there by then." in said
        assert said.endswith(f"/events/{slug}/calendar.ics")


def test_a_resident_asks_without_a_cookie_and_an_organiser_answers(
    app: Flask, client: CheckedClient, slug: str
) -> None:
    page = client.get(f"/events/{slug}/access")
    sent = client.post(f"/events/{slug}/access", data=REQUEST)
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/events/{slug}/access/sent")
    assert not {"Set-Cookie"} & {*page.headers.keys(), *sent.headers.keys()}
    sign_in(client, "organiser@council.example")
    listed = client.get(f"/desk/events/{slug}/day/requests")
    assert "0161 496 0002" in text_of(listed)
    assert "British Sign Language interpreter, Quiet room" in text_of(listed)
    with app.app_context():
        number = db.session.scalars(sa.select(AccessRequest.id)).one()
    client.post(f"/desk/events/{slug}/day/requests/{number}/answered")
    with app.app_context():
        answered = db.session.get_one(AccessRequest, number).answered_at
        assert answered is not None


@pytest.mark.parametrize("wrong", [{"contact": ""}, {"contact": "me"}, {"needs": []}, {"needs": ["a pony"]}])
def test_a_request_that_nobody_could_answer_is_refused(client: CheckedClient, slug: str, wrong: dict[str, str]) -> None:
    assert client.post(f"/events/{slug}/access", data=REQUEST | wrong).status_code == 422


def test_a_flood_of_requests_waits(app: Flask, client: CheckedClient, slug: str) -> None:
    answers = [client.post(f"/events/{slug}/access", data=REQUEST).status_code for _ in range(21)]
    assert answers == [302] * 20 + [429]


def test_an_event_takes_so_many_requests_from_whatever_network(
    app: Flask, client: CheckedClient, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "MOST", 1)
    assert client.post(f"/events/{slug}/access", data=REQUEST).status_code == 302
    assert client.post(f"/events/{slug}/access", data=REQUEST).status_code == 429


def test_requests_are_deleted_31_days_after_the_event(app: Flask, client: CheckedClient, slug: str) -> None:
    client.post(f"/events/{slug}/access", data=REQUEST)
    with writing(app):
        ends = the_event().ends_at
    for days, left in ((31, 1), (32, 0)):
        with time_machine.travel(ends + dt.timedelta(days=days, minutes=-1), tick=False), writing(app):
            requests.forget_requests()
            assert len(requests.requests_of(the_event())) == left


def test_an_event_that_is_over_takes_no_requests(app: Flask, client: CheckedClient, slug: str) -> None:
    with writing(app):
        event = the_event()
        event.starts_at, event.ends_at = now() - dt.timedelta(hours=3), now() - dt.timedelta(hours=1)
    assert "This event is over." in text_of(client.get(f"/events/{slug}/access"))
    assert client.post(f"/events/{slug}/access", data=REQUEST).status_code == 409


def test_where_residents_vote_over_days_nothing_has_an_hour(app: Flask, desk: CheckedClient, slug: str) -> None:
    with writing(app):
        event = the_event()
        event.share.format, event.ends_at = EventFormat.DAYS, event.ends_at + dt.timedelta(days=2)
    page = text_of(desk.get(f"/desk/events/{slug}/day"))
    assert "so no part of a day has an hour" in page
    assert "Doors open at" not in page
    assert "Last call" not in page
    assert "Length of the hall" in page
    assert "Doors open" not in text_of(desk.get(f"/events/{slug}"))


def test_a_rule_for_latecomers_is_asked_for_only_where_groups_speak(app: Flask, desk: CheckedClient, slug: str) -> None:
    assert 'name="latecomers"' in desk.get(f"/desk/events/{slug}/day").get_data(as_text=True)
    for kind in (EventFormat.STALLS, EventFormat.DAYS):
        with writing(app):
            the_event().share.format = kind
        page = desk.get(f"/desk/events/{slug}/day").get_data(as_text=True)
        for name in ("latecomers", "question_minutes", "changeover_minutes"):
            assert f'name="{name}"' not in page, kind
    kept = {name: value for name, value in PLAN.items() if name not in {"latecomers", "question_minutes", "doors"}}
    assert desk.post(f"/desk/events/{slug}/day", data=kept).status_code == 302


@pytest.mark.parametrize("sent", [{}, REQUEST])
def test_after_the_event_whoever_still_has_the_form_reads_that_it_is_over(
    app: Flask, client: CheckedClient, slug: str, sent: dict[str, object]
) -> None:
    with app.app_context():
        after = the_event().ends_at + dt.timedelta(minutes=1)
    with time_machine.travel(after):
        answer = client.post(f"/events/{slug}/access", data=sent)
    assert answer.status_code in {409, 422}
    assert "This event is over." in text_of(answer)
    assert 'id="needs' not in answer.get_data(as_text=True)
