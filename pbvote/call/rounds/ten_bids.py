"""A worked example: what a locality's ballot and rule would make of ten bids. The tally itself counts them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pbvote.call.rounds.made_hall import SHARE_PENCE, TEN_BIDS, Hall, election, outcome
from pbvote.core.money import format_money
from pbvote.tally import BallotRules, Rule, explain

VOTERS = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of one of the ten bids."""

    title: str
    ask_pence: int
    total: int
    is_funded: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Example:
    """Ten bids, in the order in which they had their turn."""

    turns: tuple[Turn, ...]
    spent_pence: int
    share_pence: int = SHARE_PENCE
    voters: int = VOTERS

    @property
    def funded(self) -> int:
        """How many of the ten get their money."""
        return sum(turn.is_funded for turn in self.turns)

    @property
    def left_pence(self) -> int:
        """What is left of the share."""
        return self.share_pence - self.spent_pence


def worked_example(ballot: BallotRules, rule: Rule, currency: str = "GBP") -> Example:
    """What 60 made-up voters on this kind of ballot would fund by this rule.

    A draw is one by computer here, since nobody is in the room.
    """
    made = election(Hall(VOTERS), ballot)
    counted = outcome(made, rule)
    said: Mapping[str, str] = explain(counted, made, rule, lambda pence: format_money(pence, currency))
    bids = {bid.ref: bid for bid in TEN_BIDS}
    turns = [
        Turn(bids[step.ref].title, bids[step.ref].ask, step.total, step.verdict.is_funded, said[step.ref])
        for step in counted.steps
    ]
    return Example(tuple(turns), counted.spent)
