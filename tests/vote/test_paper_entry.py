"""Paper ballots at the service: keyed by one, confirmed by another, one ballot with the phone's. On both databases."""

from collections.abc import Callable, Sequence
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.codes import new_code
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.tally import BallotRules, Choices
from pbvote.vote.count.account import account_sealed
from pbvote.vote.count.box import PaperUnconfirmed
from pbvote.vote.paper_entry import service
from pbvote.vote.paper_entry.pile import OnPaper, Pile, entry_numbered, pile_of, waiting_entries
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import PaperEntry, SpoiltReason
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.slips.envelopes import open_envelope
from pbvote.vote.slips.finding import MistypedCode, UnknownCode
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.slips.voiding import NeedsSecondPerson, void_slip
from tests.conftest import both_databases
from tests.factories import (
    APPROVAL,
    CHOOSE_THEN_SCORE,
    CUMULATIVE,
    KNAPSACK,
    RANKED,
    SCORE,
    cast,
    count_closed,
    the_event,
    writing,
)
from tests.hall import organiser_does
from tests.papers import (
    ALL_FIVE,
    FIRST,
    MIXED,
    MIXED_TEXT,
    SECOND,
    THIRD,
    a_hall,
    at_once,
    confirm,
    counted,
    key,
    person,
    seen_of,
    send_back,
    stored,
)


@both_databases
@pytest.mark.parametrize(
    ("rules", "choices", "text", "marks"),
    [
        (SCORE, MIXED, MIXED_TEXT, {1: 1, 2: 3, 3: 5}),
        (APPROVAL, ("B-03", "B-01"), '["B-01","B-03"]', {1: 1, 3: 1}),
        (KNAPSACK, ("B-02", "B-03"), '["B-02","B-03"]', {2: 1, 3: 1}),
        (RANKED, ("B-03", "B-01"), '["B-03","B-01"]', {3: 1, 1: 2}),
        (CUMULATIVE, {"B-02": 10}, '{"B-02":10}', {2: 10}),
        (CHOOSE_THEN_SCORE, {"B-02": 4}, '{"B-02":4}', {2: 4}),
    ],
)
def test_every_kind_is_stored_as_the_phone_stores_it_and_read_back_by_number(
    app: Flask, rules: BallotRules, choices: Choices, text: str, marks: dict[int, int]
) -> None:
    slip, other = a_hall(app, 2, rules)
    key(app, slip.code, choices)
    assert stored(app) == [(text, None, False)]
    with app.app_context():
        [entry] = waiting_entries(the_event())
        assert (entry.serial, entry.keyed_name, entry.says.marks(Paper.of(the_event()))) == (
            slip.serial,
            person(FIRST).name,
            marks,
        )
    confirm(app, slip.serial)
    with writing(app):
        cast(other.code, choices)
    organiser_does(app, close_poll)
    assert counted(app) == {text: 2}


@both_databases
def test_who_keyed_a_paper_does_not_confirm_it(app: Flask) -> None:
    [slip] = a_hall(app, 1)
    key(app, slip.code, MIXED)
    with pytest.raises(service.KeyedItYourself, match="Another organiser"):
        confirm(app, slip.serial, by=FIRST)
    # Past pbvote, the database itself refuses.
    with app.app_context():
        begin_write()
        with pytest.raises(sa.exc.IntegrityError, match="two_people"):
            db.session.execute(sa.update(PaperEntry).values(confirmed_by=PaperEntry.keyed_by))
        db.session.rollback()
    confirm(app, slip.serial)
    with app.app_context():
        entry = entry_numbered(the_event(), slip.serial)
        assert entry
        assert (entry.keyed_by, entry.confirmed_by) == (person(FIRST).id, person(SECOND).id)


@both_databases
def test_the_database_wants_choices_or_a_reason_and_not_both(app: Flask) -> None:
    [slip] = a_hall(app, 1)
    key(app, slip.code, MIXED)
    for values in ({"choices": None}, {"spoilt": SpoiltReason.BLANK}, {"decision": "paper"}):
        with app.app_context():
            begin_write()
            with pytest.raises(sa.exc.IntegrityError):
                db.session.execute(sa.update(PaperEntry).values(**values))
            db.session.rollback()


@both_databases
def test_a_paper_is_keyed_once_and_a_retry_changes_nothing(app: Flask) -> None:
    [slip] = a_hall(app, 1)
    for _ in range(2):
        key(app, slip.code, MIXED)
    with pytest.raises(service.AlreadyKeyed, match=rf"^{slip.serial} was keyed by you already\. It waits"):
        key(app, slip.code, ALL_FIVE)
    with pytest.raises(service.AlreadyKeyed, match=f"{slip.serial} was keyed by The organiser already"):
        key(app, slip.code, MIXED, by=SECOND)
    confirm(app, slip.serial)
    with pytest.raises(service.AlreadyKeyed, match="and confirmed by The organiser"):
        key(app, slip.code, MIXED)
    assert stored(app) == [(MIXED_TEXT, None, True)]


@both_databases
def test_of_two_who_key_or_confirm_one_paper_at_once_one_is_told(app: Flask) -> None:
    slips = a_hall(app, 6)
    for slip in slips:
        answers = at_once(
            partial(key, app, slip.code, MIXED, by=FIRST),
            partial(key, app, slip.code, ALL_FIVE, by=FIRST),
        )
        assert answers == ["AlreadyKeyed", "done"]
        seen = seen_of(app, slip.serial)
        answers = at_once(
            partial(confirm, app, slip.serial, SECOND, seen),
            partial(confirm, app, slip.serial, THIRD, seen),
        )
        assert answers == ["ChangedMeanwhile", "done"]
    assert len(stored(app)) == 6


@both_databases
def test_what_was_sent_back_and_keyed_again_is_not_confirmed_as_it_was_seen_before(app: Flask) -> None:
    [slip] = a_hall(app, 1)
    key(app, slip.code, MIXED)
    before = seen_of(app, slip.serial)
    send_back(app, slip.serial, before)
    assert stored(app) == []
    stale: Sequence[Callable[[], None]] = (
        partial(confirm, app, slip.serial, SECOND, before),
        partial(send_back, app, slip.serial, before),
    )
    for act in stale:
        with pytest.raises(service.ChangedMeanwhile):
            act()
    key(app, slip.code, ALL_FIVE, by=THIRD)
    for act in stale:
        with pytest.raises(service.ChangedMeanwhile):
            act()
    with pytest.raises(service.KeyedItYourself):
        confirm(app, slip.serial, THIRD)
    confirm(app, slip.serial, FIRST)
    assert [confirmed for _, _, confirmed in stored(app)] == [True]


@both_databases
def test_confirming_and_sending_back_at_once_does_one_of_them(app: Flask) -> None:
    for slip in a_hall(app, 6):
        key(app, slip.code, MIXED)
        seen = seen_of(app, slip.serial)
        answers = at_once(
            partial(confirm, app, slip.serial, SECOND, seen),
            partial(send_back, app, slip.serial, seen),
        )
        assert answers == ["ChangedMeanwhile", "done"]
    assert all(confirmed for _, _, confirmed in stored(app))


@both_databases
def test_slips_that_are_no_live_ones_of_this_event_are_refused_each_in_its_words(app: Flask) -> None:
    live, void = a_hall(app, 2)
    with writing(app):
        event = the_event()
        [spare] = make_slips(event, 1, None)
        [test] = make_slips(event, 1, None, SlipState.TEST)
        void_slip(event, void.serial, VoidReason.DAMAGED, person(FIRST))
    refused: Sequence[tuple[str, type[Refusal], str]] = (
        (spare.code, service.NeverOpened, f"Slip {spare.serial} can’t vote: its envelope was never opened"),
        (test.code, service.ForRehearsal, "for the rehearsal and never counts"),
        (void.code, UnknownCode, "can’t vote now, or the code is mistyped"),
        (new_code(), UnknownCode, "can’t vote now, or the code is mistyped"),
        ("nonsense", MistypedCode, "That is 8 letters and numbers. The code has 12."),
    )
    for code, kind, words in refused:
        with pytest.raises(kind, match=words):
            key(app, code, MIXED)
    with writing(app):
        open_envelope(the_event(), spare.envelope, person(FIRST))
    for slip in (live, spare):
        key(app, slip.code, MIXED)
    assert len(stored(app)) == 2


@both_databases
def test_the_paper_of_a_void_slip_waits_for_nobody_and_none_is_keyed_after_it_was_opened(app: Flask) -> None:
    keyed, opened = a_hall(app, 2)
    key(app, keyed.code, MIXED)
    with app.app_context():
        begin_write()
        with pytest.raises(NeedsSecondPerson):
            void_slip(the_event(), keyed.serial, VoidReason.SHOWN, person(FIRST))
    with app.app_context():
        slip = service.slip_on_paper(the_event(), opened.code)
        begin_write()
        for printed in (keyed, opened):
            void_slip(the_event(), printed.serial, VoidReason.SHOWN, person(FIRST), second="witness 1")
        says = OnPaper.choosing(Paper.of(the_event()), MIXED)
        with pytest.raises(UnknownCode):
            service.key_paper(slip, says, person(FIRST))
        db.session.commit()
    # The row stays, or two copies of the database would say which slip it is of; it waits for nobody, and counts not.
    assert stored(app) == [(MIXED_TEXT, None, False)]
    with app.app_context():
        assert pile_of(the_event()) == Pile(0, 0, 0)
        assert waiting_entries(the_event()) == []
        assert turnout_of(the_event()) == 0
    organiser_does(app, close_poll)
    assert counted(app) == {}
    with app.app_context():
        account = account_sealed(the_event())
        assert account
        assert (account.voted, account.left_out, account.on_paper, account.unaccounted) == (0, 1, 0, 0)


@both_databases
def test_papers_are_keyed_until_the_count_which_refuses_what_waits(app: Flask) -> None:
    slip, late, spoilt = a_hall(app, 3)
    key(app, slip.code, MIXED)
    organiser_does(app, close_poll)
    key(app, late.code, MIXED)
    key(app, spoilt.code, SpoiltReason.BLANK)
    for serial, waiting in ((slip.serial, "3 paper ballots wait"), (late.serial, "2 "), (spoilt.serial, "1 paper")):
        with pytest.raises(PaperUnconfirmed, match=waiting):
            organiser_does(app, count_closed)
        confirm(app, serial)
    with app.app_context():
        pile = pile_of(the_event())
        assert (pile.keyed, pile.confirmed, pile.waiting, pile.spoilt) == (3, 3, 0, 1)
    assert counted(app) == {MIXED_TEXT: 2}
    assert stored(app) == []
    with writing(app), pytest.raises(service.NotTheTime, match="counted"):
        service.confirm_paper(the_event(), slip.serial, MIXED_TEXT, person(SECOND))
