"""The greedy family of rules on small elections, worked out by hand."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from pbvote.tally import Election, Offer, Outcome, Project, Rule, TieKey, Verdict, count, explain
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


def split(bid: Project, **elsewhere: int) -> Project:
    return replace(bid, elsewhere=tuple(elsewhere.items()))


def test_every_share_must_have_room_for_its_part_of_a_split_bid() -> None:
    election = approval(1_000, {"a": 568, "b": 600, "c": 700}, {"a": 3, "b": 2, "c": 1})
    a, b, c = election.bids
    bids = (split(a, sale=284), split(b, sale=20), split(c, south=100))
    election = replace(election, bids=bids, other_shares={"sale": 300, "south": 100})
    outcome = count(election, Rule("greedy"))
    assert outcome.funded == ("a", "c")
    assert (outcome.spent, outcome.left) == (284 + 600, 116)
    assert [(step.ask, step.needed, step.short_in) for step in outcome.steps] == [
        (284, 0, ""), (580, 4, "sale"), (600, 0, ""),
    ]  # fmt: skip
    said = explain(outcome, election, Rule("greedy"), lambda pence: f"{pence}p")
    assert said["b"] == "Not funded: 2 votes. sale, which was to bear a part of it, had 4p too little left."
    assert Outcome.from_dict(outcome.to_dict()) == outcome


def test_a_tie_over_the_room_in_another_share_is_a_tie() -> None:
    election = approval(1_000, {"a": 100, "b": 100}, {"a b": 1})
    bids = tuple(split(bid, sale=60) for bid in election.bids)
    assert count(replace(election, bids=bids, other_shares={"sale": 100}), Rule()).waiting == ("a", "b")
    assert count(replace(election, bids=bids, other_shares={"sale": 120}), Rule()).is_settled


def test_split_bids_must_add_up_and_name_shares_that_are_there() -> None:
    election = approval(1_000, {"a": 100}, {"a": 1})
    with pytest.raises(ValueError, match="do not add up"):
        split(election.bids[0], sale=101)
    with pytest.raises(ValueError, match="a share that is not there"):
        replace(election, bids=(split(election.bids[0], sale=1),))
    bids = (split(election.bids[0], sale=1),)
    with pytest.raises(ValueError, match="does not know bids that are split"):
        count(replace(election, bids=bids, other_shares={"sale": 5}), Rule("equalshares"))


def test_of_equals_the_tie_keys_say_who_is_offered_what_is_left() -> None:
    election = approval(1_000, {"a": 700, "b": 400, "c": 380}, {"a": 4, "b": 3, "c": 3})
    cheaper = Rule("greedy", (TieKey.CHEAPER,), part_funding_percent=60)
    assert count(election, cheaper).offers == (Offer("c", 300), Offer("b", 300))
    assert count(election, replace(cheaper, ties=(TieKey.DRAW,))).offers == ()
    drawn = count(election, replace(cheaper, ties=(TieKey.DRAW,)), draws=[["b", "c"]])
    assert drawn.offers == (Offer("b", 300), Offer("c", 300))


def test_what_is_left_is_offered_to_the_next_in_line() -> None:
    election = approval(1_000, {"a": 700, "b": 400, "c": 600, "d": 350}, {"a": 4, "b": 3, "c": 2, "d": 1})
    rule = Rule("greedy", part_funding_percent=60)
    outcome = count(election, rule)
    assert outcome.offers == (Offer("b", 300), Offer("d", 300))
    assert outcome.funded == ("a",)
    said = explain(outcome, election, rule, lambda pence: f"{pence}p")
    assert said["b"].endswith("100p short. It is offered 300p, what is left.")
    assert said["d"].endswith("It is offered 300p, what is left, if b declines.")
    assert Outcome.from_dict(outcome.to_dict()) == outcome
    assert count(election, Rule("greedy")).offers == ()
    with pytest.raises(ValueError, match="makes no part-funding offers"):
        Rule("phragmen", part_funding_percent=60)
