"""Ballots that are likely to make a difference when they are taken away, for rules of which nothing is proved."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from pbvote.tally.election import Election
from pbvote.tally.eligibility import bar
from pbvote.tally.margin.marks import BallotRow, Marks, Removal
from pbvote.tally.outcome import Outcome, Verdict
from pbvote.tally.rules import Rule
from pbvote.tally.totals import add_up


class Guesses:
    """Removals that may cost a funded bid its place, or gain one for another bid; the most telling ballots first."""

    def __init__(self, election: Election, rule: Rule, outcome: Outcome, marks: Marks) -> None:
        self._rule = rule
        self._marks = marks
        self._totals = add_up(election)
        self._funded = outcome.funded
        bars = {bid.ref: bar(bid, self._totals[bid.ref], rule) for bid in election.bids}
        hopeful = (None, Verdict.BELOW_MEAN)  # a mean can rise, a total can't
        self._others = [
            step.ref for step in outcome.steps if step.ref not in outcome.funded and bars[step.ref] in hopeful
        ]

    def __iter__(self) -> Iterator[Removal]:
        for ref in self._funded:
            yield self._support_of(ref)
        for ref in self._others:
            yield self._in_favour_of(ref, self._funded)
            if self._rule.by_mean or self._rule.minimum_mean is not None:
                yield self._below_the_mean_of(ref)
        yield self._without_award()
        for ref, rival in product(self._others, self._funded):
            yield self._in_favour_of(ref, [rival])

    def _support_of(self, ref: str) -> Removal:
        """All support of a funded bid, so that it surely loses its place; voters for it alone go first."""
        return self._marks.by_gain(lambda row: Fraction(row.points.get(ref, 0), self._named(row) or 1))

    def _in_favour_of(self, ref: str, rivals: Sequence[str]) -> Removal:
        return self._marks.by_gain(
            lambda row: sum(self._lift(row, rival) for rival in rivals) - len(rivals) * self._lift(row, ref)
        )

    def _below_the_mean_of(self, ref: str) -> Removal:
        mean = self._totals[ref].mean
        return self._marks.by_gain(lambda row: mean - row.points.get(ref, mean))

    def _without_award(self) -> Removal:
        """The ballots that name no funded bid: under Equal Shares, what they could spend goes to all others."""
        return self._marks.by_gain(lambda row: not self._named(row))

    def _named(self, row: BallotRow) -> int:
        """How many funded bids a ballot names."""
        return sum(ref in row.points for ref in self._funded)

    def _lift(self, row: BallotRow, ref: str) -> Fraction:
        """What a ballot does for a bid's rank: its points, or how far they are above the bid's mean."""
        if ref not in row.points:
            return Fraction(0)
        return row.points[ref] - (self._totals[ref].mean if self._rule.by_mean else Fraction(0))
