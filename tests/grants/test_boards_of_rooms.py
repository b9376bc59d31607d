"""What the rooms above visits enter on boards, in a group's colour, and in an award's story."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from benchmarks.boards_data import ORGANISER, fill
from pbvote.core.clock import now, today
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.promises.keeping import Keeping, keep_promises
from pbvote.grants.promises.models import KeptBy, Promise
from pbvote.grants.reports.changing import ChangeAnswer, answer_change, changes_of
from pbvote.grants.reports.due import LONG_LATE_DAYS, is_report_late, report_due_on
from pbvote.grants.reports.models import Report
from pbvote.grants.visits.models import PlannedVisit
from pbvote.grants.visits.service import funded_groups
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.boards import BOARD, figures, groups_on
from tests.grants.decided import made
from tests.grants.paying import LARGE, SMALL, organiser, the_award
from tests.grants.reporting import DESK, GROUP, contact, pay_all, ready, send, thank
from tests.pages import browser, sheet, text_of


def doing(award_id: int) -> tuple[str, list[str]]:
    """The colour of an award's group, and why."""
    [found] = [each for each in funded_groups() if each.award.id == award_id]
    return found.doing.colour.value, [*found.doing.reasons]


@both_databases
def test_a_late_report_is_amber_and_red_after_twenty_working_days(app: Flask) -> None:
    ready(app)
    with app.app_context():
        due_on = report_due_on(the_award(SMALL).ends_on)
    long_late = working_days_after(due_on, LONG_LATE_DAYS)
    wanted = {
        due_on: "green",
        due_on + dt.timedelta(days=1): "amber",
        long_late - dt.timedelta(days=1): "amber",
        long_late: "red",
    }
    for day, colour in wanted.items():
        with time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC), tick=False), app.app_context():
            found, reasons = doing(SMALL)
            assert (day, found) == (day, colour)
            assert any("report" in reason for reason in reasons) is (colour != "green")
    with time_machine.travel(dt.datetime.combine(long_late, dt.time(12), dt.UTC), tick=False):
        desk = browser(app, ORGANISER)
        assert "is 20 working days late" in text_of(desk.get(f"{BOARD}{SMALL}"))
        number, address = figures(desk)["Reports late"]
        assert number == groups_on(desk, address)[0] == 2
        assert "2 reports are late" in text_of(desk.get("/desk/"))
    with writing(app):
        db.session.get_one(Award, SMALL).ends_on = today() - dt.timedelta(days=120)
    assert send(contact(app)).status_code == 302
    with app.app_context():
        assert doing(SMALL)[0] == "green"


@both_databases
def test_the_figures_of_promises_and_reports_are_those_of_the_rows(app: Flask) -> None:
    with writing(app):
        fill(60, 1)
        for number, state in ((1, AwardState.CLOSED), (14, AwardState.CLOSED), (23, AwardState.CLOSED)):
            db.session.get_one(Award, number).planned_pence = 0
            db.session.get_one(Award, number).state = state
        thanked = db.session.scalars(sa.select(Report).where(Report.award_id == 27)).one()
        thanked.answer, thanked.answered_at, thanked.answered_by_id = "Thank you.", now(), 1
    desk = browser(app, ORGANISER)
    with app.app_context():
        under_way = {award.id for award in db.session.scalars(sa.select(Award).where(Award.is_under_way))}
        promises = [each for each in db.session.scalars(sa.select(Promise)) if each.award_id in under_way]
        late = [promise for promise in promises if promise.kept_on is None and promise.due_on < today()]
        sent = set(db.session.scalars(sa.select(Report.award_id)))
        ends = db.session.execute(sa.select(Award.id, Award.ends_on)).all()
        with_late = {promise.award_id for promise in late}
        awaited = {award_id for award_id, on in ends if award_id in under_way - sent and is_report_late(on, today())}
    to_thank = (sent & under_way) - {27}
    wanted = {"With a late promise": with_late, "Reports late": awaited, "Reports to thank for": to_thank}
    shown, rows = figures(desk), sheet(desk, f"{BOARD}groups.csv")
    for label, groups in wanted.items():
        assert shown[label][0] == len(groups) > 0, label
        assert groups_on(desk, shown[label][1])[0] == len(groups), label
        assert {f"Group {award_id - 1:03}" for award_id in groups} == {r["Group"] for r in rows if r[label] == "Yes"}
    assert sum(int(row["Promises late"]) for row in rows) == len(late) > len(with_late)
    assert {(row["Promises"], row["Promises kept"]) for row in rows} == {("3", "1")}
    assert "60 of 180 promises kept" in text_of(desk.get(BOARD))


@pytest.mark.parametrize("state", [AwardState.OFFERED, AwardState.CLOSED])
def test_what_is_not_accepted_or_closed_is_nowhere_alone_late_or_due(app: Flask, state: AwardState) -> None:
    desk = made(app)
    with writing(app):
        for days, award in enumerate(db.session.scalars(sa.select(Award)).all()):
            award.state, award.ends_on = state, today() - dt.timedelta(days=300)
            db.session.add(PlannedVisit(award_id=award.id, due_on=today() - dt.timedelta(days=days)))
            db.session.add(Promise(award_id=award.id, number=1, words="A wall.", due_on=today() - dt.timedelta(days=9)))
    shown = figures(desk)
    assert shown["Funded groups"][0] == 2
    labels = ("Overdue", "Due this month", "Without a mentor", "Reports late", "With a late promise", "Red", "Amber")
    assert [shown[label][0] for label in labels] == [0] * len(labels)
    tasks = text_of(desk.get("/desk/"))
    for words in ("Find a mentor", "overdue", "is late", "are late"):
        assert words not in tasks


@both_databases
def test_the_story_goes_from_the_acceptance_to_the_day_on_which_it_was_opened_again(app: Flask) -> None:
    desk = ready(app)
    with writing(app):
        [promise_id] = db.session.scalars(sa.select(Promise.id).where(Promise.award_id == SMALL).limit(1))
        keep_promises(SMALL, [promise_id], Keeping(today(), organiser().id, KeptBy.DESK))
    _change_what_is_bought(app)
    pay_all(app, desk)
    assert send(contact(app)).status_code == 302
    thank(desk)
    assert desk.post(f"{DESK}/close", data={"promises": "y"}).status_code == 302
    assert "The grant is closed." in text_of(desk.get(f"{BOARD}{SMALL}"))
    assert desk.post(f"{DESK}/reopen", data={"words": "A bill came."}).status_code == 302
    page = text_of(desk.get(f"{BOARD}{SMALL}"))
    story = page[page.index("What has happened") :]
    order = (
        *("The group was offered the grant.", "The group accepted: ", "The agreement was signed."),
        *("The group asked to spend £50 differently: Paint, not {paper}.", "The council said yes: Please do."),
        *("Finance paid £2,000.", "The group sent its report.", "The group was thanked for its report: Thank you"),
        *("The grant was closed.", "The grant was opened again. A bill came."),
    )
    places = [story.index(words) for words in order]
    assert places == sorted(places)
    assert "A promise was kept, as was said by an organiser: " in story
    assert story.count("The group accepted") == 1
    assert "confirmed that the group accepts." in text_of(desk.get(f"{BOARD}{LARGE}"))


def _change_what_is_bought(app: Flask) -> None:
    """The group asks, and an officer says yes."""
    asked = {"words": "Paint, not {paper}.", "moved_pence": "50"}
    assert contact(app).post(f"{GROUP}/change/spending", data=asked).status_code == 302
    with writing(app):
        [change] = changes_of([SMALL])
        answer_change(the_award(SMALL), change, ChangeAnswer(is_granted=True, answer="Please do."), organiser())
