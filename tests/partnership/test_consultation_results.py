"""Answers are sorted into topics many at once; the result is a picture, what will be done, what won't and why."""

import datetime as dt

import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import now, today
from pbvote.db import begin_write, db
from pbvote.partnership.engagement.consultations.forgetting import forget_consultation_answers
from pbvote.partnership.engagement.consultations.models import AnswerWords, ConsultationAnswer
from tests.pages import browser, client_of, text_of
from tests.partnership.consulting import a_result, ask, say, short_address, sort_page, sort_under
from tests.partnership.keeping import EDITOR, KEEP, ORGANISER, PUBLIC
from tests.partnership.meeting import boxes, number_in, seen_on

SAID = ("The pond", "The ducks", "Quiet at noon", "My neighbour Tom is loud")


def answered(app: Flask) -> tuple[str, str, str]:
    """A consultation with four answers: where editors keep it, the short address, and its page."""
    editor = browser(app, EDITOR)
    place = ask(editor, closes_in=2)
    address = short_address(editor, place)
    for words in SAID:
        assert say(client_of(app), address, words, "Benches" if words == "The pond" else "").status_code == 302
    return place, address, f"{PUBLIC}/consultations/{number_in(place)}"


def test_answers_are_sorted_many_at_once_and_two_editors_keep_both(app: Flask, partnership: None) -> None:
    place, _, _ = answered(app)
    editor, other = browser(app, EDITOR), browser(app, ORGANISER)
    before, texts = sort_page(editor, place)
    ends = dict(texts)
    keys = [end.rpartition("-")[0] for end in ends.values()]
    sort_under(other, place, {"The pond": "Water", "The ducks": "water", "Benches": "Seats"})
    page = {**before, f"new-{ends['Quiet at noon']}": "Peace", f"quote-{ends['The pond']}": "yes"}
    loud = ends["My neighbour Tom is loud"].rpartition("-")[0]
    pressed = {**page, f"aside-{loud}": "It names somebody", f"new-{ends['Benches']}": "0161 496 0123", "answer": keys}
    assert "was left out" in text_of(editor.post(f"{place}/answers", data=pressed, follow_redirects=True))
    assert "4 answers so far, 0 still to be sorted." in text_of(editor.get(place))
    assert "Every answer is sorted" in text_of(editor.get(f"{place}/answers"))
    after, _ = sort_page(editor, place)
    assert after[f"had-{ends['The pond']}"] == after[f"had-{ends['The ducks']}"] != ""
    topic = next(
        part for part in editor.get(f"{place}/answers").get_data(as_text=True).split('"') if "/topics/" in part
    )
    assert editor.post(topic, data={"name": ""}).status_code == 422
    # Put together with another, and deleted: answers stay, and are to be sorted again.
    assert editor.post(topic, data={"name": "WATER"}).status_code == 302
    gone = next(part for part in editor.get(f"{place}/answers").get_data(as_text=True).split('"') if "/topics/" in part)
    assert editor.post(f"{gone}/remove").status_code == 302
    assert "4 answers so far, 3 still to be sorted." in text_of(editor.get(place))


def test_a_result_is_out_at_one_press_and_nothing_of_it_before(app: Flask, partnership: None) -> None:
    place, address, page = answered(app)
    editor, resident = browser(app, EDITOR), client_of(app)
    lead = {"what": "Put up four benches", "lead": "Trafford Council", "state": "open", "lead_member": ""}
    assert editor.post(f"{KEEP}/actions/new", data=lead | boxes(due_on=today())).status_code == 302
    sort_under(editor, place, {"The pond": "Water", "The ducks": "Water", "Quiet at noon": "Peace", "Benches": "Seats"})
    assert editor.get(f"{place}/result").status_code == 409
    with time_machine.travel(now() + dt.timedelta(days=4)):
        editor = browser(app, EDITOR)
        sent, texts = sort_page(editor, place)
        ends = dict(texts)
        loud = ends[SAID[3]].rpartition("-")[0]
        chosen = {f"quote-{ends['Quiet at noon']}": "yes", f"aside-{loud}": "It names somebody"}
        keys = [end.rpartition("-")[0] for end in ends.values()]
        editor.post(f"{place}/answers", data={**sent, **chosen, "answer": keys})
        assert editor.post(f"{place}/result", data=a_result(editor, place)).status_code == 302
        early = editor.post(f"{place}/result/publish", data=seen_on(editor, f"{place}/result"))
        assert "Say first what you will do, or what you won’t do and why." in text_of(early)
        wont = {"wont-0-what": "A fence round the pond", "wont-0-why": "Children would climb it."}
        half = editor.post(f"{place}/result", data=a_result(editor, place, **{"wont-0-what": "A fence"}))
        assert half.status_code == 422
        assert editor.post(f"{place}/result", data=a_result(editor, place, actions="1", **wont)).status_code == 302
        for hidden in (page, address, f"{PUBLIC}/engagement"):
            words = text_of(resident.get(hidden))
            assert not [each for each in ("Water", "You like", "fence", "Quiet") if each in words]
        assert editor.post(f"{place}/result/publish", data=seen_on(editor, f"{place}/result")).status_code == 302
        words = text_of(resident.get(page))
        told = ("4 people answered.", "You like the water.", "Water 2", "Peace 1", "“Quiet at noon”", "Seats 1")
        done = ("1 answer is set aside and not shown: 1 (It names somebody).", "Put up four benches", "A fence round")
        assert [each for each in (*told, *done) if each not in words] == []
        assert "Tom" not in words
        assert "What we heard, and what we do" in text_of(resident.get(address))
        assert "Say what you heard" not in text_of(browser(app, ORGANISER).get("/desk/"))
        seen = a_result(editor, place, **wont)
        assert editor.post(f"{place}/result", data=seen).status_code == 302
        assert "Changed on" in text_of(resident.get(page))
        assert editor.post(f"{place}/result", data=seen).status_code == 409
        assert editor.post(f"{place}/result", data=a_result(editor, place)).status_code == 422
        assert editor.post(f"{KEEP}/actions/1/remove").status_code == 302
    assert forgotten_after(app, 60) == 0
    assert forgotten_after(app, 100) == 4
    with app.app_context():
        kept = set(db.session.scalars(sa.select(AnswerWords.words)))
        assert kept == {"", "Quiet at noon"}
        assert set(db.session.scalars(sa.select(ConsultationAnswer.came_at))) == {None}
    assert "Water 2" in text_of(resident.get(page))


def forgotten_after(app: Flask, days: int) -> int:
    """How many answers `pbvote tidy` forgets so many days from now."""
    with time_machine.travel(now() + dt.timedelta(days=days)), app.app_context():
        begin_write()
        number = forget_consultation_answers()
        db.session.commit()
        return number


def test_where_nobody_answered_the_result_says_so(app: Flask, partnership: None) -> None:
    editor = browser(app, EDITOR)
    place = ask(editor, closes_in=1)
    with time_machine.travel(now() + dt.timedelta(days=3)):
        editor = browser(app, EDITOR)
        wont = {"wont-0-what": "Anything", "wont-0-why": "We will ask again at the fair."}
        assert editor.post(f"{place}/result", data=a_result(editor, place, **wont)).status_code == 302
        assert editor.post(f"{place}/result/publish", data=seen_on(editor, f"{place}/result")).status_code == 302
        assert "Nobody answered." in text_of(client_of(app).get(f"{PUBLIC}/consultations/{number_in(place)}"))
