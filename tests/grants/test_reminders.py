"""A planned visit is reminded of ahead, on the day and after; then an officer hears of it, and nobody is nagged."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import today
from pbvote.core.working_days import working_day_from, working_days_after
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.mentors.absences import NewAbsence, go_away
from pbvote.grants.reminding.models import ReminderStep
from pbvote.grants.reminding.sequence import Due, Notice
from pbvote.grants.reminding.service import awards_to_remind_of
from pbvote.grants.visits import service
from pbvote.grants.visits.models import PlannedVisit
from pbvote.people.models import Account
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.reminding import BEGINS, Written, fund_on, fund_others, on, remind, rows, written_from, written_on
from tests.grants.visiting import MEMBER, ORGANISER, OTHER, account, hand_over, log, suspend
from tests.pages import browser
from tests.queries import listening

VISIT = dt.date(2026, 4, 16)
"""A Thursday after Easter: Good Friday is 3 April, Easter Monday the 6th."""


@both_databases
def test_four_letters_ahead_on_the_day_after_it_and_then_to_an_officer(app: Flask) -> None:
    fund_on(app, VISIT)
    assert written_from(app, dt.date(2026, 3, 26), dt.date(2026, 5, 6)) == [
        Written(dt.date(2026, 3, 31), MEMBER, "A visit to Group 1 on 16 April 2026"),
        Written(VISIT, MEMBER, "Your visit to Group 1"),
        Written(dt.date(2026, 4, 23), MEMBER, "Your visit to Group 1 is still open"),
        Written(dt.date(2026, 4, 30), ORGANISER, "The visit to Group 1 is late"),
    ]


def test_each_letter_says_what_it_is_about_and_leads_there(app: Flask) -> None:
    fund_on(app, VISIT)
    [(_, _, ahead)] = written_on(app, dt.date(2026, 3, 31))
    assert "The next visit to Group 1 is planned for 16 April 2026." in ahead
    assert "/link#" in ahead  # a member needs no password
    assert "/my/groups/1" in ahead
    [(_, _, officer)] = written_on(app, dt.date(2026, 6, 1))
    assert "The lp_member sees to them, and gets no further letter about this visit." in officer
    assert "/sign-in?next=/desk/monitoring/1" in officer


@pytest.mark.parametrize(
    ("due", "begins"),
    [
        (dt.date(2026, 5, 25), dt.date(2026, 5, 26)),  # Spring bank holiday
        (dt.date(2026, 5, 23), dt.date(2026, 5, 26)),  # the Saturday before it
        (dt.date(2026, 12, 25), dt.date(2026, 12, 29)),  # Boxing Day is a Saturday, so Monday is a holiday
    ],
)
def test_what_is_due_on_a_holiday_is_reminded_of_on_the_next_working_day(
    app: Flask, due: dt.date, begins: dt.date
) -> None:
    assert working_day_from(due) == begins
    fund_on(app, due)
    written_on(app, working_days_after(begins, -10))
    assert written_from(app, due, begins) == [Written(begins, MEMBER, "Your visit to Group 1")]


def test_after_a_long_outage_only_the_newest_letter_goes(app: Flask) -> None:
    fund_on(app, VISIT)
    assert [subject for _, subject, _ in written_on(app, dt.date(2026, 4, 24))] == [
        "Your visit to Group 1 is still open"
    ]
    assert written_on(app, dt.date(2026, 4, 24)) == []
    assert rows(app) == 1


def test_a_visit_that_was_planned_late_has_no_letter_ahead(app: Flask) -> None:
    fund_on(app, None)
    with on(dt.date(2026, 4, 8)), writing(app):
        service.plan_visit(1, VISIT)
    assert written_from(app, dt.date(2026, 4, 8), VISIT) == [Written(VISIT, MEMBER, "Your visit to Group 1")]


@both_databases
def test_a_visit_that_was_moved_begins_again_and_its_old_day_is_over(app: Flask) -> None:
    fund_on(app, VISIT)
    assert len(written_on(app, dt.date(2026, 3, 31))) == 1
    with on(dt.date(2026, 4, 1)), writing(app):
        service.plan_visit(1, dt.date(2026, 5, 21))
    with app.app_context():
        assert db.session.get_one(PlannedVisit, 1).planned_on == dt.date(2026, 4, 1)
    assert written_from(app, dt.date(2026, 4, 1), dt.date(2026, 5, 21)) == [
        Written(dt.date(2026, 5, 7), MEMBER, "A visit to Group 1 on 21 May 2026"),
        Written(dt.date(2026, 5, 21), MEMBER, "Your visit to Group 1"),
    ]


def test_a_visit_that_was_logged_and_one_of_an_award_that_was_declined_have_no_letter(app: Flask) -> None:
    fund_on(app, VISIT)
    with on(VISIT, 8):
        assert log(browser(app, MEMBER)).status_code == 302
    assert written_on(app, VISIT) == []
    with on(VISIT, 10), writing(app):
        service.plan_visit(1, dt.date(2026, 5, 21))
        db.session.execute(sa.update(Award).values(state=AwardState.DECLINED))
    assert written_from(app, dt.date(2026, 5, 4), dt.date(2026, 6, 12)) == []


def test_whoever_covers_is_reminded_and_so_is_whoever_took_over_since(app: Flask) -> None:
    fund_on(app, VISIT)
    with on(dt.date(2026, 4, 13)), writing(app):
        away = NewAbsence(dt.date(2026, 4, 14), dt.date(2026, 4, 20), account(OTHER))
        go_away(account(MEMBER), away)
    assert [to for to, _, _ in written_on(app, VISIT)] == [OTHER]
    with on(dt.date(2026, 4, 21)):
        hand_over(app)
    assert [to for to, _, _ in written_on(app, dt.date(2026, 4, 21))] == []  # she has that letter
    assert [to for to, _, _ in written_on(app, dt.date(2026, 4, 23))] == [OTHER]


def test_of_a_suspended_member_an_officer_hears_once(app: Flask) -> None:
    fund_on(app, VISIT)
    suspend(app, MEMBER)
    assert written_from(app, dt.date(2026, 3, 30), dt.date(2026, 4, 15)) == []  # nobody to prepare
    [(to, _, body)] = written_on(app, VISIT)
    assert to == ORGANISER
    assert "Nobody sees to Group 1 at present. Please find a mentor for them." in body
    assert written_from(app, dt.date(2026, 4, 17), dt.date(2026, 5, 8)) == []


def test_without_an_organiser_who_can_sign_in_the_officers_letter_waits(app: Flask) -> None:
    fund_on(app, VISIT)
    suspend(app, ORGANISER)
    assert written_on(app, dt.date(2026, 6, 1)) == []
    with writing(app):
        account(ORGANISER).is_disabled = False
    assert [to for to, _, _ in written_on(app, dt.date(2026, 6, 2))] == [ORGANISER]


def test_the_clocks_going_back_and_forward_write_nothing_twice_and_nothing_early(app: Flask) -> None:
    fund_on(app, dt.date(2026, 10, 26))  # the Monday after the clocks went back
    written_on(app, dt.date(2026, 10, 12))
    for moment in ("2026-10-25 00:30", "2026-10-25 01:30", "2026-10-25 23:59"):  # half past one, twice
        with time_machine.travel(dt.datetime.fromisoformat(f"{moment}+00:00"), tick=False):
            assert remind(app).startswith("0 reminders")
    with time_machine.travel(dt.datetime.fromisoformat("2026-10-26 00:01+00:00"), tick=False):
        assert remind(app).startswith("1 reminder written")
    with on(dt.date(2026, 10, 26)), writing(app):
        service.plan_visit(1, dt.date(2027, 6, 28))
    written_on(app, dt.date(2027, 6, 14))
    with time_machine.travel(dt.datetime.fromisoformat("2027-06-27 23:30+00:00"), tick=False):
        assert remind(app).startswith("1 reminder written")  # it is Monday in the United Kingdom


def test_a_sequence_of_its_own_is_what_a_new_kind_brings() -> None:
    notices = [Notice(ReminderStep.ON_DAY, 0, "", (), ""), Notice(ReminderStep.OFFICER, 1, "", (), "")]
    reader = Account(id=1, name="Marek", email="marek@partnership.example")

    def due(known_on: dt.date, *readers: Account) -> Due:
        return Due("report", 1, 1, dt.date(2026, 4, 2), known_on, readers, notices, "They have no e-mail address.")

    usual = due(BEGINS, reader)
    steps = {day: usual.next_notice(dt.date(2026, 4, day)) for day in (1, 2, 6, 7)}
    assert steps == {1: None, 2: notices[0], 6: notices[0], 7: notices[1]}  # over Easter
    assert due(BEGINS).next_notice(dt.date(2026, 4, 2)) is notices[1]
    assert due(dt.date(2026, 4, 2), reader).next_notice(dt.date(2026, 4, 2)) is None


def statements_of_a_look(app: Flask, letters: int) -> int:
    """How many statements it takes to see about which awards there are letters to write, a day after the visit."""
    with on(dt.date(2026, 4, 17)), app.app_context(), listening() as asked:
        awards = [award_id for batch in awards_to_remind_of(today()) for award_id in batch]
        assert len(awards) == letters // 2
        return len(asked)


def test_looking_for_what_is_due_takes_as_many_statements_for_many_groups_as_for_one(app: Flask) -> None:
    fund_on(app, VISIT, is_accepted=False)
    few = statements_of_a_look(app, letters=2)
    fund_others(app, VISIT)
    assert statements_of_a_look(app, letters=6) == few
