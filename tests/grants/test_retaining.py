"""What is kept of a closed grant goes in its time, and the council's record stays."""

import datetime as dt

import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.files.models import Photo
from pbvote.files.pictures import read_photo
from pbvote.files.service import keep_photo
from pbvote.grants.promises.models import Acceptance
from pbvote.grants.reports.models import ReportDraft
from pbvote.grants.reports.retaining import RULES, forget_due, retained
from pbvote.grants.visits.models import CheckIn, CheckInCorrection, CheckInPhoto, Worry
from tests.conftest import both_databases
from tests.factories import writing
from tests.files.samples import photo_file
from tests.grants.decided import ORGANISER
from tests.grants.paying import SMALL, organiser
from tests.grants.reporting import DESK, GROUP, HAPPENED, contact, pay_all, ready, reports, send, thank, visited
from tests.grants.visiting import logged
from tests.pages import browser


def counts(app: Flask) -> list[tuple[int, int]]:
    """How much of each kind is kept, and due to go."""
    with app.app_context():
        return [(each.kept, each.due) for each in retained()]


def closed(app: Flask) -> None:
    """A closed grant: a visit with a photo, of which officers alone read a part, and a report with a photo."""
    desk = ready(app)
    check_in = visited(app)
    with writing(app):
        photo = keep_photo(read_photo(photo_file()), None)
        db.session.add(CheckInPhoto(check_in_id=check_in, key="1", place=1, photo_id=photo.id))
        db.session.execute(sa.update(CheckIn).values(concern="She can't go on alone."))
        lead = sa.update(Acceptance).where(Acceptance.award_id == SMALL)
        db.session.execute(lead.values(safeguarding_lead="Femi Lead, 0161 496 0188"))
    pay_all(app, desk)
    send(contact(app), photo="yes")
    thank(desk)
    assert desk.post(f"{DESK}/close", data={"promises": "y"}).status_code == 302


@both_databases
def test_each_kind_goes_in_its_time(app: Flask) -> None:
    closed(app)
    assert counts(app) == [(1, 0), (1, 0), (0, 0), (1, 0), (1, 0), (1, 0), (0, 0)]
    kept = {0: [1, 1, 0, 1, 1, 1], 1: [0, 0, 0, 1, 1, 1], 3: [0, 0, 0, 0, 0, 0]}
    for years, left in kept.items():
        with time_machine.travel(now() + dt.timedelta(days=years * 365 + 1), tick=False):
            with writing(app):
                forget_due()
            assert [number for number, _ in counts(app)[:6]] == left
            assert all(due == 0 for _, due in counts(app))
    [report] = reports(app)
    assert report.happened == HAPPENED
    with app.app_context():
        assert db.session.scalars(sa.select(Photo)).all() == []


def test_a_grant_that_is_open_or_opened_again_keeps_everything(app: Flask) -> None:
    closed(app)
    assert browser(app, ORGANISER).post(f"{DESK}/reopen", data={"words": "A slip"}).status_code == 302
    with time_machine.travel(now() + dt.timedelta(days=9 * 365), tick=False), writing(app):
        assert forget_due() == 0


def test_what_a_worry_says_stays_until_it_is_answered(app: Flask) -> None:
    closed(app)
    with writing(app):
        db.session.add(Worry(check_in_id=1, award_id=SMALL, officer=organiser(), due_on=today()))
    late = now() + dt.timedelta(days=4 * 365)
    with time_machine.travel(late, tick=False):
        with writing(app):
            forget_due()
        assert logged(app)[0].concern == "She can't go on alone."
        assert logged(app)[0].words == HAPPENED
        assert browser(app, ORGANISER).post("/desk/worries/1", data={"answer": "I rang them."}).status_code == 302
        with writing(app):
            forget_due()
        assert (logged(app)[0].concern, logged(app)[0].words) == ("", "")


def test_what_was_said_before_it_was_corrected_is_counted_and_goes(app: Flask) -> None:
    closed(app)
    with writing(app):
        former = {"words": "", "concern": "Her name is Ann.", "form_key": "k"}
        db.session.add(CheckInCorrection(check_in_id=1, **former))
        db.session.execute(sa.update(CheckIn).values(concern=""))
    assert counts(app)[0] == (1, 0)
    with time_machine.travel(now() + dt.timedelta(days=366), tick=False), writing(app):
        assert forget_due() == 2  # with whom the group named for safeguarding
        assert db.session.scalars(sa.select(CheckInCorrection.concern)).all() == [""]


@both_databases
def test_of_a_grant_that_was_given_back_texts_and_drafts_go_as_well(app: Flask) -> None:
    ready(app)
    visited(app)
    with writing(app):
        db.session.execute(sa.update(CheckIn).values(concern="She can't go on alone."))
    group = contact(app)
    typed = {"version": "0", "happened": "We have begun."}
    assert group.post(f"{GROUP}/report/draft", data=typed).status_code == 200
    assert group.post(f"{GROUP}/give-back", data={}).status_code == 302
    with time_machine.travel(now() + dt.timedelta(days=366), tick=False), writing(app):
        assert forget_due() == 2
        assert db.session.scalars(sa.select(CheckIn.concern)).all() == [""]
        assert db.session.scalars(sa.select(ReportDraft.version)).all() == []


def test_the_command_shows_first_and_deletes_when_told(app: Flask) -> None:
    closed(app)
    run = app.test_cli_runner()
    shown = run.invoke(args=["retain"]).output
    assert len(shown.splitlines()) == len(RULES)
    assert "Photos of receipts: kept for 7 years after the end of the grant. 0 kept, 0 due to go" in shown
    with time_machine.travel(now() + dt.timedelta(days=400), tick=False):
        assert "1 kept, 1 due to go" in run.invoke(args=["retain"]).output
        assert counts(app)[0] == (1, 1), "to look deletes nothing"
        assert "2 deleted" in run.invoke(args=["retain", "--now"]).output
        assert counts(app)[0] == (0, 0)
