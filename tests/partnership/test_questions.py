"""Residents ask about an item before the meeting; an editor shows it or says why not; the answer stands under it."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.partnership.meetings.models import MeetingQuestion
from tests.factories import sign_in
from tests.pages import browser, client_of, text_of
from tests.partnership.keeping import EDITOR, KEEP, MEMBER, ORGANISER
from tests.partnership.meeting import MEETINGS, ask_page, at, in_days, question_page, seen_on


def test_a_question_is_shown_once_an_editor_has_read_it_and_its_answer_stands_under_it(
    app: Flask, partnership: None
) -> None:
    editor, resident = browser(app, EDITOR), client_of(app)
    number, ask = ask_page(editor)
    sent = resident.post(ask, data={"words": "Who pays? <script>alert(1)</script>", "name": "Sheila"})
    assert sent.status_code == 302
    assert "Set-Cookie" not in sent.headers
    assert "We have your question" in text_of(resident.get(sent.headers["Location"]))
    assert "Sheila" not in text_of(resident.get(MEETINGS + number))
    assert "Read a resident’s question" in text_of(browser(app, ORGANISER).get("/desk/"))
    assert "Read a question about" in text_of(editor.get(KEEP))
    assert "Read a question about" not in text_of(browser(app, MEMBER).get(KEEP))
    one = question_page(editor, number)
    seen = seen_on(editor, one)
    assert editor.post(f"{one}/show", data=seen).status_code == 302
    page = resident.get(MEETINGS + number)
    assert "Sheila asked on" in text_of(page)
    assert "&lt;script&gt;alert(1)" in page.get_data(as_text=True)
    assert "It has no answer yet." in text_of(page)
    clash = editor.post(f"{one}/answer", data={"answer": "The council."} | seen)
    assert clash.status_code == 409
    assert editor.post(f"{one}/answer", data={"answer": "The council."} | seen_on(editor, one)).status_code == 302
    words = text_of(resident.get(MEETINGS + number))
    assert words.index("Who pays?") < words.index("Answered on") < words.index("The council.")


def test_of_a_question_that_is_refused_everybody_reads_the_reason_alone(app: Flask, partnership: None) -> None:
    editor, resident = browser(app, EDITOR), client_of(app)
    number, ask = ask_page(editor)
    resident.post(ask, data={"words": "Why is that fool still chair?", "name": ""})
    one = question_page(editor, number)
    assert editor.post(f"{one}/refuse", data=seen_on(editor, one)).status_code == 422
    why = {"why": "It insults somebody."} | seen_on(editor, one)
    assert editor.post(f"{one}/refuse", data=why).status_code == 302
    page = text_of(resident.get(MEETINGS + number))
    assert "A question is not shown: It insults somebody." in page
    assert "fool" not in page
    for who, status in ((MEMBER, 403), ("far@partnership.example", 404)):
        assert browser(app, who).get(one).status_code == status


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"words": "word " * 101}, "must be 100 words or fewer"),
        ({"words": "x" * 5_000}, "must be 2,500 characters or fewer"),
        ({"words": "Ring me on 0161 496 0123."}, "Leave out telephone numbers"),
        ({"words": "Who pays?", "name": "me@home.example"}, "Leave out telephone numbers"),
        ({"words": " "}, "Write your question"),
    ],
)
def test_what_will_not_do_is_said_in_a_sentence(
    app: Flask, partnership: None, said: dict[str, str], sentence: str
) -> None:
    _, ask = ask_page(browser(app, EDITOR))
    refused = client_of(app).post(ask, data=said)
    assert refused.status_code == 422
    assert sentence in text_of(refused)
    with app.app_context():
        assert db.session.scalars(sa.select(MeetingQuestion)).all() == []


def test_a_flood_waits_and_nobody_asks_after_the_meeting_has_begun(app: Flask, partnership: None) -> None:
    _, ask = ask_page(browser(app, EDITOR))
    resident, said = client_of(app), {"words": "Who pays?"}
    answers = [resident.post(ask, data=said) for _ in range(22)]
    assert answers[-1].status_code == 429
    assert "Who pays?" in text_of(answers[-1])
    with time_machine.travel(at(in_days(9), 20)):
        late = resident.post(ask, data=said)
        assert late.status_code == 409
        assert "Questions are taken until the meeting begins." in text_of(late)
        assert "Send my question" not in text_of(resident.get(ask))


def test_what_was_never_shown_goes_after_three_months_and_a_name_after_a_year(app: Flask, partnership: None) -> None:
    editor, resident = browser(app, EDITOR), client_of(app)
    number, ask = ask_page(editor)
    resident.post(ask, data={"words": "Who pays?", "name": "Sheila"})
    one = question_page(editor, number)
    editor.post(f"{one}/show", data=seen_on(editor, one))
    resident.post(ask, data={"words": "And who mends them?"})
    for days, left in ((91, 2), (93, 1), (366, 1)):
        with time_machine.travel(now() + dt.timedelta(days=days)):
            app.test_cli_runner().invoke(args=["tidy"])
            sign_in(editor, EDITOR)
            with app.app_context():
                kept = db.session.scalars(sa.select(MeetingQuestion)).all()
                assert len(kept) == left
                assert kept[0].name == ("" if days > 365 else "Sheila")
