"""The one door of the tally: an election and a rule go in, the outcome comes out."""

from collections.abc import Callable, Mapping

from pbvote.tally.election import Election
from pbvote.tally.greedy import count_greedy
from pbvote.tally.outcome import Outcome
from pbvote.tally.rules import Rule
from pbvote.tally.ties import Draws

COUNTERS: Mapping[str, Callable[[Election, Rule, Draws], Outcome]] = {
    "greedy": count_greedy,
    "greedy-no-skip": count_greedy,
    "greedy-threshold": count_greedy,
    "greedy-exclusive": count_greedy,
    "greedy-top-up": count_greedy,
}


def count(election: Election, rule: Rule, draws: Draws = ()) -> Outcome:
    """Count `election` by `rule`.

    The same election, rule and draws always give the same outcome. A tie that the rule leaves open, or that waits for
    a draw, makes the outcome wait: its `waiting` names the tied bids. `draws` are the orders drawn in the room, each a
    sequence of references, first drawn first; the count uses one where it covers the tied bids.
    """
    return COUNTERS[rule.name](election, rule, draws)
