"""Voters and bids in arrays, for the rules that follow each voter's money.

Voters with the same ballot have the same money throughout, so they are one *group* of voters. Bids that nobody could
afford are left out of the ballots first, which leaves far fewer groups: 23,571 become 4,170 in Łódź 2022.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count, pairwise

import numpy as np
from numpy.typing import NDArray

from pbvote.tally.ballots import Mark
from pbvote.tally.election import Election, Project

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Supporters:
    """The groups of voters who support one bid."""

    groups: Indices
    voters: Floats  # how many each group has; whole numbers, like all floats here
    weights: Floats | None  # points each voter of the group gives; None: all give 1
    points: Floats  # points that all voters of the group give together
    number: int  # voters, all groups together
    weight: int  # points, all groups together

    @classmethod
    def of(cls, groups: Indices, each: Floats, voters: Floats) -> "Supporters":
        """Supporters in `groups`, of which each voter gives `each` points; `voters` are those of all groups."""
        number = voters[groups]
        points = number * each
        weights = None if bool((each == 1).all()) else each
        return cls(groups, number, weights, points, int(number.sum()), int(points.sum()))


@dataclass(frozen=True)
class Market:
    """Groups of voters, the bids they can buy, and who supports which.

    The ballots stand one after the other: that of group g is the entries from `row_start[g]` to before
    `row_start[g + 1]`. An entry has its bid, the points that one voter gives, and the points that all voters of the
    group give together.
    """

    bids: tuple[Project, ...]
    supporters: tuple[Supporters, ...]  # by bid
    voters: Floats  # by group
    row_start: Indices
    row_bids: Indices
    row_points: Floats
    row_weights: Floats

    def entries_of(self, groups: Indices) -> Indices:
        """The entries of the ballots of some groups, one ballot after the other."""
        return _ranges(self.row_start[groups], self.row_start[groups + 1] - self.row_start[groups])


class BallotTable:
    """All ballots of an election in arrays, from which markets of fewer bids are made."""

    def __init__(self, election: Election) -> None:
        groups = election.ballots.groups
        self._rules = election.ballot_rules
        self._voters = np.fromiter(groups.values(), dtype=np.float64, count=len(groups))
        self._place = {bid.ref: number for number, bid in enumerate(election.bids)}
        rows: Iterable[tuple[Mark, ...]] = groups
        if self._rules.own_length:  # a place is worth more on a longer ballot
            rows = [tuple(self._rules.points_of(ballot)) for ballot in groups]
        self._lengths = np.fromiter(map(len, rows), dtype=np.intp, count=len(groups))
        codes: defaultdict[Mark, int] = defaultdict(count().__next__)
        self._codes = np.frombuffer(array("I", map(codes.__getitem__, chain.from_iterable(rows))), dtype=np.uint32)
        worth = list(codes) if self._rules.own_length else [self._worth(mark) for mark in codes]
        self._bid_of = np.array([self._place[ref] for ref, _ in worth], dtype=np.intp)
        self._points_of = np.array([points for _, points in worth], dtype=np.float64)

    def _worth(self, mark: Mark) -> Mark:
        ((ref, points),) = self._rules.points_of((mark,))
        return ref, points

    def market(self, bids: Iterable[Project]) -> Market:
        """The market of some bids: what else stands on a ballot, and points of 0 or less, are left out."""
        bids = tuple(bids)
        number_of = np.full(len(self._place), -1, dtype=np.intp)
        number_of[[self._place[bid.ref] for bid in bids]] = np.arange(len(bids))
        is_wanted = (number_of[self._bid_of] >= 0) & (self._points_of > 0)
        keep = is_wanted[self._codes]
        codes = self._codes[keep]
        owner = np.repeat(np.arange(len(self._lengths), dtype=np.intp), self._lengths)[keep]
        lengths = np.bincount(owner, minlength=len(self._lengths))
        start, lengths, voters = self._regroup(codes, lengths)
        kept = codes[_ranges(start, lengths)]
        return _market(bids, voters, lengths, number_of[self._bid_of[kept]], self._points_of[kept])

    def _regroup(self, codes: NDArray[np.uint32], lengths: Indices) -> tuple[Indices, Indices, Floats]:
        """BallotTable that have become equal, as one: where it starts among the codes, its length, its voters."""
        text = codes.tobytes()
        ends = np.cumsum(lengths) * codes.itemsize
        first: dict[bytes, int] = {}
        numbers = np.fromiter(
            (first.setdefault(text[start:end], len(first)) for start, end in pairwise([0, *ends.tolist()])),
            dtype=np.intp,
            count=len(lengths),
        )
        voters = np.bincount(numbers, weights=self._voters, minlength=len(first))
        _, places = np.unique(numbers, return_index=True)
        starts = (ends // codes.itemsize - lengths)[places]
        is_blank = lengths[places] == 0
        return starts[~is_blank], lengths[places][~is_blank], voters[~is_blank]


def _market(
    bids: tuple[Project, ...], voters: Floats, lengths: Indices, row_bids: Indices, row_points: Floats
) -> Market:
    row_start = np.concatenate((np.zeros(1, dtype=np.intp), np.cumsum(lengths)))
    groups = np.repeat(np.arange(len(lengths), dtype=np.intp), lengths)
    by_bid = np.argsort(row_bids, kind="stable")
    cuts = np.searchsorted(row_bids[by_bid], np.arange(len(bids) + 1)).tolist()
    supporters = tuple(
        Supporters.of(groups[by_bid[start:end]], row_points[by_bid[start:end]], voters) for start, end in pairwise(cuts)
    )
    return Market(bids, supporters, voters, row_start, row_bids, row_points, row_points * voters[groups])


def _ranges(start: Indices, lengths: Indices) -> Indices:
    """The numbers from each start on, as many as its length says: starts 5 and 9, lengths 2 and 1 are 5, 6, 9."""
    ends = np.cumsum(lengths)
    numbers = np.repeat(start - ends + lengths, lengths)
    numbers += np.arange(len(numbers), dtype=np.intp)
    return numbers
