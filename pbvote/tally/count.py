"""The one door of the tally: an election and a rule go in, the outcome comes out."""

from collections.abc import Callable, Mapping

from pbvote.tally.election import Election
from pbvote.tally.greedy import count_greedy
from pbvote.tally.outcome import Outcome
from pbvote.tally.rules import RULE_KINDS, Rule, RuleKind
from pbvote.tally.ties import Draws

MAX_BIDS = 2_000  # the exact prices of a rule that follows each voter's money get longer with every purchase

Counter = Callable[[Election, Rule, Draws], Outcome]


def _count_equal_shares(election: Election, rule: Rule, draws: Draws) -> Outcome:
    # Imported when needed: numpy takes longer to load than most elections to count.
    from pbvote.tally.equal_shares import count_equal_shares

    return count_equal_shares(election, rule, draws)


def _count_phragmen(election: Election, rule: Rule, draws: Draws) -> Outcome:
    from pbvote.tally.phragmen import count_phragmen

    return count_phragmen(election, rule, draws)


def _counter_of(kind: RuleKind) -> Counter:
    if kind.name == "phragmen":
        return _count_phragmen
    return _count_equal_shares if kind.shares_equally else count_greedy


COUNTERS: Mapping[str, Counter] = {name: _counter_of(kind) for name, kind in RULE_KINDS.items()}


def count(election: Election, rule: Rule, draws: Draws = ()) -> Outcome:
    """Count `election` by `rule`.

    The same election, rule and draws always give the same outcome. A tie that the rule leaves open, or that waits for
    a draw, makes the outcome wait: its `waiting` names the tied bids. `draws` are the orders drawn in the room, each a
    sequence of references, first drawn first; the count uses one where it covers the tied bids. Raises ValueError for
    bids that are split over shares, or more than MAX_BIDS, under any but the greedy rules.
    """
    if not rule.kind.is_greedy:
        if any(bid.elsewhere for bid in election.bids):
            raise ValueError(f"{rule.name} does not know bids that are split over shares.")
        if len(election.bids) > MAX_BIDS:
            raise ValueError(f"{rule.name} counts up to {MAX_BIDS:,} bids.")
    return COUNTERS[rule.name](election, rule, draws)
