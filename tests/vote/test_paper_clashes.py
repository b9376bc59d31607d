"""The same slip on paper and on a phone is one ballot; where they differ, somebody decides. On both databases."""

from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.vote.acts.service import About, ask_for
from pbvote.vote.acts.service import confirm as confirm_act
from pbvote.vote.count.account import account_sealed
from pbvote.vote.count.box import ClashUndecided, open_box
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.paper_entry import service
from pbvote.vote.paper_entry.acts import REDECIDE, TAKE_OUT, Redeciding, TakingOut
from pbvote.vote.paper_entry.clashes import Clash, DecidedMeanwhile, clashes_of, decide_clash, label_decided
from pbvote.vote.paper_entry.pile import OnPaper
from pbvote.vote.paper_entry.undoing import label_confirmed
from pbvote.vote.poll.acts import REOPEN, Reopening
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Decision, PaperEntry, SpoiltReason
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.service import OutOfTurn
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.slips.printing import PrintedSlip
from pbvote.vote.slips.voiding import void_slip
from tests.conftest import both_databases
from tests.factories import account_for_slips, cast, count_closed, count_with_witness, the_event, writing
from tests.hall import organiser_does
from tests.papers import (
    ALL_FIVE,
    FIRST,
    MIXED,
    MIXED_TEXT,
    SECOND,
    THIRD,
    a_clash,
    a_hall,
    at_once,
    counted,
    key,
    key_and_confirm,
    listed,
    person,
    stored,
)

ALL_FIVE_TEXT = '{"B-01":5,"B-02":5,"B-03":5}'


def vote(app: Flask, slip: PrintedSlip, choices: dict[str, int], seen: int = 0) -> None:
    """Vote with the slip on a phone."""
    with writing(app):
        cast(slip.code, choices, seen)


def decide(app: Flask, serial: str, decision: Decision, by: str = THIRD) -> None:
    """Decide about a clash and commit."""
    with writing(app):
        decide_clash(the_event(), serial, decision, person(by))


def redecide(app: Flask, serial: str, decision: Decision, was: Decision) -> None:
    """Decide again, as two do: one asks, and another confirms."""
    with writing(app):
        about = About(event=the_event().id)
        again = Redeciding(label_decided(the_event(), serial, was), decision.value, was.value)
        confirm_act(about, ask_for(REDECIDE, about, again, person(FIRST)).id, person(SECOND))


@both_databases
def test_what_is_counted_of_phone_and_paper(app: Flask) -> None:
    slips = a_hall(app, 8)
    on_phone, on_paper, alike, paper_wins, phone_wins, spoilt, spoilt_alone, _unused = slips
    for slip in (on_phone, paper_wins, phone_wins, spoilt):
        vote(app, slip, ALL_FIVE)
    vote(app, alike, MIXED)
    for slip in (on_paper, alike, paper_wins, phone_wins):
        key_and_confirm(app, slip, MIXED)
    for slip in (spoilt, spoilt_alone):
        key_and_confirm(app, slip, SpoiltReason.UNCLEAR)
    organiser_does(app, close_poll)
    assert [clash.serial for clash in listed(app)] == sorted([paper_wins.serial, phone_wins.serial])
    for left, slip, decision in ((2, paper_wins, Decision.PAPER), (1, phone_wins, Decision.PHONE)):
        with pytest.raises(ClashUndecided, match=str(left)):
            organiser_does(app, count_closed)
        decide(app, slip.serial, decision)
    with app.app_context():
        box = open_box(the_event())
        assert (box.voted, box.spoilt, box.unaccounted) == (6, 2, 0)
    # MIXED: on paper, alike, paper wins. ALL_FIVE: on the phone, phone wins, and the phone beside a spoilt paper.
    assert counted(app) == {MIXED_TEXT: 3, ALL_FIVE_TEXT: 3}


@both_databases
def test_a_decision_is_named_and_two_can_change_it(app: Flask) -> None:
    slip = a_clash(app)
    assert listed(app) == [Clash(slip.serial, None, "")]
    decide(app, slip.serial, Decision.PHONE)
    with app.app_context():
        [clash] = clashes_of(the_event())
        assert (clash.decision, clash.decided_name) == (Decision.PHONE, person(THIRD).name)
        assert db.session.scalar(sa.select(PaperEntry.decided_by)) == person(THIRD).id
    with pytest.raises(DecidedMeanwhile):
        decide(app, slip.serial, Decision.PAPER)
    with pytest.raises(DecidedMeanwhile):
        redecide(app, slip.serial, Decision.PHONE, was=Decision.PAPER)
    redecide(app, slip.serial, Decision.PAPER, was=Decision.PHONE)
    assert counted(app) == {MIXED_TEXT: 1}
    with app.app_context():
        decided = [entry.body for entry in entries_of(the_event()) if entry.type == "decide"]
        second = f"account {person(SECOND).id}"
        assert decided == [{"decision": "phone"}, {"decision": "paper", "was": "phone", "second": second}]
        account = account_sealed(the_event())
        assert account
        assert (account.decided_for_paper, account.decided_for_phone, account.on_paper) == (1, 0, 1)


@both_databases
def test_of_two_who_decide_at_once_one_is_told(app: Flask) -> None:
    slip = a_clash(app)
    answers = at_once(
        lambda: decide(app, slip.serial, Decision.PHONE, by=FIRST),
        lambda: decide(app, slip.serial, Decision.PAPER, by=SECOND),
    )
    assert answers == ["DecidedMeanwhile", "done"]


@both_databases
def test_nobody_decides_before_the_close_nor_where_nothing_differs(app: Flask) -> None:
    clash, alike, waiting = a_hall(app, 3)
    vote(app, clash, ALL_FIVE)
    vote(app, alike, MIXED)
    vote(app, waiting, ALL_FIVE)
    for slip in (clash, alike):
        key_and_confirm(app, slip, MIXED)
    key(app, waiting.code, MIXED)
    assert listed(app) == []
    with pytest.raises(OutOfTurn):
        decide(app, clash.serial, Decision.PAPER)
    organiser_does(app, close_poll)
    # One person alone learns nothing of a phone by keying a guess: a paper that waits is not compared.
    assert [each.serial for each in listed(app)] == [clash.serial]
    for serial in (alike.serial, waiting.serial, "S-9999", "nonsense", "S-0001\0"):
        with pytest.raises(DecidedMeanwhile):
            decide(app, serial, Decision.PAPER)
    assert len(stored(app)) == 3


@both_databases
def test_a_paper_that_is_taken_out_takes_its_decision_with_it(app: Flask) -> None:
    slip = a_clash(app)
    decide(app, slip.serial, Decision.PHONE)
    with writing(app):
        about = About(event=the_event().id)
        act = ask_for(TAKE_OUT, about, TakingOut(label_confirmed(the_event(), slip.serial)), person(FIRST))
        confirm_act(about, act.id, person(SECOND))
    key_and_confirm(app, slip, MIXED)
    assert listed(app) == [Clash(slip.serial, None, "")]


@both_databases
def test_a_poll_that_is_opened_again_forgets_what_was_decided(app: Flask) -> None:
    slip = a_clash(app)
    decide(app, slip.serial, Decision.PHONE)
    with writing(app):
        about = About(event=the_event().id)
        act = ask_for(REOPEN, about, Reopening("people_in_line"), person(FIRST))
        confirm_act(about, act.id, person(SECOND))
    vote(app, slip, {**ALL_FIVE, "B-01": 4}, seen=1)
    organiser_does(app, close_poll)
    assert listed(app) == [Clash(slip.serial, None, "")]
    with pytest.raises(ClashUndecided):
        organiser_does(app, count_closed)


@both_databases
def test_a_paper_keyed_while_the_votes_are_counted_is_refused_or_stops_the_count(app: Flask) -> None:
    confirmed, late = a_hall(app, 2)
    key_and_confirm(app, confirmed, MIXED)
    organiser_does(app, close_poll)
    organiser_does(app, account_for_slips)
    with app.app_context():
        slip = service.slip_on_paper(the_event(), late.code)
        says = OnPaper.choosing(Paper.of(the_event()), MIXED)
        tag = slip.ballot_tag

    def key_late() -> None:
        with writing(app):
            service.key_paper(service.slip_on_paper(the_event(), late.code), says, person(FIRST))

    def count() -> None:
        organiser_does(app, count_with_witness)

    answers = at_once(key_late, count)
    with app.app_context():
        left = list(db.session.scalars(sa.select(PaperEntry.ballot_tag)))
    if {"PaperUnconfirmed", "AccountChanged"} & set(answers):
        assert tag in left
    else:
        assert answers[0] in {"NotTheTime", "UnknownCode"}
        assert left == []
    assert answers.count("done") == 1


@both_databases
def test_a_slip_made_void_while_it_is_keyed_has_no_paper_that_counts(app: Flask) -> None:
    slips = a_hall(app, 6)

    def void(serial: str) -> None:
        with writing(app):
            void_slip(the_event(), serial, VoidReason.FOUND, person(SECOND), second="witness 1")

    for slip in slips:
        answers = at_once(partial(key, app, slip.code, MIXED), partial(void, slip.serial))
        assert answers in (["UnknownCode", "done"], ["done", "done"])
    with app.app_context():
        assert turnout_of(the_event()) == 0
    organiser_does(app, close_poll)
    assert counted(app) == {}
