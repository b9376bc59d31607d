"""A member is away, and another covers."""

import datetime as dt

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.call.checking.interests import declare_interest
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.filters import day as in_words
from pbvote.grants.mentors.absences import AwayAlready, NewAbsence, go_away
from pbvote.grants.mentors.in_force import in_force
from pbvote.grants.mentors.models import Absence
from pbvote.grants.visits import service
from pbvote.people.service import set_disabled
from tests.accounts import letters_to
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.visiting import (
    ABROAD,
    GROUP,
    MEMBER,
    ORGANISER,
    OTHER,
    account,
    body_of,
    day,
    first_award,
    log,
    logged,
)
from tests.pages import browser, text_of
from tests.together import together

TODAY, NEXT_WEEK = 0, 7


def say_away(app: Flask, first: int, back: int, cover: str = OTHER) -> TestResponse:
    """Say that Marek is away from so many days from now, and back after so many."""
    with app.app_context():
        cover_id = str(account(cover).id) if cover else ""
    form = day("from_on", today() + dt.timedelta(days=first)) | day("back_on", today() + dt.timedelta(days=back))
    return browser(app, MEMBER).post("/my/away", data=form | {"cover": cover_id})


def who_sees_to_it(app: Flask, days: int) -> str | None:
    """Who sees to the first group so many days from now."""
    with app.app_context():
        found = in_force([1], today() + dt.timedelta(days=days))[1].sees_to_it
        return found.email if found else None


@both_databases
def test_the_cover_sees_to_the_groups_on_those_days_and_on_no_other(app: Flask, funded: None) -> None:
    assert say_away(app, 2, 5).status_code == 302
    assert [who_sees_to_it(app, days) for days in (1, 2, 4, 5)] == [MEMBER, OTHER, OTHER, MEMBER]
    assert browser(app, OTHER).get("/my/groups/1").status_code == 404  # not yet
    assert in_words(today() + dt.timedelta(days=5)) in body_of(app, OTHER)
    assert "Group 1" in body_of(app, OTHER)


def test_the_cover_logs_check_ins_and_the_group_knows_whom_to_ring(app: Flask, funded: None) -> None:
    say_away(app, TODAY, NEXT_WEEK)
    cover = browser(app, OTHER)
    assert "You cover for" in text_of(cover.get("/my/groups/"))
    assert log(cover).status_code == 302
    assert [check_in.account_id for check_in in logged(app)] != []
    page = text_of(browser(app, GROUP).get("/my/awards/"))
    assert "covers." in page
    assert OTHER in page
    assert "Away, back on" in text_of(browser(app, ORGANISER).get("/desk/monitoring/"))


def test_a_late_visit_of_who_is_away_is_the_covers_alone(app: Flask, funded: None) -> None:
    with writing(app):
        service.plan_visit(1, today() - dt.timedelta(days=2))
    say_away(app, TODAY, NEXT_WEEK)
    back_on = in_words(today() + dt.timedelta(days=NEXT_WEEK))
    own, covered = browser(app, MEMBER), browser(app, OTHER)
    page = text_of(own.get("/my/groups/"))
    assert f"You are away, back on {back_on}. The lp_member covers until then." in page
    assert "Overdue since" not in page
    assert "See Group 1" not in text_of(own.get("/my/today"))
    page = text_of(covered.get("/my/groups/"))
    assert f"You cover for The lp_member, who is back on {back_on}." in page
    assert "Overdue since" in page
    assert "See Group 1" in text_of(covered.get("/my/today"))


def test_who_is_away_reads_that_nobody_covers(app: Flask, funded: None) -> None:
    say_away(app, TODAY, NEXT_WEEK, cover="")
    assert "Nobody covers until then." in text_of(browser(app, MEMBER).get("/my/groups/"))


def test_who_is_back_early_says_so_and_the_days_that_were_stay(app: Flask, funded: None) -> None:
    say_away(app, TODAY, NEXT_WEEK)
    with writing(app):
        db.session.execute(sa.update(Absence).values(from_on=today() - dt.timedelta(days=3)))
    assert browser(app, OTHER).post("/my/away/1/back").status_code == 404
    assert browser(app, MEMBER).post("/my/away/1/back").status_code == 302
    assert who_sees_to_it(app, 0) == MEMBER
    assert letters_to(app, OTHER)[0] == "The lp_member is back"
    with app.app_context():
        [kept] = db.session.scalars(sa.select(Absence))
        assert (kept.from_on, kept.back_on) == (today() - dt.timedelta(days=3), today())
    assert "Was away from" in text_of(browser(app, MEMBER).get("/my/away"))


def test_bad_absences_are_refused_with_a_sentence(app: Flask, funded: None) -> None:
    assert say_away(app, 10, 20).status_code == 302
    for first, back, sentence in [
        (-1, 3, "The first day must be today or later"),
        (5, 5, "You must be back on a later day"),
        (19, 25, "You are away already from"),
        (5, 11, "You are away already from"),
    ]:
        refused = say_away(app, first, back)
        assert refused.status_code == 422
        assert sentence in text_of(refused)
    assert say_away(app, 20, 21).status_code == 302  # the next begins on the day on which the first ends
    assert say_away(app, 30, 31, cover=ABROAD).status_code == 422


def test_who_belongs_to_the_group_does_not_cover(app: Flask, funded: None) -> None:
    with writing(app):
        declare_interest(first_award().bid, account(OTHER), "I am its treasurer.", account(ORGANISER))
    refused = say_away(app, TODAY, NEXT_WEEK)
    assert refused.status_code == 422
    assert "belongs to Group 1" in text_of(refused)


def test_a_cover_who_leaves_or_declares_an_interest_covers_no_longer(app: Flask, funded: None) -> None:
    say_away(app, TODAY, NEXT_WEEK)
    assert who_sees_to_it(app, 0) == OTHER
    with writing(app):
        declare_interest(first_award().bid, account(OTHER), "I am its treasurer.", account(ORGANISER))
    assert who_sees_to_it(app, 0) is None
    assert browser(app, OTHER).get("/my/groups/1").status_code == 404


def test_a_suspended_cover_covers_nothing(app: Flask, funded: None) -> None:
    say_away(app, TODAY, NEXT_WEEK)
    with writing(app):
        set_disabled(account(OTHER), is_disabled=True, by=account(ORGANISER))
    assert who_sees_to_it(app, 0) is None
    page = text_of(browser(app, ORGANISER).get("/desk/monitoring/1"))
    assert "Nobody covers." in page


@both_databases
def test_of_two_absences_said_at_once_that_overlap_one_is_refused(app: Flask, funded: None) -> None:
    said: list[str] = []

    def verb() -> None:
        try:
            with writing(app):
                go_away(account(MEMBER), NewAbsence(today(), today() + dt.timedelta(days=3), None))
            said.append("kept")
        except AwayAlready:
            said.append("refused")

    together(verb, verb)
    assert sorted(said) == ["kept", "refused"]
