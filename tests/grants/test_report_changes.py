"""“We need more time”, “We want to spend it differently”: one sentence, one press, and the due day moves everywhere."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.promises.accepting import promises_of
from pbvote.grants.promises.keeping import Keeping, keep_promises
from pbvote.grants.promises.models import KeptBy, Promise
from pbvote.grants.reports.changing import ChangeAnswer, answer_change, change_of
from pbvote.grants.reports.due import is_report_late, last_end_that_is_late, report_due_on
from pbvote.grants.reports.refusals import ChangeAnswered
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.accepting import promised
from tests.grants.paying import LARGE, SECOND, SMALL, day_of, organiser, the_award
from tests.grants.reporting import DESK, GROUP, changes, contact, ready, send
from tests.outbox import letters
from tests.pages import browser, text_of
from tests.paper import text_of as text_on
from tests.paper import words_on
from tests.together import together

WHY = "The kitchen is being repaired until spring."
YES, NO = {"said": "yes", "answer": "Of course. Good luck."}, {"said": "no", "answer": "The round ends in May."}


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """An organiser, and two groups that may report."""
    return ready(app)


def ends_on(app: Flask, award_id: int = SMALL) -> dt.date:
    """The last day of the award's project."""
    with app.app_context():
        return the_award(award_id).ends_on


def ask_for_time(who: CheckedClient, until: dt.date, words: str = WHY) -> int:
    """Ask for more time; the answer's status."""
    return who.post(f"{GROUP}/change/more-time", data={"words": words, **day_of("ends_on", until)}).status_code


@given(st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)), st.integers(-60, 60))
def test_late_means_the_same_for_a_row_and_for_a_statement(on: dt.date, days: int) -> None:
    ended = on - dt.timedelta(days=30 + days)
    assert is_report_late(ended, on) == (ended <= last_end_that_is_late(on))


def test_a_report_is_due_20_working_days_after_the_end_over_bank_holidays() -> None:
    # Good Friday and Easter Monday of 2026 are the 3rd and the 6th of April.
    assert report_due_on(dt.date(2026, 3, 31)) == dt.date(2026, 4, 30)
    assert not is_report_late(dt.date(2026, 3, 31), dt.date(2026, 4, 30))
    assert is_report_late(dt.date(2026, 3, 31), dt.date(2026, 5, 1))


@pytest.mark.parametrize(("said", "is_granted"), [(YES, True), (NO, False)])
def test_more_time_is_one_sentence_and_one_press(
    app: Flask, desk: CheckedClient, said: dict[str, str], is_granted: bool
) -> None:
    group, before = contact(app), ends_on(app)
    until = before + dt.timedelta(days=60)
    assert ask_for_time(group, until) == 302
    assert "We answer what you asked as soon as we can." in text_of(group.get("/my/awards/"))
    assert "Answer 1 group that asks for a change" in text_of(desk.get("/desk/"))
    assert WHY in text_of(desk.get(f"{DESK}/report"))
    assert desk.post(f"{DESK}/changes/1", data=said).status_code == 302
    assert ends_on(app) == (until if is_granted else before)
    page = text_of(group.get("/my/awards/"))
    assert said["answer"] in page
    assert f"Your report is due by {day(report_due_on(until if is_granted else before))}." in page
    with app.app_context():
        [letter] = [one for one in letters() if said["answer"] in one.body]
        assert letter.subject == (f"You have more time: until {day(until)}" if is_granted else "About what you asked")


def test_what_reads_the_due_day_moves_with_it(app: Flask, desk: CheckedClient) -> None:
    late_by = report_due_on(ends_on(app)) + dt.timedelta(days=1)
    with time_machine.travel(now() + (late_by - today()), tick=False):
        officer, group = browser(app, "organiser@council.example"), contact(app)
        assert "2 reports are late" in text_of(officer.get("/desk/"))
        assert "Late reports" in text_of(officer.get("/desk/reports/"))
        assert "It is not too late: a few words will do." in text_of(group.get("/my/awards/"))
        ask_for_time(group, today() + dt.timedelta(days=30))
        officer.post(f"{DESK}/changes/1", data=YES)
        assert "1 report is late" in text_of(officer.get("/desk/"))
        assert "It is not too late" not in text_of(group.get("/my/awards/"))
        send(contact(app, LARGE), f"/my/awards/{LARGE}/report", spent_0="3000", spent_1="3000", why_no_receipt="Lost")
        assert "late" not in text_of(officer.get("/desk/"))


def test_with_more_time_what_was_promised_by_the_last_day_is_late_a_day_after_the_new_one(
    app: Flask, desk: CheckedClient, tmp_path: Path
) -> None:
    before = ends_on(app)
    until = before + dt.timedelta(days=60)
    kept, last, early = "We have opened.", "We have cooked.", "We have met."
    with writing(app):
        for promise, (words, due_on) in zip(
            promises_of([the_award(SMALL)])[SMALL], ((kept, before), (last, before)), strict=True
        ):
            promise.words, promise.due_on = words, due_on
            if words == kept:
                keep_promises(SMALL, [promise.id], Keeping(today(), organiser().id, KeptBy.DESK))
        db.session.add(Promise(award_id=SMALL, number=3, words=early, due_on=before - dt.timedelta(days=1)))
    ask_for_time(contact(app), until)
    assert desk.post(f"{DESK}/changes/1", data=YES).status_code == 302
    assert dict(promised(app, SMALL)) == {kept: before, last: until, early: before - dt.timedelta(days=1)}
    assert f"Due {last} By {day(until)}." in text_of(contact(app).get("/my/awards/"))
    paper = contact(app).get(f"{GROUP}/accepted.pdf").data
    said = " ".join(text_on(page) for page in words_on(paper, tmp_path))
    assert day(until) not in said, "what was accepted stays as it was worded"


def test_a_day_that_is_no_later_is_refused_and_the_sentence_kept(app: Flask, desk: CheckedClient) -> None:
    group = contact(app)
    for until in (ends_on(app), today() - dt.timedelta(days=1)):
        refused = group.post(f"{GROUP}/change/more-time", data={"words": WHY, **day_of("ends_on", until)})
        assert refused.status_code == 422
        assert WHY in text_of(refused)
    assert ask_for_time(group, ends_on(app) + dt.timedelta(days=1)) == 302
    assert ask_for_time(group, ends_on(app) + dt.timedelta(days=9)) == 409, "asked twice"


@pytest.mark.parametrize(("pence", "needs_reason"), [("200", False), ("200.01", True)])
def test_more_than_a_tenth_goes_into_the_record_with_a_reason(
    app: Flask, desk: CheckedClient, pence: str, needs_reason: bool
) -> None:
    group = contact(app)
    asked = {"words": "Chairs instead of tables.", "moved_pence": pence}
    assert group.post(f"{GROUP}/change/spending", data=asked).status_code == 302
    [change] = changes(app)
    assert change.needs_reason is needs_reason
    answer = desk.post(f"{DESK}/changes/1", data=YES)
    assert answer.status_code == (422 if needs_reason else 302)
    if needs_reason:
        assert "Say for the record why you agree" in text_of(answer)
        assert desk.post(f"{DESK}/changes/1", data={**YES, "reason": "The hall has tables now."}).status_code == 302
        assert "On record: The hall has tables now." in text_of(desk.get(f"{DESK}/report"))
        assert "The hall has tables now." not in text_of(group.get("/my/awards/"))


def test_nobody_moves_more_than_they_were_awarded(app: Flask, desk: CheckedClient) -> None:
    asked = {"words": "All of it and more.", "moved_pence": "2,000.01"}
    refused = contact(app).post(f"{GROUP}/change/spending", data=asked)
    assert refused.status_code == 422
    assert "Your grant is £2,000. Enter that or less" in text_of(refused)


def test_the_second_officer_is_shown_the_first_answer(app: Flask, desk: CheckedClient) -> None:
    ask_for_time(contact(app), ends_on(app) + dt.timedelta(days=60))
    desk.post(f"{DESK}/changes/1", data=NO)
    second = browser(app, SECOND).post(f"{DESK}/changes/1", data=YES)
    assert second.status_code == 409
    assert NO["answer"] in text_of(second)
    assert YES["answer"] in text_of(second), "what was not sent is there to copy"
    assert [each.is_granted for each in changes(app)] == [False]


@both_databases
def test_of_two_answers_at_once_the_first_wins(app: Flask) -> None:
    ready(app)
    before = ends_on(app)
    until = before + dt.timedelta(days=60)
    ask_for_time(contact(app), until)
    ended: list[bool] = []

    def answer(email: str, is_granted: bool) -> None:
        try:
            with writing(app):
                award = the_award(SMALL)
                change = change_of(award, 1)
                assert change
                answer_change(award, change, ChangeAnswer(is_granted, "A sentence."), organiser(email))
            ended.append(is_granted)
        except ChangeAnswered:
            pass

    together(lambda: answer("organiser@council.example", True), lambda: answer(SECOND, False))
    [is_granted] = ended
    assert ends_on(app) == (until if is_granted else before)
    assert [each.is_granted for each in changes(app)] == [is_granted]
