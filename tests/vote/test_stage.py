"""What the hall is shown: scenes, turns, the timer, and two people who press at once."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.core.clock import now
from pbvote.vote.events.day import DayPlan
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.stage import turns
from pbvote.vote.stage.models import Part, Scene, TurnEnd
from pbvote.vote.stage.scenes import scene_now
from pbvote.vote.stage.service import NobodySpeaks, NotNow, Press, StageMoved, reveal, show, stage_of
from pbvote.vote.stage.view import StageShown
from tests.checked_client import CheckedClient
from tests.factories import an_event, count_closed, the_event, writing
from tests.hall import organiser_does, slug, vote
from tests.pages import browser, text_of

NOON = dt.datetime(2014, 7, 12, 12, tzinfo=dt.UTC)


def press(event: Event, by: str = "Olivia") -> Press:
    """A press by somebody who looked a moment ago."""
    return Press(stage_of(event).version, by)


def scene_of(event: Event) -> Scene:
    """What the screen shows."""
    return scene_now(stage_of(event), event.poll)


def test_the_screen_follows_the_poll_until_somebody_chooses(app: Flask) -> None:
    with writing(app):
        event = an_event()
        assert scene_of(event) is Scene.WELCOME
        show(event, press(event), Scene.BREAK)
        assert scene_of(event) is Scene.BREAK
    organiser_does(app, open_poll)
    with writing(app):
        assert scene_of(the_event()) is Scene.VOTE
        show(the_event(), press(the_event()), Scene.LAST_CALL)
        assert scene_of(the_event()) is Scene.LAST_CALL
    organiser_does(app, close_poll)
    with app.app_context():
        assert scene_of(the_event()) is Scene.CLOSED


def test_nothing_is_announced_before_the_seal(app: Flask) -> None:
    vote(app, [(5, 4, 1), (5, 3, 1)])
    with writing(app):
        for scene in (Scene.ANNOUNCEMENT, Scene.SEAL, Scene.THANKS, Scene.VOTE):
            with pytest.raises(NotNow):
                show(the_event(), press(the_event()), scene)
        with pytest.raises(NotNow):
            reveal(the_event(), press(the_event()), 1)


def test_an_announcement_goes_on_when_its_result_is_published_in_the_middle_of_it(app: Flask) -> None:
    vote(app, [(5, 4, 1), (5, 3, 1)])
    organiser_does(app, count_closed)
    with writing(app):
        assert scene_of(the_event()) is Scene.SEAL
        show(the_event(), press(the_event()), Scene.ANNOUNCEMENT)
        reveal(the_event(), press(the_event()), 1)
    organiser_does(app, publish_outcome)
    with writing(app):
        assert (scene_of(the_event()), stage_of(the_event()).revealed) == (Scene.ANNOUNCEMENT, 1)
        show(the_event(), press(the_event()), Scene.BLANK)
        assert scene_of(the_event()) is Scene.BLANK


def test_of_two_presses_at_once_one_moves_the_stage_and_the_other_hears_who_did(app: Flask) -> None:
    with writing(app):
        event = an_event()
        seen = press(event)
        first, second, _ = event.running_order
        turns.present(event, seen, first.bid_id)
        with pytest.raises(StageMoved, match=r"^Olivia moved the screen on at .* your press changed nothing"):
            turns.present(event, Press(seen.seen, "Omar"), second.bid_id)
        assert stage_of(event).bid_id == first.bid_id
        turns.present(event, press(event, "Omar"), second.bid_id)
        assert stage_of(event).moved_by == "Omar"


def test_a_turn_is_timed_apart_for_the_pitch_and_the_questions(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock, writing(app):
        event = an_event()
        event.day = DayPlan(question_minutes=1)
        first, second, third = (slot.bid_id for slot in event.running_order)
        with pytest.raises(NobodySpeaks):
            turns.start_timer(event, press(event))
        turns.present(event, press(event), first)
        turns.start_timer(event, press(event))
        clock.shift(200)
        turns.take_questions(event, press(event))
        assert (stage_of(event).part, stage_of(event).timer.left(now())) == (Part.QUESTIONS, 60)
        clock.shift(70)
        turns.present(event, press(event), second)
        taken = StageShown.of(event).taken[first]
        assert (taken.ended, taken.pitch_seconds, taken.question_seconds) == (TurnEnd.SPOKE, 200, 70)
        shown = StageShown.of(event)
        assert (shown.presenting and shown.presenting.bid_id, shown.next and shown.next.bid_id) == (second, third)
        assert shown.overtime_seconds == 30
        turns.start_timer(event, press(event))
        turns.lengthen_timer(event, press(event), 30)
        clock.shift(215)
        assert StageShown.of(event).overtime_seconds == 35


def test_a_group_that_does_not_come_is_passed_over_with_a_reason(app: Flask) -> None:
    with writing(app):
        event = an_event()
        first, second, _ = (slot.bid_id for slot in event.running_order)
        turns.present(event, press(event), first)
        turns.note_no_show(event, press(event), first, "Their van broke down")
        shown = StageShown.of(event)
        assert (shown.scene, shown.next and shown.next.bid_id) == (Scene.BREAK, second)
        assert shown.taken[first].reason == "Their van broke down"


def test_a_group_called_by_mistake_has_had_no_turn(app: Flask) -> None:
    with writing(app):
        event = an_event()
        first, second, _ = (slot.bid_id for slot in event.running_order)
        turns.present(event, press(event), second)
        turns.present(event, press(event), first)
        assert StageShown.of(event).taken == {}
        turns.end_turn(event, press(event), Scene.WELCOME)
        assert (scene_of(event), stage_of(event).bid_id) == (Scene.WELCOME, None)


def test_a_day_plan_of_before_a_field_was_there_still_reads() -> None:
    plan = DayPlan(hall_metres=20)
    stored = plan.to_dict() | {"gone": 1}
    del stored["latecomers"]
    assert DayPlan.from_dict(stored) == plan


def test_the_desk_moves_the_stage_and_a_stale_press_is_told(app: Flask) -> None:
    with writing(app):
        console = f"/desk/events/{an_event().slug}"
    desk, address = browser(app, "organiser@council.example"), f"{console}/stage"
    assert "Next: 1" in text_of(desk.get(console))
    assert desk.post(address, data={"move": "present", "seen": "0", "bid": "1"}).status_code == 302
    again = desk.post(address, data={"move": "present", "seen": "0", "bid": "2"})
    assert again.status_code == 409
    assert "your press changed nothing" in text_of(again)
    assert "Now presenting" in text_of(desk.get(console))
    for wrong in (
        {"move": "dance"},
        {"move": "show", "scene": "notice"},
        {"move": "present", "bid": "x"},
        {"move": "no-show", "bid": "1", "reason": " "},
    ):
        assert desk.post(address, data={"seen": "1", **wrong}).status_code == 422
    assert desk.post(address, data={"move": "present", "seen": "1", "bid": "99"}).status_code == 404
    with app.app_context():
        assert stage_of(the_event()).version == 1


def at_desk(app: Flask) -> tuple[CheckedClient, str]:
    """An organiser's browser, and the console of an event whose first group presents."""
    with writing(app):
        event = an_event()
        event.day = DayPlan(question_minutes=1)
        turns.present(event, press(event), event.running_order[0].bid_id)
    return browser(app, "organiser@council.example"), f"/desk/events/{slug(app)}"


def test_a_press_leads_back_to_the_stage_and_not_to_the_top_of_the_page(app: Flask) -> None:
    desk, console = at_desk(app)
    pressed = desk.post(f"{console}/stage", data={"move": "start", "seen": "1"})
    assert pressed.headers["Location"] == f"{console}#stage"
    assert 'id="stage"' in desk.get(console).get_data(as_text=True)


def test_the_desk_times_a_turn_and_says_it_without_script_too(app: Flask) -> None:
    desk, console = at_desk(app)

    def pressed(move: str, **more: str) -> str:
        with app.app_context():
            seen = str(stage_of(the_event()).version)
        assert desk.post(f"{console}/stage", data={"move": move, "seen": seen, **more}).status_code == 302
        return text_of(desk.get(console))

    page = text_of(desk.get(console))
    assert "1 Project of Group 1 3:00 not started Start the timer" in page
    assert "Questions" not in page, "nobody has spoken yet"
    assert "3:30 not started" in pressed("more")
    assert "3:00 not started" in pressed("less")
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as clock:
        started = pressed("start")
        assert "3:00 left at " in started
        assert ", and running Pause the timer" in started
        clock.shift(75)
        assert "1:45 paused Start the timer" in pressed("pause")
        asked = pressed("questions")
        assert "1:00 left at " in asked
        assert desk.post(f"{console}/stage", data={"move": "questions", "seen": "6"}).status_code == 409


def test_a_timer_left_running_over_lunch_can_be_ended_at_the_time_that_was_allowed(app: Flask) -> None:
    desk, console = at_desk(app)
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as clock:
        desk.post(f"{console}/stage", data={"move": "start", "seen": "1"})
        clock.shift(dt.timedelta(minutes=18))
        assert "Is the turn over?" not in text_of(desk.get(console))
        clock.shift(dt.timedelta(minutes=42))
        assert "The timer has run 15 minutes over. Is the turn over?" in text_of(desk.get(console))
        desk.post(f"{console}/stage", data={"move": "end-on-time", "seen": "2", "scene": "break"})
    with app.app_context():
        shown = StageShown.of(the_event())
        assert [turn.pitch_seconds for turn in shown.taken.values()] == [180]
        assert shown.scene is Scene.BREAK


def test_the_console_of_a_running_timer_costs_a_line_while_nobody_presses(app: Flask) -> None:
    desk, console = at_desk(app)
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as clock:
        desk.post(f"{console}/stage", data={"move": "start", "seen": "1"})
        clock.shift(1)
        mark = desk.get(console).headers["ETag"]
        clock.shift(20)
        assert desk.get(console, headers={"If-None-Match": mark}).status_code == 304
