"""Ballots turned into totals: how many points each bid has, and how many ballots name it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pbvote.tally.ballots import Mark
from pbvote.tally.election import Election


@dataclass(frozen=True)
class Total:
    """What the ballots say of one bid. Under approval its points are its votes."""

    points: int
    voters: int  # ballots that name the bid

    @property
    def mean(self) -> Fraction:
        """Points per ballot that names the bid; 0 if none does."""
        return Fraction(self.points, self.voters) if self.voters else Fraction(0)


def add_up(election: Election) -> Mapping[str, Total]:
    """The total of each bid, by reference."""
    points = dict.fromkeys(election.bid_by_ref, 0)
    voters = dict.fromkeys(election.bid_by_ref, 0)
    for (ref, worth), number in _weigh_marks(election).items():
        points[ref] += worth * number
        voters[ref] += number
    if election.stated_totals is not None:
        points |= election.stated_totals
    return {ref: Total(points[ref], voters[ref]) for ref in points}


def _weigh_marks(election: Election) -> Mapping[Mark, int]:
    """How many voters gave how many points to which bid.

    There are few different marks, so they are counted first and turned into points after. That can't be done where
    a place is worth more on a longer ballot.
    """
    rules, groups = election.ballot_rules, election.ballots.groups
    weights: dict[Mark, int] = defaultdict(int)
    if rules.own_length:
        for ballot, number in groups.items():
            for mark in rules.points_of(ballot):
                weights[mark] += number
        return weights
    for ballot, number in groups.items():
        for mark in ballot:
            weights[mark] += number
    if rules.kind.has_points:
        return weights
    return _by_points(weights, election)


def _by_points(weights: Mapping[Mark, int], election: Election) -> Mapping[Mark, int]:
    worth: dict[Mark, int] = defaultdict(int)
    for mark, number in weights.items():
        for pair in election.ballot_rules.points_of((mark,)):
            worth[pair] += number
    return worth
