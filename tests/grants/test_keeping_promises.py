"""Promises against what happened: ticked at check-ins, unticked by a correction, counted the same everywhere."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy import orm

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.promises.keeping import Keeping, keep_promises
from pbvote.grants.promises.models import KeptBy, Promise, PromiseState
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.visiting import GROUP, MEMBER, ORGANISER, account, fund, log, logged
from tests.pages import browser, text_of
from tests.together import together


def standings(app: Flask) -> list[PromiseState]:
    """How the promises of award 1 stand."""
    with app.app_context():
        wanted = sa.select(Promise).where(Promise.award_id == 1).order_by(Promise.number)
        found = db.session.scalars(wanted.options(orm.joinedload(Promise.award)))
        return [promise.standing for promise in found]


def kept_at(app: Flask) -> list[tuple[int | None, dt.date | None]]:
    """Which check-in ticked each promise, and for which day."""
    with app.app_context():
        found = db.session.scalars(sa.select(Promise).where(Promise.award_id == 1).order_by(Promise.number))
        return [(promise.check_in_id, promise.kept_on) for promise in found]


def test_a_check_in_ticks_promises_and_everybody_reads_it(app: Flask, funded: None) -> None:
    member, desk, group = (browser(app, email) for email in (MEMBER, ORGANISER, GROUP))
    page = text_of(member.get("/my/groups/1"))
    assert "20 people have cooked together." in page
    assert "Tick the promises that they have kept" in page
    assert "0 of 2 promises kept" in text_of(desk.get("/desk/monitoring/"))
    assert log(member, kept=["1"]).status_code == 302
    assert kept_at(app) == [(logged(app)[0].id, today()), (None, None)]
    assert "1 of 2 promises kept" in text_of(desk.get("/desk/monitoring/"))
    assert "1 of 2 promises kept" in text_of(desk.get("/desk/monitoring/1"))
    assert f"Kept 20 people have cooked together. Seen on {day(today())}." in text_of(group.get("/my/awards/"))
    choices = member.get("/my/groups/1").get_data(as_text=True)
    assert 'name="kept" type="checkbox" value="1"' not in choices
    assert log(member, kept=["1"], words="Something else happened.").status_code == 302  # ticked meanwhile
    assert kept_at(app)[0][0] == logged(app)[0].id
    assert log(member, kept=["2"], words="And the garden grows tall.").status_code == 302
    assert "Tick the promises that they have kept" not in text_of(member.get("/my/groups/1"))  # none is left
    assert log(member, words="Tea with all of them.").status_code == 302


def test_a_correction_within_a_day_unticks_and_ticks(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member, kept=["1"])
    address = f"/my/groups/1/check-ins/{logged(app)[0].id}"
    assert "20 people have cooked together." in text_of(member.get(address))
    assert member.post(address, data={"words": "41 pupils came.", "kept": ["2"]}).status_code == 302
    assert standings(app) == [PromiseState.DUE, PromiseState.KEPT]
    assert member.post(address, data={"words": "41 pupils came."}).status_code == 302
    assert standings(app) == [PromiseState.DUE, PromiseState.DUE]
    log(member, words="Another talk, on the telephone.", kept=["2"])
    assert member.post(address, data={"words": "41 pupils came."}).status_code == 302
    assert standings(app) == [PromiseState.DUE, PromiseState.KEPT]  # ticked by the other check-in


def test_after_a_day_a_correction_moves_nothing(app: Flask, funded: None) -> None:
    log(browser(app, MEMBER), kept=["1"])
    address = f"/my/groups/1/check-ins/{logged(app)[0].id}"
    with time_machine.travel(now() + dt.timedelta(hours=25), tick=False):
        assert browser(app, MEMBER).post(address, data={"words": "None."}).status_code == 409
    assert standings(app) == [PromiseState.KEPT, PromiseState.DUE]


def test_a_tick_at_a_second_sending_of_the_same_visit_is_taken_in(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member, "one-page")
    log(member, "one-page", kept=["1"])  # somebody went back, ticked, and saved
    assert len(logged(app)) == 1
    assert kept_at(app)[0] == (logged(app)[0].id, today())


def test_a_promise_is_late_from_the_day_after_its_day_until_it_is_kept(app: Flask, funded: None) -> None:
    with app.app_context():
        due_on = db.session.get_one(Promise, 1).due_on
    for days, expected in ((0, PromiseState.DUE), (1, PromiseState.LATE)):
        at = dt.datetime.combine(due_on + dt.timedelta(days=days), dt.time(12), dt.UTC)
        with time_machine.travel(at, tick=False):
            assert standings(app)[0] is expected
    with time_machine.travel(dt.datetime.combine(due_on + dt.timedelta(days=1), dt.time(12), dt.UTC), tick=False):
        assert "0 of 2 promises kept, 2 late" in text_of(browser(app, ORGANISER).get("/desk/monitoring/"))


def test_promises_of_an_award_that_was_given_back_are_in_no_count(app: Flask, funded: None) -> None:
    with writing(app):
        db.session.get_one(Award, 1).state = AwardState.DECLINED
    desk = browser(app, ORGANISER)
    assert "of 2 promises" not in text_of(desk.get("/desk/monitoring/"))
    page = text_of(desk.get("/desk/monitoring/1"))
    assert "20 people have cooked together." in page
    assert "promises kept" not in page


@both_databases
def test_of_two_who_tick_the_same_promise_at_once_one_counts(app: Flask) -> None:
    fund(app)
    ticked: list[int] = []

    def tick(email: str, kept_by: KeptBy) -> None:
        with writing(app):
            ticked.append(keep_promises(1, [1, 99], Keeping(today(), account(email).id, kept_by)))

    together(lambda: tick(ORGANISER, KeptBy.DESK), lambda: tick(MEMBER, KeptBy.REPORT))
    assert sorted(ticked) == [0, 1]


@both_databases
def test_the_database_holds_who_kept_a_promise_and_at_which_check_in(app: Flask) -> None:
    fund(app)
    log(browser(app, MEMBER))
    for values in (
        {"kept_on": today()},
        {"check_in_id": 1},
        {"number": 6},
        {"words": ""},
        {"kept_on": today(), "kept_by": KeptBy.CHECK_IN, "account_id": 1},
        {"kept_on": today(), "kept_by": KeptBy.CHECK_IN, "account_id": 1, "check_in_id": 99},
    ):
        with pytest.raises(sa.exc.IntegrityError), writing(app):
            db.session.execute(sa.update(Promise).where(Promise.id == 1).values(**values))
