"""The Method of Equal Shares against the slow reference, on elections made to be close."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import ceil
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pbvote.tally import BallotKind, Election, Rule, TieKey, Utilities, Verdict, count
from pbvote.tally.arrays import BallotTable
from pbvote.tally.equal_shares import ladder
from pbvote.tally.equal_shares.run import Result, Run
from pbvote.tally.pabulib import read_pabulib
from tests.faults import times
from tests.tally.factories import approval, scored
from tests.tally.real import real_file
from tests.tally.reference import buy_with, order_of, raise_endowment, voters_of, with_points
from tests.tally.strategies import TIES, close_elections, elections

ANY = close_elections()


@settings(max_examples=times(few=80, full=2_000))
@given(ANY, st.sampled_from(Utilities))
def test_what_is_bought_and_at_which_price_is_exactly_right(election: Election, utilities: Utilities) -> None:
    assume(election.ballots.voters)
    endowment = Fraction(election.share, election.ballots.voters)
    is_cost = utilities is Utilities.COST
    bought = buy_with(endowment, with_points(election), voters_of(election), order_of(election), is_cost=is_cost)
    outcome = count(election, Rule("equalshares", TIES, utilities=utilities))
    assert [(step.ref, step.price) for step in outcome.steps if step.verdict.is_funded] == [
        (ref, ceil(price)) for ref, price in bought
    ]


@settings(max_examples=times(few=50, full=1_000))
@given(ANY, st.sampled_from(Utilities), st.booleans())
def test_the_endowment_is_raised_exactly_as_far_as_it_goes(
    election: Election, utilities: Utilities, is_exhaustive: bool
) -> None:
    assume(election.ballots.voters)
    bids = with_points(election)
    assume(bids)
    assume(sum(bid.ask for bid in bids) < 400 * election.minor_units)
    endowment, bought = raise_endowment(
        election, bids, order_of(election), is_cost=utilities is Utilities.COST, is_exhaustive=is_exhaustive
    )
    rule = Rule("equalshares/add1", TIES, utilities=utilities, is_exhaustive=is_exhaustive)
    outcome = count(election, rule)
    assert set(outcome.funded) == {ref for ref, _ in bought}
    if is_exhaustive or sum(bid.ask for bid in bids) > election.share:
        assert (outcome.endowment, outcome.funded) == (endowment, tuple(ref for ref, _ in bought))


def results_up_to(endowment: int, election: Election) -> list[Result]:
    """What each endowment from 1 on buys. Of tied bids, the last is bought."""
    market = BallotTable(election).market(election.bids)
    return [
        Run(market, Fraction(each), is_cost=True, first_of=lambda tied: [max(tied)]).buy_all().result
        for each in range(1, endowment + 1)
    ]


def bought_in(result: Result) -> list[str]:
    return [purchase.bid.ref for purchase in result.purchases]


def test_what_is_bought_at_two_endowments_may_not_be_between_them() -> None:
    election = approval(40, {"a": 12, "b": 4, "c": 28}, {"a b c": 2, "a": 1, "c": 1})
    eleven, twelve, thirteen = results_up_to(13, election)[10:]
    assert [bought_in(result) for result in (eleven, twelve, thirteen)] == [["c", "a"], ["c", "b", "a"], ["c", "a"]]
    assert not eleven.surely_holds_up_to(thirteen)


@settings(max_examples=times(few=60, full=1_500))
@given(elections(BallotKind.APPROVAL, st.integers(2, 60)))
def test_what_surely_holds_does(election: Election) -> None:
    results = results_up_to(50, election)
    bought = [bought_in(result) for result in results]
    for low, high in combinations(range(50), 2):
        if any(between != bought[low] for between in bought[low:high]):
            assert not results[low].surely_holds_up_to(results[high])


@settings(max_examples=times(few=80, full=2_000))
@given(ANY, st.integers(1, 40), st.sampled_from(Utilities), st.booleans(), st.booleans())
def test_endowments_passed_over_would_have_changed_nothing(
    election: Election, fineness: int, utilities: Utilities, is_exhaustive: bool, is_open: bool
) -> None:
    """Also where ties are open, and where there are many more steps than the slow reference could take."""
    largest = max(bid.ask for bid in election.bids)
    election = replace(election, minor_units=max(1, largest // fineness))
    ties = () if is_open else TIES
    rule = Rule("equalshares/add1", ties, utilities=utilities, is_exhaustive=is_exhaustive)
    with patch.object(Result, "surely_holds_up_to", return_value=False):
        step_by_step = count(election, rule)
    assert count(election, rule) == step_by_step


@settings(max_examples=times(few=40, full=750))
@given(ANY, st.sampled_from(["equalshares", "equalshares/add1", "equalshares/add1u", "equalshares/add1u-comparison"]))
def test_never_more_than_the_share_is_spent(election: Election, name: str) -> None:
    outcome = count(election, Rule(name, TIES))
    assert outcome.spent == sum(election.bid_by_ref[ref].ask for ref in outcome.funded) == election.share - outcome.left
    assert outcome.left >= 0
    assert sorted(step.ref for step in outcome.steps) == sorted(election.bid_by_ref)


@given(ANY)
def test_an_open_tie_waits(election: Election) -> None:
    drawn: list[tuple[str, ...]] = []
    rule = Rule("equalshares", ())
    if count(election, replace(rule, ties=TIES)).funded and (waiting := count(election, rule).waiting):
        assert len(waiting) > 1
        rule = replace(rule, ties=(TieKey.DRAW,))
        while waiting := count(election, rule, drawn).waiting:
            drawn.append(waiting)
            assert len(drawn) < 50
        assert count(election, rule, drawn).is_settled


@pytest.mark.parametrize(("name", "endowment"), [("Netherlands_Assen_2024", 2033), ("Poland_Swiecie_2023", 662)])
def test_the_cities_that_used_it_come_out_exactly(name: str, endowment: int) -> None:
    file = read_pabulib(real_file(name))
    assert file.rule is not None
    outcome = count(file.election, file.rule)
    assert frozenset(outcome.funded) == file.official
    assert outcome.endowment == endowment * 100


def test_floats_leave_little_to_fractions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Supporters whose money is too close to call are tried in fractions; on a real city there are none."""
    file = read_pabulib(real_file("Poland_Warszawa_2026"))
    tried: list[object] = []
    monkeypatch.setattr(Run, "_try_close", lambda *arguments: tried.append(arguments))
    count(file.election, Rule("equalshares", TIES))
    assert tried == []


def test_add1u_fills_up_with_most_votes() -> None:
    election = approval(100, {"a": 60, "b": 50, "c": 30}, {"a": 3, "b": 2, "c": 1})
    plain = count(election, Rule("equalshares", TIES))
    assert plain.funded == ()
    assert [step.verdict for step in plain.steps] == [Verdict.NOT_AFFORDED] * 3
    assert [step.needed for step in plain.steps] == [10, 17, 14]
    filled = count(replace(election, minor_units=1), Rule("equalshares/add1u", TIES))
    assert filled.funded == ("a", "c")


def test_the_comparison_goes_by_voters() -> None:
    election = approval(100, {"all": 100, "x": 30, "y": 30}, {"all": 3, "all x": 2, "x y": 1})
    rule = Rule("equalshares-comparison", TIES)
    assert count(election, replace(rule, name="equalshares")).funded == ("x",)
    outcome = count(election, rule)
    assert (outcome.funded, outcome.gave_way) == (("all",), "equalshares-comparison")
    assert type(outcome).from_dict(outcome.to_dict()) == outcome
    balanced = approval(100, {"all": 100, "x": 30}, {"all": 1, "x": 2})
    assert count(balanced, rule).gave_way == ""


def test_points_weigh_what_supporters_pay() -> None:
    election = scored(90, {"a": 90}, {"a": 1}, {"a": 2})
    assert count(election, Rule("equalshares", TIES)).steps[0].price == 45


@pytest.mark.parametrize("name", ["equalshares", "equalshares/add1", "equalshares/add1u-comparison"])
def test_an_election_without_voters_funds_nothing(name: str) -> None:
    assert count(approval(100, {"a": 60}, {}), Rule(name, TIES)).funded == ()


def test_rivals_exclude_each_other() -> None:
    election = approval(100, {"a": 10, "b": 10}, {"a b": 3, "a": 1})
    election = replace(election, bids=tuple(replace(bid, exclusive_group="park") for bid in election.bids))
    outcome = count(election, Rule("equalshares", TIES))
    assert [(step.ref, step.verdict) for step in outcome.steps] == [("a", Verdict.FUNDED), ("b", Verdict.EXCLUDED)]


def test_everything_is_funded_if_there_is_enough() -> None:
    election = approval(10_000, {"a": 5_000, "b": 4_000}, {"a": 5, "b": 1})
    assert set(count(election, Rule("equalshares/add1", TIES)).funded) == {"a", "b"}


def test_a_score_that_no_ballots_give_cannot_pay() -> None:
    election = replace(approval(100, {"a": 10, "b": 10}, {"a": 3}), stated_totals={"a": 3, "b": 5})
    for name in ("equalshares", "equalshares/add1", "phragmen"):
        outcome = count(election, Rule(name, TIES))
        assert outcome.funded == ("a",)
        assert outcome.steps[-1].verdict is Verdict.NO_VOTES


def test_an_election_that_would_take_forever_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladder, "MAX_STEPS", 5)
    election = replace(approval(1_000, {"a": 900, "b": 900}, {"a": 1, "b": 1}), minor_units=1)
    with pytest.raises(ValueError, match="more than 5 times"):
        count(election, Rule("equalshares/add1", TIES, is_exhaustive=True))
    many = approval(1_000, {f"b{number}": 1 for number in range(2_001)}, {"b1": 1})
    with pytest.raises(ValueError, match="counts up to 2,000 bids"):
        count(many, Rule("phragmen", TIES))
    assert count(many, Rule("greedy", TIES)).funded == ("b1",)


def test_the_comparison_stays_where_fewer_voters_prefer_greedy() -> None:
    # Greedy funds `big` with the most votes; Equal Shares funds the two others, which four of seven voters like better.
    election = approval(120, {"big": 120, "x": 30, "y": 30}, {"big": 3, "x": 2, "y": 2})
    assert count(election, Rule("greedy", TIES)).funded == ("big",)
    outcome = count(election, Rule("equalshares-comparison", TIES))
    assert (set(outcome.funded), outcome.gave_way) == ({"x", "y"}, "")
