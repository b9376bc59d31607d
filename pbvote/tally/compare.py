"""What each other rule would have funded: for comparison, and never the result."""

from collections.abc import Mapping
from dataclasses import replace

from pbvote.tally.count import count
from pbvote.tally.election import Election
from pbvote.tally.outcome import Outcome
from pbvote.tally.rules import Rule
from pbvote.tally.ties import Draws

COMPARED = ("greedy", "greedy-no-skip", "equalshares", "equalshares/add1", "equalshares/add1u", "phragmen")


def compare(election: Election, rule: Rule, draws: Draws = ()) -> Mapping[str, Outcome]:
    """The outcome of each of the rules in `COMPARED`, with the ties and minimums of `rule`, by the rule's name.

    The rule's own name is left out. An outcome may wait for a draw that the result did not need.
    """
    plain = Rule("greedy", rule.ties, rule.threshold, minimum_mean=rule.minimum_mean)
    return {name: count(election, replace(plain, name=name), draws) for name in COMPARED if name != rule.name}
