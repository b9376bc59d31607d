"""A consultation is drafted in a minute, answered without a name, closed by the clock, told in time or late."""

import datetime as dt
import io

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import now, today
from pbvote.core.patience import Patience
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.filters import day
from pbvote.partnership.engagement.consultations.answering import keep_answer
from pbvote.partnership.engagement.consultations.models import AnswerWords, Consultation, ConsultationAnswer
from pbvote.partnership.engagement.consultations.service import consultation_with_code
from pbvote.people import tries
from tests.conftest import both_databases
from tests.factories import writing
from tests.pages import browser, client_of, text_of
from tests.partnership.consulting import KEPT, OFFICER, a_consultation, ask, say, short_address
from tests.partnership.keeping import EDITOR, KEEP, MEMBER, ORGANISER, PUBLIC
from tests.partnership.meeting import boxes, number_in, seen_on
from tests.together import together

LIST = f"{PUBLIC}/engagement"


def test_a_consultation_is_out_in_two_presses_and_nobody_finds_a_draft(app: Flask, partnership: None) -> None:
    editor, resident = browser(app, EDITOR), client_of(app)
    form = editor.get(f"{KEPT}/new").get_data(as_text=True)
    assert "What do you like best here?" in form
    made = editor.post(f"{KEPT}/new", data=a_consultation())
    number = number_in(made.headers["Location"])
    page = f"{PUBLIC}/consultations/{number}"
    with app.app_context():
        code = db.session.scalars(sa.select(Consultation.code)).one()
    assert [resident.get(address).status_code for address in (page, f"/c/{code}", f"/c/{code}/thanks")] == [404] * 3
    assert "The green" not in text_of(resident.get(LIST))
    seen = seen_on(editor, f"{KEPT}/{number}")
    assert editor.post(f"{KEPT}/{number}/publish", data=seen).status_code == 302
    due = working_days_after(today() + dt.timedelta(days=14), 20)
    for address in (page, f"/c/{code}"):
        assert f"We will say by {day(due)} what we heard. {OFFICER} answers for it." in text_of(resident.get(address))
    assert "The green behind the library Open" in text_of(resident.get(LIST))
    poster = editor.get(f"{KEPT}/{number}/poster.pdf")
    assert poster.mimetype == "application/pdf"
    assert browser(app, MEMBER).get(f"{KEPT}/{number}").status_code == 403


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (boxes(closes_on=dt.date(2014, 1, 1)), "This day is over"),
        (boxes(opens_on=dt.date(2099, 1, 1)), "The last day must not come before the first"),
        ({"question_1": ""}, "Enter first question"),
        ({"why": "Ring me on 0161 496 0123"}, "Leave out telephone numbers"),
    ],
)
def test_a_consultation_that_cannot_be(app: Flask, partnership: None, changed: dict[str, str], sentence: str) -> None:
    refused = browser(app, EDITOR).post(f"{KEPT}/new", data=a_consultation() | changed)
    assert refused.status_code == 422
    assert sentence in text_of(refused)


def test_one_tablet_answers_two_hundred_times_and_nothing_is_kept_of_anybody(app: Flask, partnership: None) -> None:
    editor, tablet = browser(app, EDITOR), client_of(app)
    place = ask(editor)
    address = short_address(editor, place)
    with time_machine.travel(now().replace(minute=17, second=31)):
        for number in range(1, 201):
            typed = {"answer_1": f"The pond, said visitor {number}", "ward": "Priory" if number % 2 else ""}
            sent = tablet.post(address, data={"key": str(number)} | typed)
            assert sent.headers["Location"].endswith(f"/thanks?number={number}")
            assert "Set-Cookie" not in sent.headers
    thanks = tablet.get(sent.headers["Location"])
    assert "Your answer is number 200." in text_of(thanks)
    assert f'href="{address}"' in thanks.get_data(as_text=True)
    with app.app_context():
        answers = list(db.session.scalars(sa.select(ConsultationAnswer)))
        assert {(answer.came_at.minute, answer.came_at.second) for answer in answers if answer.came_at} == {(0, 0)}
    page = text_of(editor.get(place))
    assert "200 answers so far, 200 still to be sorted." in page
    hour = next(part for part in editor.get(place).get_data(as_text=True).split('"') if "/hours/" in part)
    assert editor.post(hour, data={"why": ""}).status_code == 422
    assert editor.post(hour, data={"why": "Sent by a program"}).status_code == 302
    assert "200 answers so far, 0 still to be sorted." in text_of(editor.get(place))
    assert editor.post(f"{hour}/back").status_code == 302
    assert "200 still to be sorted" in text_of(editor.get(place))


def test_an_answer_is_refused_in_a_sentence_and_nothing_that_was_typed_is_lost(app: Flask, partnership: None) -> None:
    editor, resident = browser(app, EDITOR), client_of(app)
    address = short_address(editor, ask(editor))
    empty = say(resident, address)
    assert "Write an answer to one question at least" in text_of(empty)
    long = say(resident, address, "x" * 5000)
    assert "Your answer must be 500 characters or fewer" in text_of(long)
    assert "x" * 5000 in long.get_data(as_text=True)
    named = say(resident, address, "The pond", "Ring me on 0161 496 0123")
    assert "Nobody writes back" in text_of(named)
    assert all(typed in named.get_data(as_text=True) for typed in ("The pond", "0161 496 0123"))
    assert [answer.status_code for answer in (empty, long, named)] == [422] * 3
    strange = say(resident, address, "The pond", ward="Elsewhere")
    assert strange.status_code == 422
    form = {"key": "k", "answer_1": "<script>alert(1)</script>"}
    twice = [resident.post(address, data=form).headers["Location"] for _ in range(2)]
    assert [each.endswith("number=1") for each in twice] == [True, False]
    assert "We have your answer." in text_of(resident.get(twice[1]))
    # Back to the same page, and another neighbour's words: another answer.
    assert resident.post(address, data=form | {"answer_1": "Benches"}).headers["Location"].endswith("number=2")
    with app.app_context():
        assert len(list(db.session.scalars(sa.select(AnswerWords)))) == 2


def test_a_consultation_closes_by_the_clock_and_keeps_what_was_typed_too_late(app: Flask, partnership: None) -> None:
    editor, resident = browser(app, EDITOR), client_of(app)
    place = ask(editor, closes_in=2)
    address = short_address(editor, place)
    shown = resident.get(f"{address}/screen")
    assert f'href="{address}/screen"' in editor.get(place).get_data(as_text=True)
    assert 'class="qr"' in shown.get_data(as_text=True)
    for words in ("What do you like best here?", "What would you change?", address.rpartition("/")[2]):
        assert words in text_of(shown)
    with time_machine.travel(now() + dt.timedelta(days=3)):
        late = say(resident, address, "The pond")
        assert late.status_code == 409
        assert "What do you like" not in text_of(resident.get(f"{address}/screen"))
        assert "your answer came too late" in text_of(late)
        assert "The pond" in late.get_data(as_text=True)
        assert "This consultation is closed" in text_of(resident.get(address))
        assert "Say what you heard" in text_of(browser(app, ORGANISER).get("/desk/"))
        assert "Say what you heard" in text_of(browser(app, EDITOR).get("/my/today"))
        assert "Say what you heard" in text_of(browser(app, EDITOR).get(KEEP))
    with time_machine.travel(now() + dt.timedelta(days=40)):
        page = text_of(resident.get(f"{PUBLIC}/consultations/{number_in(place)}"))
        assert f"That is late. {OFFICER} answers for it." in page
        assert "That is late" in text_of(resident.get(LIST))
        assert "Late" in text_of(browser(app, ORGANISER).get("/desk/"))


def test_a_close_that_moves_takes_the_result_along_and_says_so(app: Flask, partnership: None) -> None:
    editor, other, resident = browser(app, EDITOR), browser(app, ORGANISER), client_of(app)
    place = ask(editor)
    seen, later = seen_on(editor, f"{place}/details"), today() + dt.timedelta(days=30)
    moved = boxes(closes_on=later) | {"officer": OFFICER} | seen
    assert other.post(f"{place}/details", data=moved).status_code == 302
    assert editor.post(f"{place}/details", data=moved | {"officer": "Omar"}).status_code == 409
    page = text_of(resident.get(f"{PUBLIC}/consultations/{number_in(place)}"))
    assert f"It was to close on {day(today() + dt.timedelta(days=14))}." in page
    assert f"We will say by {day(working_days_after(later, 20))} what we heard." in page
    assert editor.post(f"{place}/off", data={"why": ""} | seen_on(editor, place)).status_code == 422
    assert editor.post(f"{place}/off", data={"why": "The land is sold."} | seen_on(editor, place)).status_code == 302
    assert "The land is sold." in text_of(resident.get(LIST))
    assert editor.post(f"{place}/publish").status_code == 409
    assert editor.post(f"{place}/remove").status_code == 409
    assert editor.get("/my/partnership/urmston/consultations/1").status_code == 404


def test_a_flood_from_one_network_waits_and_loses_nothing(
    app: Flask, partnership: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, program = browser(app, EDITOR), client_of(app)
    address = short_address(editor, ask(editor))
    monkeypatch.setattr(
        tries, "ANSWERS", Patience(free=2, longest=dt.timedelta(minutes=10), kept=dt.timedelta(hours=1))
    )
    sent = [program.post(address, data={"key": "k", "answer_1": f"Pond {number}"}) for number in range(3)]
    assert [each.status_code for each in sent] == [302, 302, 429]
    assert "Very many answers came from your network." in text_of(sent[2])
    assert "Pond 2" in sent[2].get_data(as_text=True)


@both_databases
def test_of_two_presses_at_once_one_answer_is_kept_and_two_people_get_two_numbers(
    app: Flask, partnership: None
) -> None:
    address = short_address(editor := browser(app, EDITOR), ask(editor))
    numbers: list[int] = []

    def press(words: str) -> None:
        with writing(app):
            consultation = consultation_with_code(address.rpartition("/")[2])
            assert consultation
            numbers.append(keep_answer(consultation, "t", {1: words}, ""))

    together(lambda: press("The pond"), lambda: press("The pond"), lambda: press("Benches"))
    assert sorted(numbers) == [0, 1, 2]
    sheet = editor.get(f"{KEPT}/1/answers.xlsx")
    assert io.BytesIO(sheet.data).read(2) == b"PK"
