"""What must be settled before a count, and what the count fixes. On both databases."""

import secrets
from hashlib import sha256

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.hashes import digest
from pbvote.db import begin_write, db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.tally import BallotKind, BallotRules, Rule
from pbvote.vote.count.account import (
    AccountMissing,
    ByHand,
    Unexplained,
    account_sealed,
    current_account,
    state_account,
)
from pbvote.vote.count.acts import Counting
from pbvote.vote.count.box import ClashUndecided, PaperUnconfirmed
from pbvote.vote.count.code_account import CodeAccount, MismatchReason
from pbvote.vote.count.counting import AccountChanged, TotalsChanged, agree_to_count
from pbvote.vote.count.finishing import finish, steps
from pbvote.vote.count.models import Counted, Seal
from pbvote.vote.count.outcome import election_of
from pbvote.vote.count.published import Shown, ballot_lines, election_text, salt_for
from pbvote.vote.count.sealing import CountSealed, destroy_key, empty_box, seal_of, seal_words
from pbvote.vote.ledger.service import last_entry
from pbvote.vote.paper_entry.service import NotTheTime
from pbvote.vote.poll.closing import close_poll, reopen_poll
from pbvote.vote.poll.counted import VotesCounted
from pbvote.vote.poll.forms import ReopenReason
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.service import OutOfTurn
from pbvote.vote.poll.states import PollState
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.slips.voiding import TooLateToVoid, void_slip
from tests.conftest import both_databases
from tests.factories import (
    account_for_slips,
    agree_with_witness,
    cast,
    count_closed,
    count_with_witness,
    the_event,
    writing,
)
from tests.hall import open_poll_codes, organiser_does

VOTERS = 6


def organiser() -> Account:
    """The organiser of the event."""
    account = account_with_email("organiser@council.example")
    assert account
    return account


@pytest.fixture
def closed(app: Flask) -> Flask:
    """A closed poll: ten slips, six ballots."""
    for code in open_poll_codes(app, 10)[:VOTERS]:
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 4, "B-03": 1})
    organiser_does(app, close_poll)
    return app


def state(app: Flask, left_over: int, door_count: int, reason: MismatchReason | None = None) -> CodeAccount:
    """Write down what was counted by hand."""
    with writing(app):
        state_account(the_event(), ByHand(left_over, door_count, reason, "", organiser().id))
        return current_account(the_event())


def count(app: Flask) -> None:
    """Count with a witness."""
    organiser_does(app, count_with_witness)


@both_databases
def test_without_a_code_account_nothing_is_counted(closed: Flask) -> None:
    with pytest.raises(AccountMissing):
        count(closed)
    with closed.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == VOTERS


@pytest.mark.parametrize(
    ("left_over", "door_count", "mismatch"),
    [
        (4, 5, "6 slips were handed out, and the door counted 5 people."),
        (5, 5, "6 slips voted, and only 5 were handed out."),
        (11, 0, "11 slips are left over, and only 10 were in open envelopes."),
    ],
)
def test_what_does_not_balance_needs_a_reason_before_the_count(
    closed: Flask, left_over: int, door_count: int, mismatch: str
) -> None:
    assert state(closed, left_over, door_count).mismatches == (mismatch,)
    with pytest.raises(Unexplained, match=mismatch):
        count(closed)
    assert not state(closed, left_over, door_count, MismatchReason.UNKNOWN).is_unexplained
    count(closed)
    with closed.app_context():
        sealed = account_sealed(the_event())
        assert sealed
        assert sealed.reason_in_words == "Nobody knows"
        assert sealed.mismatches == (mismatch,)


@both_databases
def test_the_account_balances_and_is_stated_between_the_close_and_the_count(app: Flask) -> None:
    codes = open_poll_codes(app, 10)
    with pytest.raises(OutOfTurn):
        state(app, 10, 0)
    with writing(app):
        cast(codes[0], {"B-01": 5, "B-02": 4, "B-03": 1})
    organiser_does(app, close_poll)
    with app.app_context():
        unknown = current_account(the_event())
        assert (unknown.printed, unknown.live, unknown.voted, unknown.handed_out) == (10, 10, 1, None)
        assert not unknown.mismatches
    balanced = state(app, 9, 1)
    assert not balanced.mismatches
    assert balanced.handed_out == 1
    count(app)
    with pytest.raises(OutOfTurn):
        state(app, 8, 2)


@both_databases
def test_a_ballot_that_was_put_in_past_pbvote_is_not_counted_and_shows(closed: Flask) -> None:
    with writing(closed):
        stuffed = {"event_id": the_event().id, "version": 1, "choices": '{"B-01":1,"B-02":1,"B-03":5}'}
        db.session.execute(sa.insert(Ballot).values(ballot_tag=secrets.token_bytes(32), **stuffed))
    account = state(closed, 4, 6)
    assert account.unaccounted == 1
    assert account.mismatches == ("1 ballot in the box is of no live slip, and not counted.",)
    state(closed, 4, 6, MismatchReason.UNKNOWN)
    count(closed)
    with closed.app_context():
        assert db.session.execute(sa.select(Counted.choices, Counted.voters)).all() == [
            ('{"B-01":5,"B-02":4,"B-03":1}', VOTERS)
        ]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == 0


@both_databases
def test_the_count_writes_digests_of_everything_and_the_seal_covers_them(closed: Flask) -> None:
    organiser_does(closed, count_closed)
    with closed.app_context():
        event = the_event()
        election, seal = election_of(event, with_ballots=True), db.session.get_one(Seal, event.id)
        entry = last_entry(event, VotesCounted)
        assert entry
        assert (entry.body["ballots"], entry.body["second"], entry.body["shown"]) == (VOTERS, "witness 1", "marks")
        digests = entry.body["digests"]
        salted = f"{salt_for(Shown.BALLOTS, seal.salt)}\n{''.join(ballot_lines(dict(election.ballots.texts())))}"
        assert digests["ballots"] == sha256(salted.encode()).hexdigest()
        assert digests["election"] == digest(election_text(event, election))
        assert digests["account"] == digest(seal.account.to_dict())
        numbers = "".join(f"{number}\n" for number in sorted(seal.check_numbers))
        assert digests["check_numbers"] == sha256(numbers.encode()).hexdigest()
        assert len(set(seal.check_numbers)) == VOTERS
        words = seal_words(event)
        assert len(words) == 6
        sealed = last_entry(event, CountSealed)
        assert sealed
        assert sealed.prev == entry.hash
        assert seal_of(event) == sealed.hash


@pytest.mark.parametrize(
    ("voters", "rule", "is_chosen", "shown"),
    [
        (4, "greedy", True, Shown.AWARDS),
        (5, "greedy", False, Shown.MARKS),
        (5, "greedy", True, Shown.BALLOTS),
        (5, "equalshares/add1", False, Shown.BALLOTS),
        (5, "phragmen", False, Shown.BALLOTS),
    ],
)
def test_no_more_is_shown_of_ballots_than_the_rule_needs(
    app: Flask, voters: int, rule: str, is_chosen: bool, shown: Shown
) -> None:
    codes = open_poll_codes(app, voters, rules=BallotRules(BallotKind.APPROVAL))
    with writing(app):
        share = the_event().share
        share.count_rule, share.publishes_ballots = Rule(rule), is_chosen
    for code in codes:
        with writing(app):
            cast(code, ("B-01",))
    organiser_does(app, close_poll)
    organiser_does(app, account_for_slips)
    count(app)
    with app.app_context():
        entry = last_entry(the_event(), VotesCounted)
        assert entry
        assert entry.body["shown"] == shown


def test_two_people_count_what_both_have_seen(closed: Flask) -> None:
    state(closed, 4, 6)
    with closed.app_context():
        seen = Counting.of(the_event()).seen
    state(closed, 3, 7)
    with pytest.raises(AccountChanged):
        organiser_does(closed, lambda event, account: agree_to_count(event, account, "witness 1", seen))
    with closed.app_context():
        assert the_event().poll is PollState.CLOSED


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (PaperUnconfirmed(1), "1 paper ballot waits for a second person to read back and confirm."),
        (PaperUnconfirmed(2), "2 paper ballots wait for a second person to read back and confirm."),
        (ClashUndecided(1), "1 slip voted both on a phone and on paper, and not alike."),
        (ClashUndecided(2), "2 slips voted both on a phone and on paper, and not alike."),
        (NotTheTime(PollState.PLANNED), "Voting has not opened yet."),
        (
            NotTheTime(PollState.COUNTED),
            "The votes are counted, so nothing can be changed about paper ballots any more.",
        ),
    ],
)
def test_what_stops_a_count_or_a_paper_is_said_in_a_sentence(refusal: Exception, sentence: str) -> None:
    assert str(refusal).startswith(sentence)


@both_databases
def test_the_note_about_what_does_not_balance_comes_back_and_is_fixed_by_the_count(closed: Flask) -> None:
    with writing(closed):
        counted = ByHand(4, 7, MismatchReason.DOOR_MISCOUNTED, "The second door counted twice.", organiser().id)
        state_account(the_event(), counted)
        assert current_account(the_event()).note == "The second door counted twice."
    count(closed)
    with closed.app_context():
        sealed = account_sealed(the_event())
        assert sealed
        assert sealed.note == "The second door counted twice."
        assert sealed.reason_in_words == "The door counted somebody twice, or missed somebody"


@both_databases
def test_from_the_agreement_on_nothing_in_the_box_can_change(closed: Flask) -> None:
    state(closed, 4, 6)
    organiser_does(closed, agree_with_witness)
    with pytest.raises(TooLateToVoid):
        organiser_does(closed, lambda event, by: void_slip(event, "S-0001", VoidReason.FOUND, by, "account 2"))
    with pytest.raises(OutOfTurn):
        organiser_does(closed, lambda event, by: reopen_poll(event, by, "witness 1", ReopenReason.CLOSED_BY_MISTAKE))
    with pytest.raises(OutOfTurn):
        organiser_does(closed, agree_with_witness)
    with closed.app_context():
        with pytest.raises(OutOfTurn):
            destroy_key(the_event())  # it is needed for the count
        begin_write()
        with pytest.raises(OutOfTurn):
            empty_box(the_event())
        db.session.rollback()
        assert the_event().poll is PollState.COUNTING


@both_databases
def test_totals_that_somebody_put_beside_the_count_stop_it(closed: Flask) -> None:
    state(closed, 4, 6)
    organiser_does(closed, agree_with_witness)
    with writing(closed):
        db.session.execute(sa.insert(Counted).values(event_id=the_event().id, choices="{}", voters=3))
    with closed.app_context():
        with pytest.raises(TotalsChanged):
            finish(the_event(), organiser())
        db.session.rollback()
        assert the_event().poll is PollState.COUNTING
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == VOTERS


@both_databases
def test_many_ballots_are_counted_and_deleted_in_batches(closed: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pbvote.vote.count.sealing.BATCH", 4)
    state(closed, 4, 6)
    organiser_does(closed, agree_with_witness)
    names = []
    with closed.app_context():
        for step in steps(the_event(), organiser()):
            names.append(step.name)
            if step.is_write:
                begin_write()
            step.do()
            db.session.commit()
        assert names == ["totals", "count", "box", "box", "key", "log", "seal", "study"]
        assert the_event().poll is PollState.SEALED
