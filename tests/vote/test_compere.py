"""The compere's page: what is read out, the pace, who may press, and nothing of the outcome before the seal."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.core.clock import UK
from pbvote.core.pace import pace_of
from pbvote.core.timetable import first_turn_at
from pbvote.vote.compere.saying import pace_said
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.service import stage_of
from tests.factories import an_event, count_closed, the_event, writing
from tests.hall import organiser_does, slug, vote
from tests.pages import browser, client_of, text_of
from tests.passes import COMPERE, a_phone

SENT = {"Sec-Fetch-Site": "same-origin", "X-Own-Script": "1"}
ONE, THREE = (dt.datetime(2014, 7, 12, hour, tzinfo=dt.UTC) for hour in (13, 15))


def home(app: Flask) -> str:
    """The address of the compere's page."""
    return DeviceKind.COMPERE.home(slug(app))


@pytest.mark.parametrize(
    ("begun_minutes", "overtime", "behind", "finish"),
    [
        (None, 0, 5, "15:05"),  # nobody has begun, a quarter of an hour in
        (10, 240, 4, "15:05"),
        (22, 0, 12, "15:10"),
        (10, -300, -5, "14:55"),
        (-60 * 24, 60, 6, "15:05"),  # a trial on the day before
        (5 * 60, 0, 290, "19:50"),  # long after the event should have ended
    ],
)
def test_the_pace_is_a_late_beginning_and_overtime(
    begun_minutes: int | None, overtime: int, behind: int, finish: str
) -> None:
    begun_at = None if begun_minutes is None else ONE + dt.timedelta(minutes=begun_minutes)
    first_at, moment = ONE + dt.timedelta(minutes=10), ONE + dt.timedelta(minutes=15)
    pace = pace_of(ONE, first_at, moment, begun_at=begun_at, overtime_seconds=overtime)
    assert (pace.behind_minutes, f"{pace.finish(THREE):%H:%M}") == (behind, finish)


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (-30, "We are on time. We’ll finish at about 3pm."),
        (0, "We are on time. We’ll finish at about 3pm."),
        (14, "We are 14 minutes behind. We’ll finish at about 3pm."),
        (90, "We are 90 minutes behind. We’ll finish at about 3pm."),
        (91, "We are more than 90 minutes behind the plan."),
        (200, "We are more than 3 hours behind the plan."),
        (60 * 24, "We are on time. We’ll finish at about 3pm."),  # the plan is of another day
    ],
)
def test_the_pace_before_the_first_turn_is_no_promise_that_nobody_can_keep(app: Flask, late: int, said: str) -> None:
    with writing(app):
        event = an_event()
        first_at = first_turn_at(event.starts_at, event.day.minutes(event.share.pitch_minutes))
        with time_machine.travel(first_at + dt.timedelta(minutes=late), tick=False):
            assert pace_said(event, stage_of(event), []) == said


def test_minutes_that_the_plan_has_to_spare_take_up_what_is_late() -> None:
    late = pace_of(ONE, ONE, ONE + dt.timedelta(minutes=30), begun_at=None, overtime_seconds=0)
    assert [f"{late.finish(THREE, spare):%H:%M}" for spare in (0, 10, 60)] == ["15:30", "15:20", "15:00"]


def test_no_finish_is_promised_after_midnight(app: Flask) -> None:
    with writing(app):
        event = an_event()
        event.ends_at = event.starts_at.astimezone(UK).replace(hour=23, minute=30)
        event.starts_at = event.ends_at - dt.timedelta(hours=1)
        first_at = first_turn_at(event.starts_at, event.day.minutes(event.share.pitch_minutes))
        with time_machine.travel(first_at + dt.timedelta(minutes=40), tick=False):
            assert pace_said(event, stage_of(event), []) == "We are 40 minutes behind."


def test_a_second_press_of_next_is_told_and_changes_nothing(app: Flask) -> None:
    with writing(app):
        an_event()
    phone = a_phone(app, COMPERE, "Cleo")
    move = f"{home(app)}/move"
    assert phone.post(move, json={"move": "present", "seen": 0, "bid": 1}, headers=SENT).status_code == 200
    again = phone.post(move, json={"move": "present", "seen": 0, "bid": 2}, headers=SENT)
    assert again.status_code == 409
    assert again.json
    assert again.json["said"].startswith("Cleo’s phone moved the screen on at ")
    with app.app_context():
        assert (stage_of(the_event()).bid_id, stage_of(the_event()).version) == (1, 1)


def test_a_turn_is_begun_again_and_a_forgotten_timer_ends_on_time(app: Flask) -> None:
    with writing(app):
        an_event()
    phone, address = a_phone(app, COMPERE, "Cleo"), home(app)

    def press(**move: object) -> None:
        with app.app_context():
            seen = stage_of(the_event()).version
        assert phone.post(f"{address}/move", json={"seen": seen, **move}, headers=SENT).status_code == 200

    press(move="present", bid=1)
    press(move="start", ago=3000)
    press(move="end-on-time", scene="break")
    now = phone.get(f"{address}/now").json
    assert now
    assert (now["scene"], now["taken"]) == (Scene.BREAK, {"1": "spoke"})
    press(move="again", bid=1)
    now = phone.get(f"{address}/now").json
    assert now
    assert (now["bid"], now["taken"], now["spent"]) == (1, {}, 0)


def test_the_sentences_and_how_to_say_a_name_are_on_the_page_and_the_card(app: Flask) -> None:
    with writing(app):
        group = an_event().running_order[0].bid.group
        assert group
        number, name = group.id, group.name
    desk, address = browser(app, "organiser@council.example"), f"/desk/events/{slug(app)}/compere"
    assert desk.post(address, data={f"group-{number}": "GROH-ers"}).status_code == 302
    said = text_of(desk.get(home(app)))
    assert "Say it: GROH-ers" in said
    assert f", from {name}. They ask for £" in said
    assert "They have 3 minutes." in said
    assert desk.get(f"{address}/card").data.startswith(b"%PDF")


def test_nothing_of_the_outcome_is_there_before_the_seal(app: Flask) -> None:
    vote(app, [(5, 4, 1), (5, 3, 1)])
    phone, address = a_phone(app, COMPERE, "Cleo"), home(app)
    assert "data-reveal" not in phone.get(address).get_data(as_text=True)
    organiser_does(app, count_closed)
    assert phone.get(address).get_data(as_text=True).count("<div data-reveal") == 3


def test_the_worker_answers_for_comperes_alone(app: Flask) -> None:
    worker = client_of(app).get("/compere/worker.js").get_data(as_text=True)
    assert worker.startswith('const DOOR = {"path": "/compere/"')


def test_after_the_last_group_whoever_did_not_come_is_remembered_and_there_is_no_pace(app: Flask) -> None:
    with writing(app):
        event = an_event()
        late = first_turn_at(event.starts_at, event.day.minutes(event.share.pitch_minutes)) + dt.timedelta(hours=5)
    with time_machine.travel(late, tick=False):
        phone, address = a_phone(app, COMPERE, "Cleo"), home(app)

        def press(**move: object) -> None:
            with app.app_context():
                seen = stage_of(the_event()).version
            assert phone.post(f"{address}/move", json={"seen": seen, **move}, headers=SENT).status_code == 200

        press(move="no-show", bid=1, reason="No car")
        for bid in (2, 3):
            press(move="present", bid=bid)
            press(move="start", ago=60)
            now = phone.get(f"{address}/now").json
            assert now
            assert "behind" in now["pace"]
            press(move="end-turn", scene="break")
        now = phone.get(f"{address}/now").json
        assert now
        assert (now["pace"], now["taken"]["1"]) == ("", "no_show")
        page = phone.get(address).get_data(as_text=True)
        assert 'data-absent="1"' in page
        assert "did not come. Are they here now?" in text_of(phone.get(address))
        desk = browser(app, "organiser@council.example")
        console = text_of(desk.get(f"/desk/events/{slug(app)}"))
        assert "They did not come: call up 1 Project of Group 1" in console
        assert "Did not come No car" in console
        assert "No car" not in text_of(phone.get(address))
    with writing(app):
        the_event().starts_at, the_event().ends_at = late.replace(year=2013), late.replace(year=2014)
    assert app.test_cli_runner().invoke(args=["tidy"]).exit_code == 0
    assert "No car" not in text_of(browser(app, "organiser@council.example").get(f"/desk/events/{slug(app)}"))
