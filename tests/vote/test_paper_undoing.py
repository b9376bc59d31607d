"""What two people confirmed takes two to undo, and the ledger tells of it. On both databases."""

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.vote.acts.models import Act
from pbvote.vote.acts.service import About, SamePerson, ask_for, confirm, waiting_about
from pbvote.vote.count.account import account_sealed
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.paper_entry.acts import TAKE_OUT, TakingOut
from pbvote.vote.paper_entry.service import ChangedMeanwhile, NotTheTime
from pbvote.vote.paper_entry.undoing import label_confirmed
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import SpoiltReason
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import Slip
from tests.conftest import both_databases
from tests.factories import cast, the_event, writing
from tests.hall import organiser_does
from tests.papers import (
    ALL_FIVE,
    FIRST,
    MIXED,
    MIXED_TEXT,
    SECOND,
    a_hall,
    counted,
    key,
    key_and_confirm,
    person,
    send_back,
    stored,
)


def ask(app: Flask, serial: str) -> int:
    """Let the first organiser ask for a confirmed paper to be taken out; the act's id."""
    with writing(app):
        body = TakingOut(label_confirmed(the_event(), serial))
        return ask_for(TAKE_OUT, About(event=the_event().id), body, person(FIRST)).id


def confirmed(app: Flask, act: int, by: str = SECOND) -> None:
    """Confirm it."""
    with writing(app):
        confirm(About(event=the_event().id), act, person(by))


def told(app: Flask, *types: str) -> list[dict[str, object]]:
    """The bodies of the ledger's entries of these types."""
    with app.app_context():
        return [entry.body for entry in entries_of(the_event()) if entry.type in types]


@both_databases
@pytest.mark.parametrize("is_closed", [False, True])
def test_a_confirmed_paper_is_taken_out_by_two_and_keyed_again(app: Flask, is_closed: bool) -> None:
    slip, other = a_hall(app, 2)
    for each in (slip, other):
        key_and_confirm(app, each, MIXED)
    if is_closed:
        organiser_does(app, close_poll)
    with pytest.raises(ChangedMeanwhile):
        send_back(app, slip.serial, MIXED_TEXT)  # that is for papers that wait
    act = ask(app, slip.serial)
    with app.app_context():
        [waiting] = waiting_about(the_event())
        assert waiting.asked == f"take out the paper ballot of slip {slip.serial}, which two people confirmed"
    with pytest.raises(SamePerson):
        confirmed(app, act, by=FIRST)
    assert len(stored(app)) == 2
    confirmed(app, act)
    assert len(stored(app)) == 1
    assert told(app, "paper_out") == [{"second": f"account {person_id(app, SECOND)}"}]
    key_and_confirm(app, slip, ALL_FIVE)
    if not is_closed:
        organiser_does(app, close_poll)
    assert sum(counted(app).values()) == 2
    assert told(app, "papers") == [{"on_paper": 2, "spoilt": 0}]


def person_id(app: Flask, email: str) -> int:
    """An organiser's number."""
    with app.app_context():
        return person(email).id


@both_databases
def test_what_was_keyed_again_is_not_what_was_asked_about(app: Flask) -> None:
    [slip] = a_hall(app, 1)
    key_and_confirm(app, slip, MIXED)
    first, second = ask(app, slip.serial), ask(app, slip.serial)
    assert first == second
    confirmed(app, first)
    with pytest.raises(ChangedMeanwhile):
        ask(app, slip.serial)
    key(app, slip.code, MIXED)
    with pytest.raises(ChangedMeanwhile):
        ask(app, slip.serial)  # it waits: one person may send it back


@both_databases
def test_a_paper_that_is_sent_back_after_the_close_is_noted(app: Flask) -> None:
    early, late = a_hall(app, 2)
    key(app, early.code, MIXED)
    send_back(app, early.serial, MIXED_TEXT)
    assert told(app, "paper_back") == []
    organiser_does(app, close_poll)
    key(app, late.code, MIXED)
    with app.app_context():
        assert turnout_of(the_event()) == 1, "a paper is in as soon as it is keyed"
    send_back(app, late.serial, MIXED_TEXT)
    assert told(app, "paper_back") == [{}]
    with app.app_context():
        assert turnout_of(the_event()) == 0


@both_databases
def test_nothing_is_undone_after_the_count(app: Flask) -> None:
    [slip] = a_hall(app, 1)
    key_and_confirm(app, slip, MIXED)
    organiser_does(app, close_poll)
    counted(app)
    with pytest.raises(NotTheTime):
        ask(app, slip.serial)


@both_databases
def test_one_figure_of_turnout_from_the_first_paper_to_the_seal(app: Flask) -> None:
    both, paper, phone, spoilt, _idle = a_hall(app, 5)
    for slip in (both, phone):
        with writing(app):
            cast(slip.code, MIXED)
    for slip in (both, paper):
        key_and_confirm(app, slip, MIXED)
    key_and_confirm(app, spoilt, SpoiltReason.BLANK)
    with app.app_context():
        assert turnout_of(the_event()) == 3
    organiser_does(app, close_poll)
    assert told(app, "close") == [{"ballots": 3}]
    counted(app)
    assert [body["ballots"] for body in told(app, "count")] == [3]
    with app.app_context():
        account = account_sealed(the_event())
        assert account
        assert (account.voted, account.on_paper, account.spoilt) == (3, 2, 1)


@both_databases
def test_neither_the_act_nor_the_ledger_leads_a_copy_of_the_database_from_the_slip_to_its_paper(app: Flask) -> None:
    [slip] = a_hall(app, 1)
    key_and_confirm(app, slip, MIXED)
    with app.app_context():
        tag = key_ring().read(the_event().slug).ballot_tag(db.session.scalars(sa.select(Slip.code_tag)).one())
    confirmed(app, ask(app, slip.serial))
    with app.app_context():
        kept = [*db.session.scalars(sa.select(Act.body)), *db.session.scalars(sa.select(LedgerEntry.body))]
        for body in map(str, kept[:1] + kept[-1:]):
            assert slip.serial not in body
            assert tag.hex() not in body
