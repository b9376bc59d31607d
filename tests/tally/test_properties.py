"""What holds for every election and every greedy rule."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pbvote.tally import RULE_KINDS, BallotKind, Ballots, Election, Outcome, Rule, TieKey, Verdict, count, explain
from tests.tally.strategies import elections

RULES = st.builds(
    lambda name, ties, threshold: Rule(
        name, tuple(ties), threshold, top_up_percent=80 if name == "greedy-top-up" else None
    ),
    st.sampled_from(sorted(RULE_KINDS)),
    st.lists(st.sampled_from(list(TieKey)), unique=True),
    st.integers(0, 4),
)
LOT = (TieKey.LOT,)


@given(elections(), RULES)
def test_never_more_than_the_share_is_spent(election: Election, rule: Rule) -> None:
    outcome = count(election, rule)
    asks = [election.bid_by_ref[ref].ask for ref in outcome.funded]
    added = sum(step.needed for step in outcome.steps if step.verdict is Verdict.TOPPED_UP)
    assert outcome.spent == sum(asks)
    assert outcome.spent - added + outcome.left == election.share
    assert outcome.left >= 0


@given(elections(), RULES)
def test_every_bid_has_one_step_and_the_steps_join(election: Election, rule: Rule) -> None:
    outcome = count(election, rule)
    assert sorted(step.ref for step in outcome.steps) == sorted(election.bid_by_ref)
    left = election.share
    for step in outcome.steps:
        assert step.left_before == left
        left = step.left_after
    assert left == outcome.left


@given(elections(), RULES)
def test_outcome_and_explanation_can_be_stored_and_shown(election: Election, rule: Rule) -> None:
    outcome = count(election, rule)
    assert Outcome.from_dict(json.loads(json.dumps(outcome.to_dict()))) == outcome
    said = explain(outcome, election, rule, lambda amount: f"£{amount}")
    assert set(said) == set(election.bid_by_ref)
    assert all(sentence.endswith(".") for sentence in said.values())


@given(elections(), RULES, st.randoms(use_true_random=False))
def test_the_order_of_bids_and_ballots_changes_nothing_but_listed_ties(election: Election, rule: Rule, random) -> None:  # type: ignore[no-untyped-def]
    rule = replace(rule, ties=tuple(key for key in rule.ties if key is not TieKey.LISTED))
    bids, groups = list(election.bids), list(election.ballots.groups.items())
    random.shuffle(bids)
    random.shuffle(groups)
    other = replace(election, bids=tuple(bids), ballots=replace(election.ballots, groups=dict(groups)))
    one, two = count(election, rule), count(other, rule)
    assert sorted(one.funded) == sorted(two.funded)
    assert sorted(one.waiting) == sorted(two.waiting)


@given(elections(), RULES)
def test_splitting_a_group_of_ballots_changes_nothing(election: Election, rule: Rule) -> None:
    single = [(choices, 1) for choices, voters in election.ballots.choices() for _ in range(voters)]
    other = replace(election, ballots=Ballots.of(election.ballots.kind, single))
    assert count(other, rule) == count(election, rule)


@given(elections(BallotKind.APPROVAL), st.data())
def test_one_more_supporter_never_costs_a_bid_its_money(election: Election, data: st.DataObject) -> None:
    rule = Rule("greedy", ties=(TieKey.LISTED,))
    for ref in count(election, rule).funded:
        cast = [*election.ballots.choices(), ((ref,), data.draw(st.integers(1, 3)))]
        more = replace(election, ballots=Ballots.of(BallotKind.APPROVAL, cast))
        assert ref in count(more, rule).funded


@given(elections(), RULES, st.randoms(use_true_random=False))
def test_draws_settle_every_tie(election: Election, rule: Rule, random) -> None:  # type: ignore[no-untyped-def]
    draws: list[list[str]] = []
    rule = replace(rule, ties=(TieKey.DRAW,))
    while waiting := count(election, rule, draws).waiting:
        assert len(waiting) > 1
        drawn = list(waiting)
        random.shuffle(drawn)
        draws.append(drawn)
        assert len(draws) <= len(election.bids)
    before, after = count(election, rule), count(election, rule, draws)
    assert after.funded[: len(before.funded)] == before.funded or not before.is_settled


@given(elections())
def test_a_lot_is_an_order(election: Election) -> None:
    assert count(election, Rule("greedy", ties=LOT)).is_settled
