"""Ties: harmless ones need no order, keys settle them as fixed beforehand, a draw is waited for."""

import hashlib
from dataclasses import replace

import pytest

from pbvote.tally import Election, Outcome, Rule, TieKey, Verdict, count
from pbvote.tally.ties import lots
from tests.tally.factories import approval

DRAW = Rule("greedy", ties=(TieKey.DRAW,))


@pytest.fixture
def tied() -> Election:
    """`b` and `c` tie for the 50 that `a` leaves; `d` is behind them and would fit beside neither."""
    return approval(100, {"a": 50, "b": 50, "c": 40, "d": 60}, {"a": 5, "b": 3, "c": 3, "d": 1})


def test_a_tie_at_the_line_waits_for_the_draw(tied: Election) -> None:
    outcome = count(tied, DRAW)
    assert outcome.waiting == ("b", "c")
    assert not outcome.is_settled
    assert outcome.funded == ("a",)
    assert [step.verdict for step in outcome.steps] == [
        Verdict.FUNDED, Verdict.TIED, Verdict.TIED, Verdict.AFTER_TIE,
    ]  # fmt: skip
    assert outcome.steps[1].tied_with == ("c",)
    assert Outcome.from_dict(outcome.to_dict()) == outcome


def test_a_recorded_draw_lets_the_count_go_on(tied: Election) -> None:
    assert count(tied, DRAW, [("c", "b")]).funded == ("a", "c")
    outcome = count(tied, DRAW, [("x", "y"), ("b", "c")])
    assert outcome.funded == ("a", "b")
    assert outcome.is_settled
    assert outcome.steps[1].settled_by is TieKey.DRAW


def test_no_list_of_keys_settles_nothing_silently(tied: Election) -> None:
    assert count(tied, Rule("greedy", ties=())).waiting == ("b", "c")


@pytest.mark.parametrize(
    ("ties", "funded"),
    [((TieKey.CHEAPER,), "c"), ((TieKey.LISTED,), "b"), ((TieKey.VOTES, TieKey.CHEAPER), "c")],
)
def test_keys_settle_a_tie(tied: Election, ties: tuple[TieKey, ...], funded: str) -> None:
    outcome = count(tied, Rule("greedy", ties=ties))
    assert outcome.funded == ("a", funded)
    assert outcome.steps[1].settled_by is ties[-1]


def test_keys_after_a_draw_are_never_reached(tied: Election) -> None:
    assert count(tied, Rule("greedy", ties=(TieKey.DRAW, TieKey.LISTED))).waiting == ("b", "c")


def test_a_tie_is_no_tie_if_all_of_it_fits() -> None:
    outcome = count(approval(100, {"a": 50, "b": 50}, {"a b": 1}), DRAW)
    assert outcome.funded == ("a", "b")
    assert all(step.tied_with == () for step in outcome.steps)


def test_a_tie_is_no_tie_if_the_others_could_not_be_funded_anyway() -> None:
    election = approval(100, {"a": 150, "b": 50}, {"a b": 1})
    assert count(election, DRAW).funded == ("b",)
    assert count(election, replace(DRAW, name="greedy-no-skip")).waiting == ("a", "b")


def test_only_bids_that_could_be_funded_go_into_the_draw() -> None:
    election = approval(100, {"a": 150, "b": 60, "c": 70}, {"a b c": 1})
    assert count(election, DRAW).waiting == ("b", "c")


def test_the_draw_of_those_that_could_be_funded_settles_the_tie() -> None:
    election = approval(100, {"a": 150, "b": 60, "c": 70}, {"a b c": 1})
    outcome = count(election, DRAW, [("c", "b")])
    assert outcome.is_settled
    assert outcome.funded == ("c",)
    assert {step.ref: step.settled_by for step in outcome.steps} == {"a": None, "b": TieKey.DRAW, "c": TieKey.DRAW}
    # Where a draw leaves room for another tie, that one waits for its own.
    election = approval(100, {"a": 150, "b": 60, "c": 30, "d": 30, "e": 30}, {"a b c d e": 1})
    assert count(election, DRAW).waiting == ("b", "c", "d", "e")
    assert count(election, DRAW, [("d", "c", "e", "b")]).funded == ("d", "c", "e")


def test_a_tie_between_rivals_is_a_tie() -> None:
    election = approval(100, {"a": 50, "b": 50}, {"a b": 1})
    rivals = tuple(replace(bid, exclusive_group="park") for bid in election.bids)
    assert count(replace(election, bids=rivals), DRAW).waiting == ("a", "b")


def test_a_tie_for_the_top_up_is_a_tie() -> None:
    rule = Rule("greedy-top-up", top_up_percent=80, ties=(TieKey.DRAW,))
    assert count(approval(80, {"a": 100, "b": 90}, {"a b": 1}), rule).waiting == ("a", "b")
    assert count(approval(80, {"a": 110, "b": 120}, {"a b": 1}), rule).is_settled


def test_the_lot_follows_from_the_bytes_that_the_docstring_names(tied: Election) -> None:
    rule = Rule("greedy-threshold", threshold=2, ties=(TieKey.LOT,))
    lines = [
        "pbvote lot 1",
        '{"name":"greedy-threshold","threshold":2,"ties":["lot"]}',
        "100",
        '{"kind":"approval"}',
        '{"ask":50,"exclusive_group":"","is_withdrawn":false,"ref":"a"}',
        '{"ask":50,"exclusive_group":"","is_withdrawn":false,"ref":"b"}',
        '{"ask":40,"exclusive_group":"","is_withdrawn":false,"ref":"c"}',
        '{"ask":60,"exclusive_group":"","is_withdrawn":false,"ref":"d"}',
        '["a"]\t5',
        '["b"]\t3',
        '["c"]\t3',
        '["d"]\t1',
    ]
    seed = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    expected = {ref: hashlib.sha256(f"{seed}\n{ref}".encode()).hexdigest() for ref in "abcd"}
    assert lots(tied, rule) == expected
    first = min("bc", key=expected.__getitem__)
    assert count(tied, rule).funded == ("a", first)


def test_the_lot_does_not_depend_on_the_order_of_bids_or_ballots(tied: Election) -> None:
    rule = Rule("greedy", ties=(TieKey.LOT,))
    turned = replace(
        tied,
        bids=tied.bids[::-1],
        ballots=replace(tied.ballots, groups=dict(reversed(list(tied.ballots.groups.items())))),
    )
    assert lots(turned, rule) == lots(tied, rule)
