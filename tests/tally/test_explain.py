"""The sentences that residents read."""

from dataclasses import replace
from fractions import Fraction

from pbvote.tally import Election, Rule, TieKey, Utilities, count, explain
from tests.tally.factories import approval, scored


def pounds(pence: int) -> str:
    return f"£{pence / 100:,.2f}"


def said(election: Election, rule: Rule) -> dict[str, str]:
    return explain(count(election, rule), election, rule, pounds)


def test_funded_and_passed_over() -> None:
    election = approval(3_000_000, {"a": 304_369, "b": 2_800_000, "c": 2_695_631}, {"a": 412, "b": 2, "c": 1})
    assert said(election, Rule()) == {
        "a": "Funded: 412 votes, the most of those left. It asked for £3,043.69 and £30,000.00 was left.",
        "b": "Passed over: 2 votes. It asked for £28,000.00 and only £26,956.31 was left; £1,043.69 short. "
        "A bid with fewer votes asked for less, and fitted.",
        "c": "Funded: 1 vote, the most of those left. It asked for £26,956.31, exactly what was left.",
    }


def test_stopped_and_topped_up() -> None:
    election = approval(10_000, {"a": 12_000, "b": 100}, {"a": 2, "b": 1})
    assert said(election, Rule("greedy-no-skip")) == {
        "a": "Not funded: 2 votes. It asked for £120.00 and only £100.00 was left; £20.00 short. The count ends here.",
        "b": "Not funded: 1 vote. The count had ended at a, which had more votes.",
    }
    assert said(election, Rule("greedy-top-up", top_up_percent=80))["a"] == (
        "Funded: 2 votes. It asked for £120.00 and £100.00 was left; other money adds the missing £20.00."
    )


def test_bids_that_cannot_be_funded() -> None:
    election = approval(10_000, {"a": 100, "b": 100, "c": 100}, {"a": 4, "b": 1})
    assert said(election, Rule("greedy-threshold", threshold=3)) == {
        "a": "Funded: 4 votes, the most of those left. It asked for £1.00 and £100.00 was left.",
        "b": "Not funded: 1 vote. A bid needs at least 3; 2 short.",
        "c": "Not funded: it had no votes.",
    }
    withdrawn = replace(election, bids=(replace(election.bids[0], is_withdrawn=True), *election.bids[1:]))
    assert said(withdrawn, Rule())["a"] == "Withdrawn: 4 votes. Votes for it no longer count."


def test_points_and_their_mean() -> None:
    election = scored(10_000, {"a": 100, "b": 100}, {"a": 5, "b": 1}, {"a": 4})
    assert said(election, Rule(minimum_mean=Fraction(3, 2)))["b"] == (
        "Not funded: 1.00 points on average from 1 ballot. A bid needs at least 1.50."
    )
    assert said(election, Rule(by_mean=True))["a"] == (
        "Funded: 4.50 points on average, the highest of those left. It asked for £1.00 and £100.00 was left."
    )


def test_ties_and_rivals() -> None:
    election = approval(100, {"a": 100, "b": 80}, {"a b": 3})
    a, b = election.bids
    election = replace(election, bids=(replace(a, title="Allotment"), replace(b, title="Band")))
    assert said(election, Rule())["a"] == (
        "Tied: 3 votes. It asked for £1.00 and £1.00 is left. The order is drawn in the room. "
        "It had as many votes as Band."
    )
    assert said(election, Rule(ties=(TieKey.CHEAPER,))) == {
        "b": "Funded: 3 votes, as many as any of those left. It asked for £0.80 and £1.00 was left. "
        "It had as many votes as Allotment. The bid that asks for less goes first.",
        "a": "Passed over: 3 votes. It asked for £1.00 and only £0.20 was left; £0.80 short. "
        "It had as many votes as Band. The bid that asks for less goes first.",
    }
    a, b = (replace(bid, exclusive_group="park") for bid in election.bids)
    rivals = replace(election, share=1_000, bids=(a, b))
    assert said(rivals, Rule(ties=(TieKey.LISTED,)))["b"].startswith(
        "Not funded: 3 votes. Only one of it and Allotment can be funded, and Allotment came first."
    )


def test_equal_shares_and_phragmen() -> None:
    election = approval(10_000, {"a": 4_000, "b": 4_000}, {"a": 3, "b": 1})
    assert said(election, Rule("equalshares")) == {
        "a": "Funded: 3 votes. Its supporters paid its £40.00 together, at most £13.34 each. No bid left was cheaper "
        "for its size. £60.00 was left.",
        "b": "Not funded: 1 vote. It asked for £40.00, and its supporters had £25.00 left between them.",
    }
    scores = scored(10_000, {"a": 4_000}, {"a": 5}, {"a": 3})
    assert said(scores, Rule("equalshares", utilities=Utilities.CARDINALITY))["a"] == (
        "Funded: 8 points. Its supporters paid its £40.00 together, at most £5.00 for each point. No bid left was "
        "cheaper. £60.00 was left."
    )
    assert said(replace(election, share=5_000), Rule("phragmen")) == {
        "a": "Funded: 3 votes. Its supporters were the first to earn the £40.00 it asked for; £50.00 was left.",
        "b": "Not funded: 1 vote. It asked for £40.00 and only £10.00 was left; £30.00 short. The count ends here.",
    }


def test_an_average_that_is_too_low_is_seen_to_be_lower() -> None:
    election = scored(10_000, {"a": 100}, *({"a": points} for points in (1, 2, 1, 2, 1)))  # 7 points on 5 ballots
    just_more = Fraction(7, 5) + Fraction(1, 1_000)
    assert said(election, Rule(minimum_mean=just_more))["a"] == (
        "Not funded: 1.400 points on average from 5 ballots. A bid needs at least 1.401."
    )


def test_a_count_that_ended_names_the_bid_and_what_the_tie_keys_did() -> None:
    election = approval(100, {"a": 90, "b": 40, "c": 30, "d": 5}, {"a b c": 2, "d": 1})
    rule = Rule("greedy-no-skip", (TieKey.CHEAPER,))
    told = said(election, rule)
    assert told["c"].startswith("Funded: 2 votes, as many as any of those left.")
    assert told["a"] == (
        "Not funded: 2 votes. It asked for £0.90 and only £0.30 was left; £0.60 short. The count ends here. "
        "It had as many votes as b and c. The bid that asks for less goes first."
    )
    assert told["d"] == "Not funded: 1 vote. The count had ended at a, which had more votes."
    dear_first = replace(election, bids=(election.bids[0], *election.bids[1:]), share=60)
    told = said(dear_first, Rule("greedy-no-skip", (TieKey.LISTED,)))
    assert told["b"] == (
        "Not funded: 2 votes. The count had ended at a, which had as many votes. "
        "It had as many votes as a and c. The one listed first goes first."
    )


def test_bids_that_are_level_and_all_too_dear_are_not_said_to_have_fewer_votes() -> None:
    election = approval(100, {"a": 200, "b": 300}, {"a b": 2})
    assert said(election, Rule("greedy-no-skip", (TieKey.CHEAPER,)))["b"] == (
        "Not funded: 2 votes. The count had ended at a, which had as many votes."
    )
    marks = scored(100, {"a": 200, "b": 300, "c": 10}, {"a": 3, "b": 3, "c": 2})
    told = said(marks, Rule("greedy-no-skip", (TieKey.CHEAPER,), by_mean=True))
    assert told["b"].endswith("The count had ended at a, which had the same average.")
    assert told["c"].endswith("The count had ended at a, which had a higher average.")


def test_each_tie_key_that_parted_bids_is_named_in_turn() -> None:
    election = approval(50, {"b": 30, "a": 20, "c": 30}, {"a b c": 2})
    rule = Rule("greedy", (TieKey.CHEAPER, TieKey.VOTES, TieKey.LISTED))
    assert said(election, rule)["b"].endswith(
        "It had as many votes as a and c. The bid that asks for less goes first. "
        "If they are still level, the one listed first goes first."
    )
    rivals = replace(election, bids=tuple(replace(bid, exclusive_group="park") for bid in election.bids))
    assert said(rivals, rule)["c"] == (
        "Not funded: 2 votes. Only one of it and a can be funded, and a came first. "
        "It had as many votes as b and a. The bid that asks for less goes first. "
        "If they are still level, the one listed first goes first."
    )


def test_level_bids_that_all_fit_are_as_many_as_any() -> None:
    told = said(approval(100, {"a": 10, "b": 10}, {"a b": 2}), Rule())
    assert "as many as any of those left" in told["a"]
    assert "the most of those left" in told["b"]
    idle = " Every bid that was level with it was funded, so their order made no difference."
    assert [told[ref].endswith(idle) for ref in "ab"] == [True, True]
    # With a third that has fewer, and where the third is level and too dear, a tie key was asked or nobody is level.
    told = said(approval(100, {"a": 90, "b": 10, "c": 50}, {"a b c": 2}), Rule(ties=(TieKey.LISTED,)))
    assert not any("made no difference" in each for each in told.values())


def test_a_bid_level_with_the_one_at_which_phragmen_ends_is_said_to_be_level() -> None:
    election = approval(1_000, {"a": 2_000, "b": 2_000, "c": 1_000}, {"a b": 2, "c": 1})
    election = replace(election, share=999, bids=tuple(replace(bid, ask=1_000) for bid in election.bids))
    told = said(election, Rule("phragmen", (TieKey.LISTED,)))
    assert told["b"] == (
        "Not funded: 2 votes. The count had ended at a. It was level with a. The one listed first goes first."
    )
    assert told["c"] == "Not funded: 1 vote. The count had ended at a before its supporters had earned £10.00."


def test_part_funding_says_what_is_left_and_leaves_out_the_rivals_of_funded_bids() -> None:
    election = approval(1_000, {"a": 500, "b": 600, "c": 400, "d": 450}, {"a": 4, "b": 3, "c": 2, "d": 1})
    rule = Rule("greedy-no-skip", part_funding_percent=50)
    told = said(election, rule)
    assert told["b"].endswith("It is offered £5.00, what is left.")
    assert told["c"].endswith("It is offered £4.00 of the £5.00 that is left if b declines.")
    a, b, c, d = election.bids
    # b was passed over before its rival was funded.
    dear = replace(b, ask=1_500, exclusive_group="park")
    bids = (a, dear, replace(c, exclusive_group="park"), replace(d, ask=900))
    outcome = count(replace(election, bids=bids), Rule("greedy", part_funding_percent=1))
    assert outcome.funded == ("a", "c")
    assert [(offer.ref, offer.amount) for offer in outcome.offers] == [("d", 100)]
