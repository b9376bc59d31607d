"""Mentors and check-ins: who may log, what is asked, what moves, and who reads a concern."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import today
from pbvote.db import begin_write, db
from pbvote.filters import day as day_in_words
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import WrongLocality, set_mentor
from pbvote.grants.visits import service
from pbvote.grants.visits.models import CheckInCorrection
from pbvote.people.service import account_with_email
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.visiting import ABROAD, MEMBER, ORGANISER, OTHER, day, log, logged
from tests.pages import browser, text_of


def next_on(app: Flask) -> dt.date | None:
    """When the next visit is due."""
    with app.app_context():
        return service.planned_visit(1)


def as_the_board_sees_it(app: Flask) -> service.FundedGroup:
    """Award 1 as the board sees it."""
    with app.app_context():
        found = next(funded for funded in service.funded_groups() if funded.award.id == 1)
        _ = found.mentor and found.mentor.account
        return found


def test_today_and_a_visit_are_filled_in(app: Flask, funded: None) -> None:
    page = browser(app, MEMBER).get("/my/groups/1").get_data(as_text=True)
    for part in day("met_on", today()).values():
        assert f'value="{part}"' in page
    assert re.search(r'value="visit" checked', page)


@both_databases
def test_a_check_in_is_stored_once_though_it_is_sent_twice_and_moves_the_next_visit(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    soon = today() + dt.timedelta(days=30)
    for _ in range(3):
        assert log(member, "the-same-page", **day("next_on", soon)).status_code == 302
    [check_in] = logged(app)
    assert (check_in.words, check_in.met_on, check_in.next_on) == ("41 pupils came.", today(), soon)
    assert next_on(app) == soon
    # A retry that comes after the member went back and chose another day moves nothing back.
    log(member, **day("next_on", soon + dt.timedelta(days=9)))
    log(member, "the-same-page", **day("next_on", soon))
    assert len(logged(app)) == 1
    assert next_on(app) == soon + dt.timedelta(days=9)


@both_databases
def test_who_goes_back_and_changes_a_word_corrects_the_check_in(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member, words="14 pupils came.")
    for _ in range(2):
        log(member, words="41 pupils came.")  # on a page that was drawn again, with a key of its own
    log(member, words="")
    assert [check_in.words for check_in in logged(app)] == ["41 pupils came."]
    with app.app_context():
        assert [it.words for it in db.session.scalars(sa.select(CheckInCorrection))] == ["14 pupils came."]
    page = text_of(browser(app, ORGANISER).get("/desk/monitoring/1"))
    assert "Before it was corrected" in page
    assert "14 pupils came." in page
    assert "14 pupils came." not in text_of(member.get("/my/groups/1"))


@pytest.mark.parametrize(
    "changes",
    [
        {"words": "The kitchen is being repaired until spring."},
        {"standing": "could_use_help"},
        {"contact_method": "call"},
    ],
)
def test_another_visit_of_the_same_day_is_another_check_in(app: Flask, funded: None, changes: dict[str, str]) -> None:
    member = browser(app, MEMBER)
    log(member)
    log(member, **changes)
    assert len(logged(app)) == 2


def test_a_day_later_the_same_words_are_another_check_in(app: Flask, funded: None) -> None:
    log(browser(app, MEMBER))
    first = day("met_on", today())
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=25), tick=False):
        log(browser(app, MEMBER), **first)
    assert len(logged(app)) == 2


def test_an_empty_box_changes_nothing_that_was_planned(app: Flask, funded: None) -> None:
    planned = next_on(app)
    assert planned
    log(browser(app, MEMBER), contact_method="call")
    log(browser(app, MEMBER), next_visit="keep", words="Kept.")
    assert next_on(app) == planned
    assert [check_in.next_on for check_in in logged(app)] == [None, None]


@pytest.mark.parametrize(("choice", "weeks"), [("2", 2), ("6", 6)])
def test_the_next_visit_is_a_press(app: Flask, funded: None, choice: str, weeks: int) -> None:
    log(browser(app, MEMBER), next_visit=choice)
    assert next_on(app) == today() + dt.timedelta(weeks=weeks)


def test_no_more_visits_needed_plans_none(app: Flask, funded: None) -> None:
    log(browser(app, MEMBER), next_visit="none")
    assert next_on(app) is None
    assert logged(app)[0].is_last


def test_a_visit_that_was_due_is_paid_by_a_check_in_unless_nobody_was_reached(app: Flask, funded: None) -> None:
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=5), tick=False):
        member, planned = browser(app, MEMBER), next_on(app)
        assert log(member, standing="not_reached", words="").status_code == 302
        assert next_on(app) == planned  # still overdue
        assert log(member).status_code == 302
        assert next_on(app) is None


def test_keeping_a_plan_that_has_changed_meanwhile_changes_nothing(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    with writing(app):
        service.plan_visit(1, None)
    assert log(member, next_visit="keep").status_code == 302
    assert next_on(app) is None


def test_an_older_visit_that_is_logged_late_plans_nothing(app: Flask, funded: None) -> None:
    member, soon = browser(app, MEMBER), today() + dt.timedelta(days=9)
    with writing(app):
        service.funded_groups()[0].award.decision.decided_on = today() - dt.timedelta(days=90)
    log(member, **day("next_on", soon))
    older = day("met_on", today() - dt.timedelta(days=30))
    log(member, words="Long ago.", next_visit="none", **older)
    log(member, words="The tutor was ill, so we only spoke.", **day("next_on", soon + dt.timedelta(days=9)), **older)
    assert len(logged(app)) == 3
    assert next_on(app) == soon


def test_a_visit_before_the_award_is_refused_and_what_was_typed_stays(app: Flask, funded: None) -> None:
    refused = log(browser(app, MEMBER), **day("met_on", dt.date(2001, 1, 1)))
    assert refused.status_code == 422
    assert f"The council decided on this award on {day_in_words(today())}" in text_of(refused)
    assert "41 pupils came." in text_of(refused)
    assert logged(app) == []


def test_a_bad_check_in_is_refused_beside_the_field_and_nothing_typed_is_lost(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    for changes, complaint in [
        (day("met_on", today() + dt.timedelta(days=1)), "The day can’t be in the future"),
        (day("next_on", today() - dt.timedelta(days=1)), "The next visit must be today or later"),
        (day("next_on", today()) | {"next_visit": "2"}, "Choose one answer above, or enter another day, not both"),
        ({"next_visit": "7"}, "Choose one of the answers listed"),
        ({"standing": "worried", "words": " "}, "Say what worries you"),
        ({"standing": ""}, "Say how the group is doing"),
        ({"standing": "red"}, "Choose one of the answers listed"),
        ({"needs": "money"}, "Choose one of the answers listed"),
        ({"words": "word " * 201}, "200 words or fewer"),
        ({"met_on-day": "", "met_on-month": "", "met_on-year": ""}, "Enter the day"),
    ]:
        refused = log(member, "kept-key", **changes)
        assert refused.status_code == 422, changes
        assert complaint in text_of(refused)
        assert "There is a problem" in text_of(refused)
        assert changes.get("words", "41 pupils came.").strip() in text_of(refused)
        assert 'value="kept-key"' in refused.get_data(as_text=True)  # so that the retry is still one check-in
    assert logged(app) == []
    assert next_on(app) == today() + dt.timedelta(days=3)


def test_a_worry_may_be_said_to_the_organisers_alone_and_nobody_else_reads_it(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    secret = "The till was empty."
    assert log(member, standing="worried", words="", concern=secret).status_code == 302
    assert logged(app)[0].concern == secret
    assert secret in text_of(browser(app, ORGANISER).get("/desk/monitoring/1"))
    with writing(app):
        successor, watched = account_with_email(OTHER), service.funded_groups()[0]
        assert successor
        set_mentor(watched.award, successor)
    group = browser(app, "group1@group.example")
    for reader, path in [(browser(app, OTHER), "/my/groups/1"), (group, "/my/awards/"), (group, "/my/bids/")]:
        page = reader.get(path)
        assert page.status_code == 200
        assert secret not in text_of(page)


def test_only_its_mentor_logs_and_a_handover_keeps_the_history(app: Flask, funded: None) -> None:
    first, second = browser(app, MEMBER), browser(app, OTHER)
    log(first)
    assert second.get("/my/groups/1").status_code == 404
    assert second.post("/my/groups/1", data={}).status_code == 404
    with app.app_context():
        nia = account_with_email(OTHER)
        assert nia
    desk = browser(app, ORGANISER)
    assert desk.post("/desk/monitoring/1", data={"member": str(nia.id), "seen": "1"}).status_code == 302
    assert "You stayed with this group from" in text_of(first.get("/my/groups/1"))
    assert "41 pupils came." in text_of(second.get("/my/groups/1"))
    assert log(second).status_code == 302
    assert len(logged(app)) == 2
    with app.app_context():
        periods = db.session.scalars(sa.select(Mentor).order_by(Mentor.id)).all()
        assert [(period.from_on, period.until_on) for period in periods] == [(today(), today()), (today(), None)]


def test_a_mentor_is_a_member_of_the_awards_own_locality(app: Flask, funded: None) -> None:
    desk = browser(app, ORGANISER)
    with app.app_context():
        stranger, organiser = account_with_email(ABROAD), account_with_email(ORGANISER)
        assert stranger
        assert organiser
    for account in (stranger, organiser):
        refused = desk.post("/desk/monitoring/1", data={"member": str(account.id)})
        assert refused.status_code == 422
        with app.app_context():
            begin_write()
            award = service.funded_groups()[0].award
            with pytest.raises(WrongLocality):
                set_mentor(award, account)
    mentor = as_the_board_sees_it(app).mentor
    assert mentor
    assert mentor.account.email == MEMBER


def test_a_visit_is_overdue_from_the_day_after_it_was_due(app: Flask, funded: None) -> None:
    due = dt.datetime.combine(today() + dt.timedelta(days=3), dt.time(12), dt.UTC)
    for moment, is_overdue in [(due, False), (due + dt.timedelta(days=1), True)]:
        with time_machine.travel(moment, tick=False):
            assert as_the_board_sees_it(app).is_overdue is is_overdue
            assert ("Overdue since" in text_of(browser(app, ORGANISER).get("/desk/monitoring/"))) is is_overdue
            assert ("Overdue since" in text_of(browser(app, MEMBER).get("/my/groups/"))) is is_overdue


def test_a_visit_that_is_logged_late_is_not_the_latest(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    with writing(app):
        service.funded_groups()[0].award.decision.decided_on = today() - dt.timedelta(days=90)
    log(member, standing="going_well")
    log(member, standing="worried", **day("met_on", today() - dt.timedelta(days=20)))
    assert len(logged(app)) == 2
    latest = as_the_board_sees_it(app).latest
    assert latest
    assert latest.standing.value == "going_well"


def test_a_mentor_whose_account_is_suspended_leaves_the_group_alone(app: Flask, funded: None) -> None:
    assert not as_the_board_sees_it(app).is_alone
    with writing(app):
        member = account_with_email(MEMBER)
        assert member
        member.is_disabled, member_id = True, member.id
    assert as_the_board_sees_it(app).is_alone
    desk = browser(app, ORGANISER)
    assert "Find a mentor for 1 funded group" in text_of(desk.get("/desk/"))
    assert f'value="{member_id}"' not in desk.get("/desk/monitoring/1").get_data(as_text=True)
