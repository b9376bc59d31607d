"""Casts that meet each other, a void and a close: what was acknowledged is what is stored. On both databases."""

import random
import time

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import begin_write, db
from pbvote.people.service import account_with_email
from pbvote.vote.casting import service
from pbvote.vote.casting.papers import paper_of
from pbvote.vote.count.box import open_box
from pbvote.vote.count.models import Counted
from pbvote.vote.poll.closing import close_poll, reopen_poll
from pbvote.vote.poll.forms import ReopenReason
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.slips.finding import slip_with
from pbvote.vote.slips.models import Slip, SlipState
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.slips.voiding import void_slip
from tests.conftest import both_databases
from tests.factories import account_for_slips, count_with_witness, the_event, writing
from tests.faults import times
from tests.faults.record import note
from tests.hall import cast_body, open_poll_codes, organiser_does, text_of_mark
from tests.pages import client_of
from tests.together import together

AT_ONCE = 50


def stored(app: Flask) -> list[tuple[str, int]]:
    """Every ballot: its text and its version."""
    with app.app_context():
        return [(row.choices, row.version) for row in db.session.execute(sa.select(Ballot.choices, Ballot.version))]


@both_databases
def test_one_slip_in_fifty_hands_at_once_is_one_ballot_and_one_answer(app: Flask) -> None:
    open_poll_codes(app, 1)
    runs, acknowledged = times(few=3, full=200), 0
    for _ in range(runs):
        with writing(app):
            [slip] = make_slips(the_event(), 1, None, SlipState.LIVE)
            db.session.execute(sa.delete(Ballot))
        answers: list[tuple[int, int]] = []

        def send(mark: int, code: str = slip.code, answers: list[tuple[int, int]] = answers) -> None:
            answer = client_of(app).post("/v/cast", data=cast_body(app, code, mark))
            answers.append((mark, answer.status_code))

        together(*(lambda number=number: send(1 + number % 5) for number in range(AT_ONCE)))
        [(text, version)] = stored(app)
        assert version == 1
        assert len(answers) == AT_ONCE
        for mark, status in answers:
            # Who sent what is stored was told so, even if it was another's cast; the others were asked first.
            assert status == (200 if text_of_mark(mark) == text else 409)
            acknowledged += status == 200
    note("fifty hands", part=app.config["DATABASE_URL"][:6], times=runs, acknowledged=acknowledged)


@both_databases
def test_what_was_acknowledged_is_what_is_counted_however_the_close_falls(app: Flask) -> None:
    codes = open_poll_codes(app, 16)
    organiser, runs, told = "organiser@council.example", times(few=4, full=200), 0
    for run in range(runs):
        chance = random.Random(run)
        acknowledged: dict[str, str] = {}

        def vote(code: str, acknowledged: dict[str, str] = acknowledged, chance: random.Random = chance) -> None:
            mark = chance.randint(1, 5)
            if client_of(app).post("/v/cast", data=cast_body(app, code, mark)).status_code == 200:
                acknowledged[code] = text_of_mark(mark)

        def close(seconds: float = chance.random() * 0.08) -> None:
            time.sleep(seconds)
            organiser_does(app, close_poll)

        together(close, *(lambda code=code: vote(code) for code in codes))
        organiser_does(app, account_for_slips)
        with app.app_context():
            begin_write()
            account = account_with_email(organiser)
            assert account
            count_with_witness(the_event(), account)
            rows = db.session.execute(sa.select(Counted.choices, Counted.voters)).all()
            counted = sorted(choices for choices, voters in rows for _ in range(voters))
            assert counted == sorted(acknowledged.values())
            told += len(counted)
            db.session.rollback()  # the count is taken back, for the next run
        with writing(app):
            account = account_with_email(organiser)
            assert account
            reopen_poll(the_event(), account, "witness 1", ReopenReason.CLOSED_BY_MISTAKE)
            db.session.execute(sa.delete(Ballot))
    note("the close falls anywhere", part=app.config["DATABASE_URL"][:6], times=runs, acknowledged=told)


@both_databases
def test_a_cast_and_a_void_of_the_same_slip_leave_no_ballot_that_counts(app: Flask) -> None:
    open_poll_codes(app, 1)
    for _ in range(times(few=6, full=200)):
        with writing(app):
            [slip] = make_slips(the_event(), 1, None, SlipState.LIVE)
            db.session.execute(sa.delete(Ballot))

        def void(serial: str = slip.serial) -> None:
            organiser_does(app, lambda event, account: void_slip(event, serial, VoidReason.FOUND, account, "witness 1"))

        statuses: list[int] = []

        def vote(code: str = slip.code, statuses: list[int] = statuses) -> None:
            statuses.append(client_of(app).post("/v/cast", data=cast_body(app, code, 5)).status_code)

        together(void, vote, vote)
        assert set(statuses) <= {200, 404}
        with app.app_context():
            box = open_box(the_event())
            assert (box.voted, box.unaccounted) == (0, 0)
            assert box.left_out == len(stored(app)) == (200 in statuses)
        with app.app_context(), pytest.raises(Exception, match="can’t vote now"):
            slip_with(slip.code)


@both_databases
def test_a_slip_made_void_before_its_answer_is_told_what_is_stored_and_does_not_count(app: Flask) -> None:
    codes = open_poll_codes(app, 1)
    with app.app_context():
        begin_write()
        slip = slip_with(codes[0])
        paper = paper_of(slip.event)
        marks = {"B-01": 5, "B-02": 1, "B-03": 1}
        stored_ballot = service.cast_ballot(slip, paper, marks, definition=paper.definition, seen=0)
        db.session.commit()
        begin_write()
        db.session.execute(sa.update(Slip).values(state=SlipState.VOID))
        db.session.commit()
        assert (stored_ballot.choices, stored_ballot.version) == (marks, 1)
        box = open_box(the_event())
        assert (box.voted, box.left_out, box.unaccounted) == (0, 1, 0)
