"""The margin: small elections are compared with every removal there is, counted one by one."""

import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pbvote.tally import (
    RULE_KINDS,
    BallotKind,
    BallotRules,
    Ballots,
    Choices,
    Election,
    Margin,
    Outcome,
    Project,
    Rule,
    TieKey,
    count,
    explain_margin,
    margin,
)
from pbvote.tally.ballots import Ballot
from pbvote.tally.margin import MOST_BALLOTS
from pbvote.tally.pabulib import read_pabulib
from tests.faults import times
from tests.tally.factories import approval, ranked, scored
from tests.tally.real import real_file, some_real_files
from tests.tally.strategies import TIES, choices

LISTED = (TieKey.LISTED,)
DRAW = (TieKey.DRAW,)
GREEDY = [name for name, kind in RULE_KINDS.items() if kind.is_greedy]
OTHERS = [name for name, kind in RULE_KINDS.items() if not kind.is_greedy]


def without(election: Election, groups: Mapping[Ballot, int]) -> Election:
    return replace(election, ballots=replace(election.ballots, groups=groups))


def awards(outcome: Outcome) -> object:
    return set(outcome.funded), outcome.offers


def fewest(election: Election, rule: Rule) -> int | None:
    """The fewest ballots whose removal could change an award, by trying all removals; None if there are none."""
    outcome = count(election, rule)
    if outcome.waiting:
        return 0
    if rule.kind.is_greedy and TieKey.LOT in rule.ties:
        rule = replace(rule, ties=rule.ties[: rule.ties.index(TieKey.LOT)])
    groups = election.ballots.groups
    for taken in sorted(product(*(range(voters + 1) for voters in groups.values())), key=sum)[1:]:
        left = {ballot: groups[ballot] - number for ballot, number in zip(groups, taken, strict=True)}
        fewer = count(without(election, {ballot: number for ballot, number in left.items() if number}), rule)
        if fewer.waiting or awards(fewer) != awards(outcome):
            return sum(taken)
    return None


@st.composite
def halls(draw: st.DrawFn, kind: BallotKind | None = None, *, is_split: bool = True) -> Election:
    """Up to five bids, some of them rivals, split or withdrawn, and six ballots."""
    kind = kind or draw(st.sampled_from(list(BallotKind)))
    bids = tuple(
        Project(
            f"b{number}",
            ask,
            is_withdrawn=draw(st.sampled_from([False] * 9 + [True])),
            exclusive_group=draw(st.sampled_from(["", "", "x", "y"])),
            elsewhere=(("parish", ask // 2),) if is_split and draw(st.sampled_from([False, False, True])) else (),
        )
        for number, ask in enumerate(draw(st.lists(st.sampled_from([10, 20, 30, 40, 50]), min_size=1, max_size=5)))
    )
    cast = draw(st.lists(st.tuples(choices(kind, [bid.ref for bid in bids]), st.just(1)), max_size=6))
    share, parish = draw(st.integers(10, 110)), draw(st.integers(0, 40))
    rules = BallotRules(kind, max_choices=5)
    return Election(bids, share, Ballots.of(kind, cast), rules, minor_units=1, other_shares={"parish": parish})


def ties() -> st.SearchStrategy[tuple[TieKey, ...]]:
    return st.lists(st.sampled_from(list(TieKey)), unique=True, max_size=3).map(tuple)


@st.composite
def greedy_rules(draw: st.DrawFn) -> Rule:
    """Any greedy rule, mostly by total."""
    name = draw(st.sampled_from(GREEDY))
    by_mean = draw(st.sampled_from([False, False, False, True]))
    return Rule(
        name,
        draw(ties()),
        threshold=draw(st.sampled_from([0, 0, 2, 3])),
        by_mean=by_mean,
        minimum_mean=Fraction(2) if by_mean and draw(st.booleans()) else None,
        top_up_percent=draw(st.sampled_from([50, 80])) if name == "greedy-top-up" else None,
        part_funding_percent=draw(st.sampled_from([None, None, 50])),
    )


def check(election: Election, rule: Rule) -> None:
    """What a margin says agrees with all removals there are."""
    found, true = margin(election, rule), fewest(election, rule)
    if true is None:
        assert found.enough is None
    else:
        assert found.at_least is not None
        assert found.at_least <= true
        assert true <= (found.enough if found.enough is not None else true)
    if found.enough is None and found.at_least is not None:
        assert not count(election, rule).funded  # all that is funded is lost without all its votes


@settings(max_examples=times(few=80, full=2_000))
@given(halls(), greedy_rules())
def test_no_removal_is_smaller_than_a_greedy_margin(election: Election, rule: Rule) -> None:
    check(election, rule)


@settings(max_examples=times(few=20, full=400))
@given(halls(is_split=False), st.builds(Rule, st.sampled_from(OTHERS), ties()))
def test_no_removal_is_smaller_than_the_margin_of_other_rules(election: Election, rule: Rule) -> None:
    check(election, rule)


@given(halls(BallotKind.APPROVAL), st.sampled_from(["greedy", "greedy-threshold"]), ties(), st.integers(0, 3))
def test_votes_for_bids_that_ask_the_same_give_an_exact_margin(
    election: Election, name: str, keys: tuple[TieKey, ...], threshold: int
) -> None:
    bids = tuple(Project(bid.ref, 20) for bid in election.bids)
    election, rule = replace(election, bids=bids), Rule(name, keys, threshold)
    true = fewest(election, rule)
    assert margin(election, rule) == Margin(true, true)


def test_the_margin_of_a_greedy_rule_is_nearly_always_exact() -> None:
    chance = random.Random(7)
    is_exact = []
    for _ in range(400):
        refs = [f"b{number}" for number in range(5)]
        bids = tuple(Project(ref, chance.choice([10, 20, 30, 40, 50])) for ref in refs)
        scores: list[tuple[Choices, int]] = [
            ({ref: chance.randint(1, 5) for ref in chance.sample(refs, 3)}, 1) for _ in range(12)
        ]
        ballots = Ballots.of(BallotKind.SCORE, scores)
        election = Election(bids, chance.randint(10, 110), ballots, BallotRules(BallotKind.SCORE))
        found = margin(election, Rule(chance.choice(["greedy", "greedy-no-skip"]), LISTED))
        is_exact.append(found.enough == found.at_least)
    assert sum(is_exact) >= 380


@some_real_files
def test_the_margins_of_real_elections_are_exact(name: str) -> None:
    election = replace(read_pabulib(real_file(name)).election, stated_totals=None)
    for rule in (Rule("greedy", LISTED), Rule("greedy-no-skip", LISTED)):
        found = margin(election, rule)
        assert found.enough == found.at_least


def test_it_takes_the_ballots_that_name_one_bid_and_not_the_other() -> None:
    election = approval(50, {"a": 50, "b": 50}, {"a b": 30, "a": 12, "b": 3})
    assert margin(election, Rule("greedy", DRAW)) == Margin(9, 9)
    assert margin(election, Rule("greedy", LISTED)) == Margin(10, 10)
    assert (
        explain_margin(Margin(9, 9))
        == "9 fewer ballots could have changed an award. 8 fewer could not, whichever they were."
    )


def test_a_bid_may_need_to_pass_several_others() -> None:
    election = approval(60, {"a": 30, "b": 30, "c": 60}, {"a": 9, "b": 8, "c": 5})
    assert margin(election, Rule("greedy", DRAW)) == Margin(7, 7)
    # Now any two of three: the bound knows of the dearer one of the cheapest two alone, 8 - 5.
    election = approval(60, {"a": 20, "b": 20, "d": 20, "c": 40}, {"a": 9, "b": 8, "d": 7, "c": 5})
    found = margin(election, Rule("greedy", DRAW))
    assert found == Margin(5, 3)
    assert explain_margin(found) == (
        "5 fewer ballots could have changed an award. Perhaps even fewer could have. "
        "2 fewer could not, whichever they were."
    )


def test_points_are_taken_where_they_differ_most() -> None:
    election = scored(10, {"a": 10, "b": 10}, {"a": 5, "b": 1}, {"a": 5, "b": 5}, {"a": 3, "b": 1}, {"a": 3, "b": 3})
    assert margin(election, Rule("greedy", DRAW)) == Margin(2, 2)
    assert margin(ranked(10, {"a": 10, "b": 10}, "a b", "a b", "b a"), Rule("greedy", DRAW)) == Margin(1, 1)


def test_a_bid_can_fall_below_its_minimum() -> None:
    election = approval(100, {"a": 10, "b": 10}, {"a b": 4, "a": 2})
    assert margin(election, Rule("greedy-threshold", DRAW, threshold=3)) == Margin(2, 2)
    assert margin(election, Rule("greedy", DRAW)) == Margin(4, 4)


def test_a_stop_can_come_at_another_bid() -> None:
    election = approval(30, {"a": 20, "b": 40, "c": 50, "d": 10}, {"a": 20, "b": 9, "c": 7, "d": 5})
    # d fits, and has its turn once b and c are behind it.
    assert margin(election, Rule("greedy-no-skip", LISTED)) == Margin(8, 8)
    assert margin(election, Rule("greedy", LISTED)) == Margin(5, 5)


def test_where_a_lot_settled_a_tie_any_ballot_could_have() -> None:
    election = approval(10, {"a": 10, "b": 10}, {"a b": 5})
    assert margin(election, Rule("greedy", (TieKey.LOT,))) == Margin(1, 1)
    for bids in (election.bids, election.bids[::-1]):  # whichever the lot drew, no key behind it is asked
        assert margin(replace(election, bids=bids), Rule("greedy", (TieKey.LOT, TieKey.LISTED))) == Margin(1, 1)
    assert margin(election, Rule("greedy", LISTED)) == Margin(5, 5)
    assert explain_margin(Margin(1, 1)) == "1 fewer ballot could have changed an award."


def test_a_draw_that_was_made_holds() -> None:
    election = approval(10, {"a": 10, "b": 10}, {"a": 5, "b": 5, "": 2})
    assert margin(election, Rule("greedy", DRAW)) == Margin(0, 0)
    assert margin(election, Rule("greedy", DRAW), [("b", "a")]) == Margin(1, 1)
    assert explain_margin(Margin(0, 0)) == "A tie still waits for its draw, so the awards are not settled."


def test_an_offer_is_an_award_too() -> None:
    election = approval(30, {"a": 20, "b": 40, "c": 40}, {"a": 9, "b": 5, "c": 3})
    assert margin(election, Rule("greedy", LISTED, part_funding_percent=25)) == Margin(3, 3)
    assert margin(election, Rule("greedy", LISTED)) == Margin(9, 9)


def test_nothing_may_change_anything() -> None:
    found = margin(approval(5, {"a": 10}, {"a": 5}), Rule("greedy", DRAW))
    assert found == Margin(None, None)
    assert explain_margin(found) == "However many ballots were missing, every award would have stayed the same."


def test_under_other_rules_one_ballot_is_tried_at_a_time() -> None:
    election = approval(40, {"a": 10, "b": 10, "c": 10, "d": 10, "e": 10}, {"a b c": 6, "d e": 4})
    for name in OTHERS:
        found = margin(replace(election, minor_units=1), Rule(name, TIES))
        assert found.enough is not None
        assert found.at_least == min(found.enough, 2)
    assert explain_margin(Margin(None, 2)) == (
        "No ballots were found whose absence could have changed an award. 1 fewer could not, whichever it was."
    )
    assert explain_margin(Margin(None, 1)) == "No ballots were found whose absence could have changed an award."


def test_it_is_the_same_however_the_ballots_come_in() -> None:
    election = approval(50, {"a": 20, "b": 30, "c": 40}, {"a b": 3, "a": 4, "c": 5, "b c": 1, "b": 2})
    backwards = without(election, dict(reversed([*election.ballots.groups.items()])))
    for name in (*OTHERS, "greedy"):
        assert margin(election, Rule(name, TIES)) == margin(backwards, Rule(name, TIES))


def test_a_point_below_zero_comes_back_when_its_ballot_goes() -> None:
    election = scored(10, {"a": 10, "b": 10}, {"a": 3}, {"b": 4}, {"b": -2}, {"b": -2})
    rule = Rule("greedy", LISTED)
    assert count(election, rule).funded == ("a",)
    assert margin(election, rule) == Margin(1, 1)
    check(election, rule)


def test_what_no_search_can_answer_is_refused() -> None:
    election = approval(10, {"a": 10}, {"a": 1})
    with pytest.raises(ValueError, match="Stated totals"):
        margin(replace(election, stated_totals={"a": 3}), Rule("greedy", DRAW))
    refs = {f"b{number}": 10 for number in range(MOST_BALLOTS + 1)}
    crowd = approval(10, refs, dict.fromkeys(refs, 1) | {"b0": 9})
    assert margin(crowd, Rule("greedy", LISTED)) == Margin(9, 9)
    with pytest.raises(ValueError, match="up to 1,000 different ballots"):
        margin(crowd, Rule("phragmen", LISTED))


def test_under_a_rule_that_stops_a_rival_must_get_past_the_funded_one_of_its_group() -> None:
    election = approval(50, {"a": 10, "z": 10, "b": 10, "c": 90}, {"a": 9, "z": 6, "b": 5, "c": 1})
    a, z, b, c = election.bids
    election = replace(election, bids=(replace(a, exclusive_group="park"), z, replace(b, exclusive_group="park"), c))
    # Past z, b would still come after its rival: only past a, with five ballots of a taken away, does it get the money.
    assert margin(election, Rule("greedy-no-skip", LISTED)) == Margin(5, 5)


def test_a_tie_by_votes_is_sure_only_where_points_are_votes() -> None:
    by_votes = (TieKey.VOTES, TieKey.LISTED)
    level = approval(10, {"a": 10, "b": 10}, {"a": 5, "b": 3})
    assert margin(level, Rule("greedy", by_votes)) == Margin(3, 3)
    points = scored(10, {"a": 10, "b": 10}, {"a": 5}, {"a": 1}, *({"b": 1} for _ in range(5)))
    assert count(points, Rule("greedy", by_votes)).funded == ("a",)
    # Without the ballot of one point they are level, and more people are for b.
    assert margin(points, Rule("greedy", by_votes)) == Margin(1, 1)
