"""The slip and the cast, at the service: what is stored, once, and what is refused. On both databases."""

import threading

import pytest
from flask import Flask

from pbvote.core.codes import new_code
from pbvote.core.keys import KeyMissing
from pbvote.db import begin_write
from pbvote.errors import Refusal
from pbvote.tally import BallotKind, BallotRules, Choices
from pbvote.vote.casting import service
from pbvote.vote.casting.papers import paper_of
from pbvote.vote.ledger.chain import FIRST, entry_hash
from pbvote.vote.ledger.service import as_published, entries_of
from pbvote.vote.poll import closing, opening
from pbvote.vote.poll.service import OutOfTurn
from pbvote.vote.poll.states import PollState
from pbvote.vote.slips.finding import UnknownCode, slip_with
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips, void_batch
from tests.conftest import both_databases
from tests.factories import APPROVAL, CUMULATIVE, RANKED, SCORE, an_event, an_open_poll, cast, the_event, writing
from tests.hall import open_poll_codes, organiser_does, stored

ALL_FIVE = {"B-01": 5, "B-02": 5, "B-03": 5}
MIXED = {"B-01": 1, "B-02": 3, "B-03": 5}


@both_databases
@pytest.mark.parametrize(
    ("rules", "choices", "text"),
    [
        (SCORE, MIXED, '{"B-01":1,"B-02":3,"B-03":5}'),
        (APPROVAL, ("B-03", "B-01"), '["B-01","B-03"]'),
        (RANKED, ("B-03", "B-01"), '["B-03","B-01"]'),
        (CUMULATIVE, {"B-02": 10}, '{"B-02":10}'),
    ],
)
def test_a_cast_stores_the_canonical_choices(app: Flask, rules: BallotRules, choices: Choices, text: str) -> None:
    codes = open_poll_codes(app, 1, rules)
    with writing(app):
        cast(codes[0], choices)
    assert stored(app) == [(text, 1)]


@both_databases
def test_a_retry_changes_nothing_and_succeeds(app: Flask) -> None:
    codes = open_poll_codes(app)
    for _ in range(3):
        with writing(app):
            cast(codes[0], MIXED)
    assert [version for _, version in stored(app)] == [1]


@both_databases
def test_a_vote_is_replaced_only_by_who_saw_it(app: Flask) -> None:
    codes = open_poll_codes(app)
    with writing(app):
        cast(codes[0], MIXED)
    with app.app_context():
        begin_write()
        with pytest.raises(service.AlreadyVoted) as refused:
            cast(codes[0], ALL_FIVE)
        assert refused.value.version == 1
    with writing(app):
        cast(codes[0], ALL_FIVE, seen=1)
    with writing(app):
        cast(codes[0], ALL_FIVE, seen=1)  # the same again: a retry of the replacement
    [(choices, version)] = stored(app)
    assert (choices, version) == ('{"B-01":5,"B-02":5,"B-03":5}', 2)
    with app.app_context():
        begin_write()
        with pytest.raises(service.AlreadyVoted):
            cast(codes[0], MIXED, seen=1)


@both_databases
def test_who_guesses_what_a_slip_says_learns_it_from_no_other_version(app: Flask) -> None:
    codes = open_poll_codes(app)
    with writing(app):
        cast(codes[0], MIXED)
    with writing(app):
        cast(codes[0], ALL_FIVE, seen=1)
    for seen in (0, 2 + 75):
        for guess in (MIXED, ALL_FIVE):
            with app.app_context():
                begin_write()
                with pytest.raises(service.AlreadyVoted):
                    cast(codes[0], guess, seen=seen)
    assert [version for _, version in stored(app)] == [2]


@both_databases
def test_one_slip_in_many_hands_at_once_is_one_ballot(app: Flask) -> None:
    codes = open_poll_codes(app, 1)
    answers: list[str] = []

    def vote(number: int) -> None:
        try:
            with writing(app):
                cast(codes[0], {"B-01": 1 + number % 5, "B-02": 1, "B-03": 1})
            answers.append("stored")
        except service.AlreadyVoted:
            answers.append("refused")

    threads = [threading.Thread(target=vote, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 20
    assert [version for _, version in stored(app)] == [1]
    # Those who sent what is stored were told so; the others were refused.
    assert answers.count("stored") == 4


@both_databases
def test_before_the_opening_and_after_the_close_nothing_is_taken(app: Flask) -> None:
    with writing(app):
        code = make_slips(an_event(), 1, None, SlipState.LIVE)[0].code
    with app.app_context():
        begin_write()
        with pytest.raises(service.PollNotOpen):
            cast(code, MIXED)
    organiser_does(app, opening.open_poll)
    organiser_does(app, closing.close_poll)
    with app.app_context():
        begin_write()
        with pytest.raises(service.PollClosed, match=r"Voting closed at [\w:]+"):
            cast(code, MIXED)
    assert stored(app) == []


def test_choices_made_for_another_paper_are_refused(app: Flask) -> None:
    codes = open_poll_codes(app)
    with app.app_context():
        begin_write()
        slip = slip_with(codes[0])
        with pytest.raises(service.PaperChanged):
            service.cast_ballot(slip, paper_of(slip.event), MIXED, definition="0" * 64, seen=0)


@both_databases
def test_codes_that_nobody_issued_and_void_ones_answer_alike(app: Flask) -> None:
    with writing(app):
        event, slips = an_open_poll(2)
        void_batch(event, slips[:1], None)
        void, live = (slip.code for slip in slips)
    answers = set()
    for code in (void, new_code()):
        with app.app_context(), pytest.raises(UnknownCode) as refused:
            slip_with(code)
        answers.add((str(refused.value), refused.value.status))
    assert len(answers) == 1
    with app.app_context():
        assert slip_with(live).event.slug == the_event().slug


def test_a_host_without_the_key_takes_no_vote(app: Flask) -> None:
    codes = open_poll_codes(app)
    for key in app.config["KEYS_DIR"].iterdir():
        key.unlink()
    with app.app_context(), pytest.raises(KeyMissing):
        slip_with(codes[0])


def test_no_code_is_anywhere_in_the_database_or_beside_it(app: Flask) -> None:
    codes = open_poll_codes(app, 30)
    with writing(app):
        cast(codes[0], MIXED)
    files = [file for file in app.config["KEYS_DIR"].parent.rglob("*") if file.is_file()]
    assert len(files) > 1
    for file in files:
        content = file.read_bytes()
        assert not [code for code in codes if code.encode() in content], file


def test_serials_are_shuffled_within_each_envelope(app: Flask) -> None:
    with writing(app):
        slips = make_slips(an_event(), 60, None)
    serials = [slip.serial for slip in slips]
    assert sorted(serials) == [f"S-{number:04d}" for number in range(1, 61)]
    assert serials != sorted(serials)
    assert {slip.envelope for slip in slips[:25]} == {1}
    assert sorted(serials[:25]) == [f"S-{number:04d}" for number in range(1, 26)]
    assert [slip.envelope for slip in slips[50:]] == [3] * 10
    with writing(app):
        more = make_slips(the_event(), 5, None)
    assert sorted(slip.serial for slip in more) == [f"S-{number:04d}" for number in range(61, 66)]
    assert {slip.envelope for slip in more} == {4}


def test_the_first_printing_locks_the_rules(app: Flask) -> None:
    with writing(app):
        event = an_event()
        assert not event.share.is_locked
        make_slips(event, 1, None)
        assert event.share.is_locked


@both_databases
def test_the_ledger_tells_every_act_in_one_chain(app: Flask) -> None:
    open_poll_codes(app, 3)
    organiser_does(app, closing.close_poll)
    with app.app_context():
        event = the_event()
        entries = entries_of(event)
        assert [entry.type for entry in entries] == ["print", "open", "close"]
        before = FIRST
        for seq, entry in enumerate(entries, 1):
            published = as_published(event, entry)
            assert (published["seq"], published["prev"]) == (seq, before)
            assert published["hash"] == entry_hash(published)
            before = entry.hash
        assert entries[1].body["ballots"] == 0


@both_databases
def test_a_poll_goes_forward_one_step_at_a_time(app: Flask) -> None:
    with writing(app):
        an_event()
    with pytest.raises(OutOfTurn):
        organiser_does(app, closing.close_poll)
    organiser_does(app, opening.open_poll)
    with pytest.raises(OutOfTurn):
        organiser_does(app, opening.open_poll)
    organiser_does(app, closing.close_poll)
    for verb in (opening.open_poll, closing.close_poll):
        with pytest.raises(OutOfTurn):
            organiser_does(app, verb)
    with app.app_context():
        assert the_event().poll is PollState.CLOSED


def test_an_empty_running_order_does_not_open(app: Flask) -> None:
    with writing(app):
        an_event(asks=())
    with pytest.raises(opening.NothingToVoteOn):
        organiser_does(app, opening.open_poll)


def test_every_refusal_of_the_voters_path_is_a_sentence(app: Flask) -> None:
    with app.app_context():
        refusals: list[Refusal] = [
            UnknownCode(),
            service.PollNotOpen(),
            service.PaperChanged(),
            service.AlreadyVoted(1),
        ]
        for refusal in refusals:
            assert str(refusal)[0].isupper()
            assert str(refusal)[-1] in ".?"


def test_a_ballot_that_nobody_could_complete_does_not_open(app: Flask) -> None:
    with writing(app):
        an_event(rules=BallotRules(BallotKind.APPROVAL, min_choices=5, max_choices=5))
    with pytest.raises(opening.BallotImpossible, match="5 bids or more, and the running order has 3"):
        organiser_does(app, opening.open_poll)
