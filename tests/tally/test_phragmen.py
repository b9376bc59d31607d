"""Phragmén's sequential rule against the slow reference."""

from hypothesis import given, settings

from pbvote.tally import Election, Rule, TieKey, Verdict, count
from tests.faults import times
from tests.tally.factories import approval
from tests.tally.reference import buy_in_time, order_of, with_points
from tests.tally.strategies import TIES, close_elections


@settings(max_examples=times(few=80, full=2_000))
@given(close_elections())
def test_what_is_bought_in_which_order_is_exactly_right(election: Election) -> None:
    outcome = count(election, Rule("phragmen", TIES))
    bought, stopped = buy_in_time(election, with_points(election), order_of(election))
    assert list(outcome.funded) == bought
    assert [step.ref for step in outcome.steps if step.verdict is Verdict.STOPPED] == ([stopped] if stopped else [])
    assert outcome.spent + outcome.left == election.share
    assert sorted(step.ref for step in outcome.steps) == sorted(election.bid_by_ref)


def test_both_sides_of_a_hall_get_their_turn() -> None:
    election = approval(40, {"a": 10, "b": 10, "c": 10, "d": 10, "e": 10}, {"a b c": 6, "d e": 4})
    assert count(election, Rule("phragmen", TIES)).funded == ("a", "d", "b", "c")
    assert count(election, Rule("greedy", TIES)).funded == ("a", "b", "c", "d")


def test_an_open_tie_waits() -> None:
    election = approval(40, {"a": 10, "b": 10}, {"a": 1, "b": 1})
    outcome = count(election, Rule("phragmen", ()))
    assert outcome.waiting == ("a", "b")
    drawn = count(election, Rule("phragmen", (TieKey.DRAW,)), [("b", "a")])
    assert drawn.funded == ("b", "a")
