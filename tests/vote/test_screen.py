"""What a screen is told every two seconds, what it may send, and what its browser keeps."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.vote.events.day import DayPlan
from pbvote.vote.ledger.service import last_entry
from pbvote.vote.passes.hands import Hand
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import VotingOpened
from pbvote.vote.screen.matter import matter_for
from pbvote.vote.stage.service import stage_of
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker
from tests.factories import an_event, cast, count_closed, the_event, writing
from tests.hall import open_poll_codes, organiser_does, slug, vote
from tests.pages import browser, client_of, text_of
from tests.passes import a_screen, device, device_count, let_in

NOON = dt.datetime(2014, 7, 12, 11, tzinfo=dt.UTC)
SENT = {"Sec-Fetch-Site": "same-origin", "X-Own-Script": "1"}


def a_connected_screen(app: Flask) -> tuple[CheckedClient, str]:
    """A screen that an organiser has let in, and the address of its page."""
    screen = a_screen(app)
    let_in(app, device_count(app))
    return screen, DeviceKind.SCREEN.home(slug(app))


def test_the_light_answer_is_short_until_something_changes(app: Flask) -> None:
    with writing(app):
        an_event()
    screen, address = a_connected_screen(app)
    first = screen.get(f"{address}/now")
    assert first.json
    assert (first.json["scene"], first.json["version"], first.json["voted"]) == ("welcome", 0, 0)
    again = screen.get(f"{address}/now", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert len(screen.statements) <= 4
    moved = screen.post(f"{address}/move", json={"move": "present", "seen": 0, "bid": 1}, headers=SENT)
    assert moved.status_code == 200
    after = screen.get(f"{address}/now", headers={"If-None-Match": first.headers["ETag"]})
    assert after.json
    assert (after.status_code, after.json["scene"], after.json["bid"]) == (200, "presenting", 1)
    with app.app_context():
        moved_by = stage_of(the_event()).moved_by
    assert moved_by == device(app, device_count(app)).name


def test_the_turnout_goes_up_in_steps_of_five_and_is_exact_after_the_close(app: Flask) -> None:
    codes = open_poll_codes(app, 12)
    with writing(app):
        for code in codes[:7]:
            cast(code, {"B-01": 5, "B-02": 4, "B-03": 3})
    screen, address = a_connected_screen(app)
    seen = screen.get(f"{address}/now").json
    assert seen
    assert (seen["voted"], seen["slips"]) == (5, 12)
    organiser_does(app, close_poll)
    seen = screen.get(f"{address}/now").json
    assert seen
    assert (seen["scene"], seen["voted"]) == ("closed", 7)


def test_nothing_of_the_outcome_is_on_any_screen_before_the_seal(app: Flask) -> None:
    vote(app, [(1, 5, 3)] * 5)
    screen, address = a_connected_screen(app)
    before = screen.get(address).get_data(as_text=True)
    assert "data-reveal" not in before
    assert "points" not in before
    assert 'data-scene="seal"' not in before
    organiser_does(app, count_closed)
    after = screen.get(address).get_data(as_text=True)
    assert after.count("data-reveal") == 1 + 3 + 1
    # Whoever is not let in is sent to where a screen asks.
    stranger = client_of(app).get(address)
    assert (stranger.status_code, stranger.location) == (302, f"{address}/ask")
    assert client_of(app).get(f"{address}/now").status_code == 302


def test_a_report_says_that_the_screen_is_connected_and_takes_no_other_word(app: Flask) -> None:
    with writing(app):
        an_event()
    screen, address = a_connected_screen(app)
    desk = browser(app, "organiser@council.example")
    assert "Not connected" in text_of(desk.get(f"/desk/events/{slug(app)}/passes"))
    assert screen.post(f"{address}/report", json={"showing": "welcome"}, headers=SENT).status_code == 200
    assert "Connected Shows: Welcome, and how to vote" in text_of(desk.get(f"/desk/events/{slug(app)}/passes"))
    assert screen.post(f"{address}/report", json={"showing": "<script>"}, headers=SENT).status_code == 422
    assert desk.post(f"{address}/report", json={"showing": "welcome"}, headers=SENT).status_code == 422


@pytest.mark.parametrize("body", [[], "next", {"move": ["present"]}, {"move": "present", "bid": {"a": 1}, "seen": 0}])
def test_what_is_no_press_is_refused_and_moves_nothing(app: Flask, body: object) -> None:
    with writing(app):
        an_event()
    screen, address = a_connected_screen(app)
    for ending in ("move", "report"):
        assert screen.post(f"{address}/{ending}", json=body, headers=SENT).status_code == 422
    with app.app_context():
        assert stage_of(the_event()).version == 0


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Tea\0 at\nthree \u202eeerht\u202c", "Tea at three eerht"),
        ("\ud800Tea", "Tea"),
        ("T" * 5000, "T" * 120),
        ("\u200b\ud800", None),
    ],
)
def test_a_notice_is_one_line_of_what_can_be_seen(app: Flask, sent: str, shown: str | None) -> None:
    with writing(app):
        an_event()
    screen, address = a_connected_screen(app)
    body = {"move": "show", "scene": "notice", "notice": sent, "seen": 0}
    status = screen.post(f"{address}/move", json=body, headers=SENT).status_code
    assert status == (200 if shown else 422)
    now = screen.get(f"{address}/now").json
    assert now
    assert (now["scene"], now["notice"]) == (("notice", shown) if shown else ("welcome", ""))


def test_json_nested_as_no_page_nests_it_is_refused(app: Flask) -> None:
    with writing(app):
        an_event()
    screen, address = a_connected_screen(app)
    deep = screen.post(f"{address}/move", data="[" * 100_000, content_type="application/json", headers=SENT)
    assert deep.status_code == 400


def test_the_worker_answers_for_screens_alone_and_can_be_taken_back(make_app: AppMaker) -> None:
    client = client_of(make_app())
    worker = client.get("/screen/worker.js")
    assert worker.mimetype == "text/javascript"
    assert worker.get_data(as_text=True).startswith('const DOOR = {"path": "/screen/"')
    assert "Service-Worker-Allowed" not in worker.headers
    ended = client_of(make_app(OFFLINE_PAGES=False)).get("/screen/worker.js").get_data(as_text=True)
    assert "registration.unregister()" in ended
    assert "respondWith" not in ended


def test_the_screen_counts_down_to_the_last_call_and_not_to_the_close(app: Flask) -> None:
    open_poll_codes(app, 1)
    with writing(app):
        event = the_event()
        event.day = DayPlan(vote_minutes=15, last_call_minutes=5)
        opened = last_entry(event, VotingOpened)
        assert opened
        screen = Hand(event, "Kite 4", may_write=True, account=None, device=None)
        assert matter_for(screen).last_call_at == opened.at + dt.timedelta(minutes=10)


def test_after_midnight_a_screen_moves_nothing_any_more(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        with writing(app):
            an_event()
        screen, address = a_connected_screen(app)
        clock.move_to(NOON + dt.timedelta(hours=14))
        late = screen.post(f"{address}/move", json={"move": "present", "seen": 0, "bid": 1}, headers=SENT)
        assert late.status_code == 403
        assert "ended at midnight" in text_of(late)
        with app.app_context():
            assert stage_of(the_event()).version == 0
