"""One letter a week for each LP member and organiser, with what their pages say, and none without news."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.grants.mentors.absences import NewAbsence, go_away
from pbvote.grants.reminding.models import Digest
from pbvote.grants.visits import service
from pbvote.mail.models import Letter
from pbvote.people.models import RoleGrant
from tests.conftest import both_databases
from tests.factories import an_account, writing
from tests.grants.reminding import BEGINS, fund_on, on, remind
from tests.grants.visiting import MEMBER, ORGANISER, OTHER, account, log, suspend
from tests.pages import browser, text_of

MONDAY = dt.date(2026, 3, 9)
DAY = dt.timedelta(days=1)


@pytest.fixture
def funded(app: Flask) -> None:
    """Award 1, whose visit is late by the Monday on which digests go."""
    fund_on(app, dt.date(2026, 3, 5))


def digests(app: Flask, day: dt.date, hour: int = 7) -> dict[str, str]:
    """Run the command on this day; the weekly letters that it wrote, by reader."""
    with app.app_context():
        newest = db.session.scalar(sa.select(sa.func.max(Letter.id))) or 0
    with on(day, hour):
        remind(app)
    with app.app_context():
        weekly = sa.select(Letter).where(Letter.id > newest, Letter.subject.startswith("Your week"))
        return {letter.recipient: letter.body for letter in db.session.scalars(weekly)}


@both_databases
def test_one_a_week_however_often_it_runs(app: Flask, funded: None) -> None:
    assert digests(app, MONDAY).keys() == {MEMBER, ORGANISER}
    assert digests(app, MONDAY, 8) == {}
    assert [digests(app, MONDAY + number * DAY) for number in range(1, 7)] == [{}] * 6
    assert digests(app, MONDAY + 7 * DAY).keys() == {MEMBER, ORGANISER}


def test_a_monday_that_was_missed_goes_on_tuesday_and_so_does_a_holiday(app: Flask, funded: None) -> None:
    assert digests(app, MONDAY + DAY).keys() == {MEMBER, ORGANISER}
    easter = dt.date(2026, 4, 6)
    assert digests(app, easter) == {}
    assert digests(app, easter + DAY).keys() == {MEMBER, ORGANISER}
    assert digests(app, easter + 5 * DAY) == {}  # a Saturday of the same week
    assert digests(app, easter + 12 * DAY) == {}  # and one whose week was missed altogether


def test_the_week_is_the_iso_week_across_new_year(app: Flask) -> None:
    fund_on(app, dt.date(2026, 12, 1), day=dt.date(2026, 11, 2))
    digests(app, dt.date(2026, 12, 31))  # the Thursday of week 53
    assert digests(app, dt.date(2027, 1, 1)) == {}  # a holiday, and the same week
    assert digests(app, dt.date(2027, 1, 4)).keys() == {MEMBER, ORGANISER}
    with app.app_context():
        weeks = set(db.session.scalars(sa.select(Digest.week_on)))
    assert weeks == {dt.date(2026, 12, 28), dt.date(2027, 1, 4)}


def test_whoever_has_nothing_to_read_gets_none_and_the_week_is_settled(app: Flask) -> None:
    fund_on(app, dt.date(2026, 5, 20))
    assert digests(app, MONDAY) == {}
    with on(MONDAY), writing(app):
        service.plan_visit(1, MONDAY + DAY)
    assert digests(app, MONDAY + DAY) == {}
    with app.app_context():
        assert set(db.session.scalars(sa.select(Digest.lines))) == {0}


def test_a_member_reads_of_visits_answers_and_whom_they_cover_for(app: Flask, funded: None) -> None:
    with on(BEGINS):
        log(browser(app, MEMBER), standing="worried", words="The treasurer has left.")
        browser(app, ORGANISER).post("/desk/worries/1", data={"answer": "I rang them. Two people sign now."})
    body = digests(app, MONDAY)[MEMBER]
    assert "Visits that are overdue:\n- Group 1, planned for 5 March 2026" in body
    assert "Your worries that were answered:\n- Group 1, by The organiser" in body
    assert "Two people sign now" not in body
    assert "/my/phones#weekly-letter" in body
    with on(MONDAY), writing(app):
        service.plan_visit(1, dt.date(2026, 3, 22))
        go_away(account(MEMBER), NewAbsence(dt.date(2026, 3, 14), dt.date(2026, 4, 1), account(OTHER)))
    found = digests(app, dt.date(2026, 3, 16))
    assert MEMBER not in found  # away, and the answer was told last week
    assert "Visits this week:\n- Group 1, planned for 22 March 2026" in found[OTHER]  # the Sunday
    assert "You cover for:\n- The lp_member, until 1 April 2026" in found[OTHER]


def test_an_answer_between_two_letters_is_told_once_and_never_lost(app: Flask, funded: None) -> None:
    with on(BEGINS):
        log(browser(app, MEMBER), standing="worried", words="The treasurer has left.")
    assert "that were answered" not in digests(app, MONDAY)[MEMBER]
    with on(MONDAY):
        browser(app, ORGANISER).post("/desk/worries/1", data={"answer": "I rang them."})
    assert "that were answered" in digests(app, MONDAY + 8 * DAY)[MEMBER]  # a Tuesday: more than a week later
    assert "that were answered" not in digests(app, MONDAY + 14 * DAY)[MEMBER]


def test_an_organiser_reads_what_today_says_in_its_words(app: Flask, funded: None) -> None:
    with on(BEGINS):
        log(browser(app, MEMBER), standing="worried", words="The treasurer has left.")
    suspend(app, MEMBER)
    body = digests(app, MONDAY)[ORGANISER]
    lines = [line.removeprefix("- ") for line in body.splitlines() if line.startswith("- ")]
    assert lines == [
        "Answer the worry about Group 1, for The organiser, by 9 March 2026",
        "1 visit is overdue (Sale decides, Grants 2014)",
        "Find a mentor for 1 funded group (Sale decides, Grants 2014)",
    ]
    with on(MONDAY):
        today = text_of(browser(app, ORGANISER).get("/desk/"))
    assert all(line.partition(",")[0].partition(" (")[0] in today for line in lines)


def test_roles_and_suspensions_count_as_at_sending(app: Flask, funded: None) -> None:
    suspend(app, MEMBER)
    with writing(app):
        an_account(Role.ORGANISER, "new@council.example")
        db.session.execute(sa.delete(RoleGrant).where(RoleGrant.account_id == account(ORGANISER).id))
    assert digests(app, MONDAY).keys() == {"new@council.example"}


def test_the_letter_is_switched_off_and_on_by_a_press_on_the_account_page(app: Flask, funded: None) -> None:
    with on(MONDAY):
        member = browser(app, MEMBER)
        assert "Stop the weekly letter" in text_of(member.get("/my/phones"))
        for _ in range(2):
            assert member.post("/my/phones/weekly-letter/stop").status_code == 302
        assert "You have stopped it." in text_of(member.get("/my/phones"))
    assert digests(app, MONDAY).keys() == {ORGANISER}
    with on(MONDAY):
        assert member.post("/my/phones/weekly-letter/send").status_code == 302
    assert digests(app, MONDAY + 7 * DAY).keys() == {MEMBER, ORGANISER}


def test_a_group_contact_is_offered_no_weekly_letter(app: Flask, funded: None) -> None:
    page = text_of(browser(app, "group1@group.example").get("/my/phones"))
    assert "weekly letter" not in page


def test_in_summer_the_week_begins_at_midnight_in_the_united_kingdom(app: Flask, funded: None) -> None:
    digests(app, dt.date(2026, 6, 22))
    with time_machine.travel(dt.datetime.fromisoformat("2026-06-28 23:30+00:00"), tick=False):
        assert "2 weekly letters written" in remind(app)
        assert now().date() == dt.date(2026, 6, 28)


def test_whose_week_was_summed_up_is_forgotten_after_eight_weeks(app: Flask, funded: None) -> None:
    digests(app, MONDAY)
    for weeks, left in ((8, 4), (9, 0)):  # three members and the organiser
        with on(MONDAY + 7 * weeks * DAY):
            assert app.test_cli_runner().invoke(args=["tidy"]).exit_code == 0
        with app.app_context():
            assert db.session.scalar(sa.select(sa.func.count()).select_from(Digest)) == left
