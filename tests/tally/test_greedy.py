"""The greedy family of rules on small elections, worked out by hand."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from pbvote.tally import Election, Outcome, Rule, TieKey, Verdict, count
from tests.tally.factories import approval, ranked, scored

LISTED = (TieKey.LISTED,)


def verdicts(outcome: Outcome) -> dict[str, str]:
    return {step.ref: str(step.verdict) for step in outcome.steps}


@pytest.fixture
def hall() -> Election:
    """Five bids for 10,000: b does not fit after a, c and d do, nobody wants e."""
    asks = {"a": 6_000, "b": 5_000, "c": 3_000, "d": 1_000, "e": 100}
    return approval(10_000, asks, {"a b": 5, "a c": 2, "b": 1, "c d": 1})


def test_what_does_not_fit_is_passed_over(hall: Election) -> None:
    outcome = count(hall, Rule("greedy"))
    assert outcome.funded == ("a", "c", "d")
    assert (outcome.spent, outcome.left) == (10_000, 0)
    assert verdicts(outcome) == {
        "a": "funded", "b": "does-not-fit", "c": "funded", "d": "funded", "e": "no-votes",
    }  # fmt: skip
    passed_over = outcome.steps[1]
    assert (passed_over.total, passed_over.left_before, passed_over.left_after, passed_over.needed) == (
        6,
        4_000,
        4_000,
        1_000,
    )


def test_no_skip_stops_at_the_first_that_does_not_fit(hall: Election) -> None:
    outcome = count(hall, Rule("greedy-no-skip"))
    assert outcome.funded == ("a",)
    assert verdicts(outcome) == {
        "a": "funded", "b": "stopped", "c": "after-stop", "d": "after-stop", "e": "no-votes",
    }  # fmt: skip


def test_an_exact_fit_is_funded() -> None:
    outcome = count(approval(500, {"a": 500}, {"a": 1}), Rule("greedy-no-skip"))
    assert outcome.funded == ("a",)
    assert outcome.left == 0


def test_a_bid_without_votes_is_never_funded() -> None:
    assert count(approval(500, {"a": 1}, {"": 3}), Rule("greedy")).funded == ()


def test_rank_goes_by_total_and_never_by_total_per_pound() -> None:
    election = approval(1_000, {"dear": 1_000, "cheap": 10}, {"dear": 3, "cheap": 2})
    assert count(election, Rule("greedy")).funded == ("dear",)


@pytest.mark.parametrize(("threshold", "funded"), [(2, ("a", "b")), (3, ("a",)), (4, ())])
def test_a_threshold_is_reached_by_exactly_as_many(threshold: int, funded: tuple[str, ...]) -> None:
    election = approval(100, {"a": 10, "b": 10}, {"a": 1, "a b": 2})
    assert count(election, Rule("greedy-threshold", threshold=threshold)).funded == funded


def test_a_withdrawn_bid_neither_gets_money_nor_stops_the_count() -> None:
    election = approval(100, {"a": 999, "b": 10}, {"a": 5, "b": 1})
    election = replace(election, bids=(replace(election.bids[0], is_withdrawn=True), election.bids[1]))
    outcome = count(election, Rule("greedy-no-skip"))
    assert outcome.funded == ("b",)
    assert outcome.steps[0].verdict is Verdict.WITHDRAWN


def test_of_rivals_the_one_with_most_votes_is_funded() -> None:
    election = approval(100, {"a": 10, "b": 10, "c": 10}, {"a": 3, "b": 2, "c": 1})
    a, b, c = election.bids
    election = replace(election, bids=(replace(a, exclusive_group="park"), replace(b, exclusive_group="park"), c))
    outcome = count(election, Rule("greedy-exclusive"))
    assert outcome.funded == ("a", "c")
    assert (outcome.steps[1].verdict, outcome.steps[1].because_of) == (Verdict.EXCLUDED, "a")


@pytest.mark.parametrize(("ask", "is_topped_up"), [(50, True), (51, False)])
def test_the_next_bid_is_topped_up_if_enough_of_it_is_covered(ask: int, is_topped_up: bool) -> None:
    election = approval(100, {"a": 60, "b": ask, "c": 10}, {"a": 3, "b": 2, "c": 1})
    outcome = count(election, Rule("greedy-top-up", top_up_percent=80))
    assert ("b" in outcome.funded) is is_topped_up
    assert "c" not in outcome.funded
    assert outcome.left == (0 if is_topped_up else 40)
    assert outcome.spent == (110 if is_topped_up else 60)


def test_scores_rank_by_total_or_by_mean() -> None:
    election = scored(10, {"a": 10, "b": 10}, {"a": 3, "b": 5}, {"a": 3})
    assert count(election, Rule("greedy")).funded == ("a",)
    assert count(election, Rule("greedy", by_mean=True)).funded == ("b",)


def test_a_minimum_mean_is_compared_exactly() -> None:
    election = scored(10, {"a": 10}, {"a": 3}, {"a": 3}, {"a": 4})
    assert count(election, Rule("greedy", minimum_mean=Fraction(10, 3))).funded == ("a",)
    above = Fraction(10, 3) + Fraction(1, 10**18)
    assert verdicts(count(election, Rule("greedy", minimum_mean=above))) == {"a": "below-mean"}


def test_a_first_preference_is_worth_as_many_points_as_there_are_places() -> None:
    election = ranked(100, {"a": 10, "b": 10, "c": 10}, "a b c", "b a", "c")
    outcome = count(election, Rule("greedy", ties=LISTED))
    assert {step.ref: step.total for step in outcome.steps} == {"a": 5, "b": 5, "c": 4}


def test_an_outcome_can_be_stored_and_read_again(hall: Election) -> None:
    for name in ("greedy", "greedy-no-skip"):
        outcome = count(hall, Rule(name))
        assert Outcome.from_dict(outcome.to_dict()) == outcome


@pytest.mark.parametrize(
    "rule",
    [
        Rule(),
        Rule("greedy-threshold", ties=(TieKey.CHEAPER, TieKey.LOT), threshold=50),
        Rule("greedy", by_mean=True, minimum_mean=Fraction(7, 2)),
        Rule("greedy-top-up", top_up_percent=80),
    ],
)
def test_a_rule_can_be_stored_and_read_again(rule: Rule) -> None:
    assert Rule.from_dict(json.loads(json.dumps(rule.to_dict()))) == rule
