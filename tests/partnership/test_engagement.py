"""The engagement plan: begun at one press, put into own words, looked at, read by everybody."""

import datetime as dt

import time_machine
from flask import Flask

from pbvote.core.clock import now
from pbvote.filters import day
from tests.pages import browser, client_of, text_of
from tests.partnership.keeping import AUDITOR, EDITOR, KEEP, MEMBER, ORGANISER, PUBLIC
from tests.partnership.meeting import seen_on

PLAN, PAGE = f"{KEEP}/engagement", f"{PUBLIC}/engagement"


def test_a_plan_is_begun_at_one_press_and_then_put_into_own_words(app: Flask, partnership: None) -> None:
    editor, resident = browser(app, EDITOR), client_of(app)
    assert "has not written its engagement plan" in text_of(resident.get(PAGE))
    assert editor.post(f"{PLAN}/begin").status_code == 302
    assert editor.post(f"{PLAN}/begin").status_code == 409
    words = text_of(resident.get(PAGE))
    places = [words.index(each) for each in ("Where you can meet us", "How we tell you", "Who talks to whom")]
    assert places == sorted(places)
    assert editor.post(f"{PLAN}/2/up").status_code == 302
    words = text_of(resident.get(PAGE))
    assert words.index("How we tell you") < words.index("Where you can meet us")
    said = {"heading": "Where to find us", "words": "At the market. <script>alert(1)</script>"}
    assert editor.post(f"{PLAN}/1", data=said | seen_on(editor, f"{PLAN}/1")).status_code == 302
    page = resident.get(PAGE).get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in page
    assert editor.post(f"{PLAN}/3/remove").status_code == 302
    assert "Who talks to whom" not in text_of(resident.get(PAGE))
    assert editor.post(f"{PLAN}/new", data={"heading": "", "words": ""}).status_code == 422
    assert editor.post(f"{PLAN}/new", data={"heading": "In your language", "words": "Ask us."}).status_code == 302
    assert "In your language" in text_of(resident.get(PAGE))


def test_a_plan_says_when_it_was_looked_at_and_two_editors_lose_nothing(app: Flask, partnership: None) -> None:
    editor, other = browser(app, EDITOR), browser(app, ORGANISER)
    editor.post(f"{PLAN}/begin")
    seen = seen_on(editor, f"{PLAN}/1")
    assert other.post(f"{PLAN}/1", data={"heading": "First", "words": "One."} | seen).status_code == 302
    clash = editor.post(f"{PLAN}/1", data={"heading": "Second", "words": "Two."} | seen)
    assert clash.status_code == 409
    assert "One." in text_of(clash)
    assert "Second" in clash.get_data(as_text=True)
    before = day(now().date())
    with time_machine.travel(now() + dt.timedelta(days=40)):
        assert f"Last looked at on {before}" in text_of(client_of(app).get(PAGE))
        assert browser(app, ORGANISER).post(f"{PLAN}/looked-at").status_code == 302
        words = text_of(client_of(app).get(PAGE))
        assert words.count(f"Last looked at on {day(now().date())}") == 3


def test_only_editors_write_the_plan(app: Flask, partnership: None) -> None:
    assert browser(app, MEMBER).post(f"{PLAN}/begin").status_code == 403
    assert browser(app, AUDITOR).get(PLAN).status_code == 200
    assert browser(app, EDITOR).get("/my/partnership/urmston/engagement").status_code == 404
    assert browser(app, EDITOR).post(f"{PLAN}/99", data={"heading": "A", "words": "B"}).status_code == 404
