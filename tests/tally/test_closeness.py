"""How close a bid came: each number is tried, and so is the one before it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbvote.tally import (
    BallotKind,
    BallotRules,
    Ballots,
    Closeness,
    Election,
    Rule,
    TieKey,
    closeness,
    compare,
    count,
    explain_closeness,
)
from tests.tally.factories import approval, ranked, scored
from tests.tally.strategies import TIES, elections

RULES = ["greedy", "greedy-no-skip", "equalshares", "equalshares/add1", "phragmen"]


def with_more(election: Election, ref: str, number: int) -> Election:
    cast = [*election.ballots.choices(), *([((ref,), number)] if number else [])]
    return replace(election, ballots=Ballots.of(BallotKind.APPROVAL, cast))


def with_less(election: Election, ref: str, cut: int) -> Election:
    bids = (replace(bid, ask=bid.ask - cut) if bid.ref == ref else bid for bid in election.bids)
    return replace(election, bids=tuple(bids))


@given(elections(BallotKind.APPROVAL), st.sampled_from(RULES), st.data())
def test_what_is_promised_was_counted(election: Election, name: str, data: st.DataObject) -> None:
    election = replace(election, minor_units=1)  # else no ask here is more than one unit of the currency
    rule = Rule(name, TIES)
    ref = data.draw(st.sampled_from(sorted(election.bid_by_ref)))
    close = closeness(election, rule, ref)
    if ref in count(election, rule).funded:
        assert close == Closeness(None, None)
    for change, number in ((with_more, close.more_ballots), (with_less, close.smaller_ask)):
        if number is not None:
            assert ref in count(change(election, ref, number), rule).funded
            assert ref not in count(change(election, ref, number - 1), rule).funded


@given(elections(BallotKind.APPROVAL), st.data())
def test_under_greedy_enough_votes_fund_whatever_fits(election: Election, data: st.DataObject) -> None:
    bid = data.draw(st.sampled_from(election.bids))
    election = replace(election, bids=tuple(replace(bid, exclusive_group="") for bid in election.bids))
    close = closeness(election, Rule("greedy", TIES), bid.ref)
    is_funded = bid.ref in count(election, Rule("greedy", TIES)).funded
    assert (close.more_ballots is not None) is (not is_funded and bid.ask <= election.share)


@pytest.mark.parametrize(
    ("ties", "more"), [((TieKey.LISTED,), 3), ((TieKey.DRAW,), 3), ((TieKey.LOT,), 3), ((TieKey.CHEAPER,), 2)]
)
def test_a_tie_is_success_only_if_it_is_sure(ties: tuple[TieKey, ...], more: int) -> None:
    election = approval(100, {"a": 100, "b": 90}, {"a": 4, "b": 2})
    assert closeness(election, Rule("greedy", ties), "b").more_ballots == more


def test_ballots_of_other_kinds_give_the_most_they_can() -> None:
    election = scored(100, {"a": 100, "b": 90}, {"a": 5, "b": 1}, {"a": 4, "b": 2})
    close = closeness(election, Rule(ties=TIES), "b")
    assert (close.more_ballots, close.points) == (2, 5)
    assert (
        explain_closeness(close, election, str)
        == "2 more ballots with 5 points for this bid and none for the others would have been enough. "
        "One fewer would not have been enough."
    )
    close = closeness(ranked(100, {"a": 100, "b": 90}, "a b", "a"), Rule(ties=TIES), "b")
    assert (close.more_ballots, close.points) == (2, 3)


def test_where_each_bid_needs_a_mark_the_others_get_the_lowest() -> None:
    election = scored(100, {"a": 100, "b": 90}, {"a": 5, "b": 1}, {"a": 4, "b": 2})
    complete = BallotRules(BallotKind.SCORE, min_points=1, max_points=5, must_score_all=True)
    # 9 points against 3: each such ballot brings the second four nearer, so the first two do not put it in front.
    close = closeness(replace(election, ballot_rules=complete), Rule(ties=TIES), "b")
    assert (close.more_ballots, close.points, close.others) == (2, 5, 1)
    close = closeness(replace(election, ballot_rules=replace(complete, max_points=4)), Rule(ties=TIES), "b")
    assert (close.more_ballots, close.points, close.others) == (2, 4, 1)  # level, and the cheaper one is first
    assert explain_closeness(close, election, str) == (
        "2 more ballots with 4 points for this bid and 1 for each other would have been enough. "
        "One fewer would not have been enough."
    )


def test_a_resident_can_read_it() -> None:
    election = approval(3_000_000, {"a": 2_900_000, "b": 131_000}, {"a": 12, "b": 1})
    said = explain_closeness(closeness(election, Rule(ties=TIES), "b"), election, lambda pence: f"£{pence / 100:,.2f}")
    assert said == (
        "11 more votes would have been enough. One fewer would not have been enough. "
        "Asking for £310.00 less would have been enough."
    )
    assert explain_closeness(Closeness(1, None), election, str) == "1 more vote would have been enough."
    assert explain_closeness(Closeness(None, None), election, str) == ""


def test_other_rules_are_compared() -> None:
    election = approval(40, {"a": 10, "b": 10, "c": 10, "d": 10, "e": 10}, {"a b c": 6, "d e": 4})
    others = compare(election, Rule("greedy", TIES))
    assert set(others) == {"greedy-no-skip", "equalshares", "equalshares/add1", "equalshares/add1u", "phragmen"}
    assert others["phragmen"].funded == ("a", "d", "b", "c")


def test_a_key_behind_a_lot_promises_nothing() -> None:
    # As many votes as the other would tie; the lot would settle it, so `listed` behind it never has its turn.
    election = approval(100, {"b": 100, "a": 100}, {"a": 3, "b": 2})
    assert closeness(election, Rule("greedy", (TieKey.LISTED,)), "b").more_ballots == 1
    assert closeness(election, Rule("greedy", (TieKey.LOT, TieKey.LISTED)), "b").more_ballots == 2


def test_one_step_is_a_step() -> None:
    assert closeness(approval(1, {"a": 2}, {"a": 1}), Rule("greedy", TIES), "a") == Closeness(None, 1)
    assert closeness(approval(1, {"a": 1, "b": 1}, {"a": 1}), Rule("greedy", TIES), "b").smaller_ask is None


def test_a_ballot_gives_one_point_unless_somebody_says_more() -> None:
    assert Closeness(2, 3) == Closeness(2, 3, points=1)
