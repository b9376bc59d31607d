"""One letter a day to who wants to know, of what can be read at that moment."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from pbvote.core.clock import today
from pbvote.db import begin_write, db
from pbvote.partnership.telling.sending import subscribers_to_tell, tell_subscribers
from tests.conftest import both_databases
from tests.factories import sign_in
from tests.pages import browser, client_of, text_of
from tests.partnership.consulting import a_result, ask, say, short_address
from tests.partnership.keeping import EDITOR, KEEP, ORGANISER, PUBLIC, SAID
from tests.partnership.meeting import (
    KEPT,
    a_form,
    ask_page,
    at,
    boxes,
    draft,
    in_days,
    number_in,
    publish_now,
    question_page,
    seen_on,
)
from tests.partnership.telling import ANN, ask_for, code_of, confirm, letters_to, stop_of, subscribers, told
from tests.together import together

pytestmark = pytest.mark.usefixtures("partnership")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It is nine o'clock, and stays so until the test moves it."""
    with time_machine.travel(at(today() + dt.timedelta(days=1), 9), tick=False) as traveller:
        yield traveller


MINUTES, DAY = dt.timedelta(minutes=6), dt.timedelta(days=1)


def test_agendas_by_the_clock_moves_and_what_is_off_are_told_one_letter_a_day(
    app: Flask, clock: time_machine.Traveller
) -> None:
    ask_for(app)
    confirm(app)
    editor = browser(app, EDITOR)
    number = draft(editor, in_days(9), "Lights")
    due = today() + DAY
    later = {"when": "later", "out_at": "9am"} | boxes(out_on=due) | seen_on(editor, KEPT + number)
    assert editor.post(f"{KEPT}{number}/publish", data=later).status_code == 302
    clock.shift(MINUTES)
    assert told(app) == []
    clock.move_to(at(due, 9) + MINUTES)
    [letter] = told(app)
    assert "The agenda is out: Partnership meeting" in letter
    assert f"/localities/sale/meetings{number}" in letter
    assert stop_of(letters_to(app)[-1]) in letter
    sign_in(editor, EDITOR)
    details = f"{KEPT}{number}/details"
    day = in_days(10)
    assert editor.post(details, data=a_form(day, place="Sale Town Hall") | seen_on(editor, details)).status_code == 302
    clock.shift(MINUTES)
    assert told(app) == []  # one a day
    clock.shift(DAY)
    [letter] = told(app)
    assert "has moved: Partnership meeting is now on" in letter
    assert "Sale Town Hall" in letter
    assert "The agenda is out" not in letter
    clock.shift(DAY)
    assert told(app) == []
    sign_in(editor, EDITOR)
    off = {"why": "The hall is flooded."} | seen_on(editor, KEPT + number)
    assert editor.post(f"{KEPT}{number}/off", data=off).status_code == 302
    clock.shift(MINUTES)
    assert "A meeting is off: Partnership meeting" in told(app)[0]


def test_what_came_of_a_consultation_is_told_once(app: Flask, clock: time_machine.Traveller) -> None:
    ask_for(app, kinds=["result"])
    confirm(app)
    editor = browser(app, EDITOR)
    place = ask(editor, closes_in=1)
    say(client_of(app), short_address(editor, place), "The pond")
    clock.shift(2 * DAY)
    sign_in(editor, EDITOR)
    wont = {"wont-0-what": "A fence round the pond", "wont-0-why": "Children would climb it."}
    assert editor.post(f"{place}/result", data=a_result(editor, place, **wont)).status_code == 302
    clock.shift(MINUTES)
    assert told(app) == []
    assert editor.post(f"{place}/result/publish", data=seen_on(editor, f"{place}/result")).status_code == 302
    clock.shift(MINUTES)
    [letter] = told(app)
    assert "What we heard, and what comes of it:" in letter
    assert f"{PUBLIC}/consultations/{number_in(place)}" in letter
    clock.shift(DAY)
    assert told(app) == []


def test_what_was_taken_down_or_kept_back_is_in_no_letter(app: Flask, clock: time_machine.Traveller) -> None:
    ask_for(app)
    ask_for(app, "bo@home.example", ["agenda"])
    for address in (ANN, "bo@home.example"):
        confirm(app, address)
    clock.shift(MINUTES)
    editor = browser(app, EDITOR)
    for number in (1, 2):
        editor.post(f"{KEEP}/updates/new", data={**SAID, "heading": f"Update {number} is green"})
        editor.post(f"{KEEP}/updates/{number}/publish", data={"seen": "1", "when": "now"})
    assert editor.post(f"{KEEP}/updates/1/take-down", data={"why": "It named a child."}).status_code == 302
    assert told(app) == []  # an editor has a few minutes to take it back
    clock.shift(MINUTES)
    with app.app_context():
        [batch] = subscribers_to_tell()
    [letter] = told(app)
    assert "Update 2 is green" in letter
    assert "Update 1" not in letter
    assert letters_to(app)[-1].subject == "Update 2 is green"
    assert len(letters_to(app, "bo@home.example")) == 1
    with app.app_context():
        begin_write()
        assert tell_subscribers(batch) == 0  # another process was here first


def test_who_asked_a_question_is_told_its_answer_and_then_forgotten(app: Flask, clock: time_machine.Traveller) -> None:
    editor, resident = browser(app, EDITOR), client_of(app)
    number, ask = ask_page(editor)
    wrong = resident.post(ask, data={"words": "Who pays?", "email": "ann"})
    assert "correct format" in text_of(wrong)
    assert resident.post(ask, data={"words": "Who pays?", "email": ANN}).status_code == 302
    confirm(app)
    one = question_page(editor, number)
    clock.shift(MINUTES)
    assert told(app) == []
    said = {"answer": "The council."} | seen_on(editor, one)
    assert editor.post(f"{one}/answer", data=said).status_code == 302
    clock.shift(MINUTES)
    [letter] = told(app)
    assert "Your question about “Lights on the canal path” is answered" in letter
    assert "we have deleted your address" in letter
    assert not letters_to(app)[-1].stops_at
    assert not subscribers(app)


def test_each_question_is_confirmed_and_a_refused_one_is_told(app: Flask, clock: time_machine.Traveller) -> None:
    ask_for(app, kinds=["news"])
    confirm(app)
    editor = browser(app, EDITOR)
    number, ask = ask_page(editor)
    for _ in range(2):  # somebody types another's address
        client_of(app).post(ask, data={"words": "Why is he a fool?", "email": ANN})
    assert len(letters_to(app)) == 2
    one = question_page(editor, number)
    editor.post(f"{one}/refuse", data={"why": "It insults somebody."} | seen_on(editor, one))
    clock.shift(MINUTES)
    assert told(app) == []
    confirm(app)
    [letter] = told(app)
    assert "is not shown. The page says why" in letter
    code = code_of(letters_to(app)[-1])
    page = client_of(app).post("/tell-me/change", data={"code": code}).get_data(as_text=True)
    assert "A question of mine is answered" in page  # the other one waits
    client_of(app).post("/tell-me/change/save", data={"code": code, "kinds": ["news"]})
    page = client_of(app).post("/tell-me/change", data={"code": code}).get_data(as_text=True)
    assert "A question of mine is answered" not in page


@both_databases
def test_two_processes_write_one_letter_each_address(app: Flask, clock: time_machine.Traveller) -> None:
    addresses = [f"a{number}@home.example" for number in range(3)]
    for address in addresses:
        ask_for(app, address)
        confirm(app, address)
    clock.shift(MINUTES)
    organiser = browser(app, ORGANISER)
    publish_now(organiser, draft(organiser, in_days(9), "Lights"))
    clock.shift(MINUTES)

    def send() -> None:
        with app.app_context():
            for ids in [*subscribers_to_tell()] or [[1, 2, 3]]:
                begin_write()
                tell_subscribers(ids)
                db.session.commit()

    together(send, send)
    assert [len(letters_to(app, address)) for address in addresses] == [2, 2, 2]
