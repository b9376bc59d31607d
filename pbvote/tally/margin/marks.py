"""What each ballot gives to each bid, and the fewest ballots that make a difference between bids."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from pbvote.tally.ballots import Ballot
from pbvote.tally.election import Election

NEVER: Final = sys.maxsize  # more ballots than anybody casts


class BallotRow(NamedTuple):
    """Equal ballots."""

    ballot: Ballot
    points: Mapping[str, int]  # by reference, of the bids that the ballot names
    voters: int


Removal = Sequence[tuple[Ballot, int]]  # ballots to take away and how many of each, in this order


class Marks:
    """The ballots of one election, in an order that does not depend on how they came in."""

    def __init__(self, election: Election) -> None:
        rules, groups = election.ballot_rules, election.ballots.groups
        self.rows = [BallotRow(ballot, dict(rules.points_of(ballot)), groups[ballot]) for ballot in sorted(groups)]
        self._naming: dict[str, list[BallotRow]] = {bid.ref: [] for bid in election.bids}
        self._worth: dict[str, Counter[int]] = {bid.ref: Counter() for bid in election.bids}  # points -> voters
        for row in self.rows:
            for ref, points in row.points.items():
                self._naming[ref].append(row)
                self._worth[ref][points] += row.voters
        self.totals = {
            ref: sum(points * voters for points, voters in worth.items()) for ref, worth in self._worth.items()
        }

    def any_below_zero(self) -> bool:
        """Whether a ballot takes points from a bid, so that taking the ballot away gives them back."""
        return any(points < 0 for worth in self._worth.values() for points in worth)

    def to_lose(self, ref: str, points: int) -> int:
        """The fewest ballots without which a bid has so many points less."""
        return _fewest(self._worth[ref], points)

    def to_shrink(self, rivals: Sequence[str], ref: str, points: int) -> int:
        """The fewest ballots without which the leads of some rivals over a bid add up to so many points less."""
        worth: Counter[int] = Counter()
        for row in self._naming_any(rivals):
            worth[_gain(row, rivals, ref)] += row.voters
        return _fewest(worth, points)

    def against(self, ref: str) -> Removal:
        """All ballots that give points to a bid; those first that give it most."""
        return self.by_gain(lambda row: row.points.get(ref, 0))

    def by_gain(self, gain: Callable[[BallotRow], Fraction | int]) -> Removal:
        """The ballots that bring any gain when they are taken away; those first that bring most."""
        gains = [(gain(row), row) for row in self.rows]
        wanted = sorted((pair for pair in gains if pair[0] > 0), key=lambda pair: -pair[0])
        return [(row.ballot, row.voters) for _, row in wanted]

    def in_favour(self, ref: str, points: Mapping[str, int]) -> Removal:
        """Ballots without which a bid gains so many points on each of its rivals, and after them one point more.

        For a single rival they are the fewest. For several, those come first that count most against them all, until
        the bid has gained enough on one of them; then those that count most against the rest.
        """
        rows = self._naming_any(list(points))
        missing = dict(points)
        used: Counter[Ballot] = Counter()
        taken: list[tuple[Ballot, int]] = []
        for _ in range(2):
            while any(number > 0 for number in missing.values()):
                chosen = list(_until_enough_on_one(rows, used, ref, missing))
                if not chosen:
                    return taken
                taken += chosen
            missing = {rival: number + 1 for rival, number in missing.items()}
        return taken

    def _naming_any(self, refs: Sequence[str]) -> Sequence[BallotRow]:
        if len(refs) == 1:
            return self._naming[refs[0]]
        return [row for row in self.rows if not row.points.keys().isdisjoint(refs)]


def _until_enough_on_one(
    rows: Sequence[BallotRow], used: Counter[Ballot], ref: str, missing: dict[str, int]
) -> Iterator[tuple[Ballot, int]]:
    """Ballots without which no more is missing on one of the rivals; `used` and `missing` follow."""
    rivals = [rival for rival in missing if missing[rival] > 0]
    for row in sorted(rows, key=lambda row: _gain(row, rivals, ref), reverse=True):
        if _gain(row, rivals, ref) <= 0:
            return
        gains = {rival: _gain(row, [rival], ref) for rival in missing}
        enough = min(-(-missing[rival] // gains[rival]) for rival in rivals if gains[rival] > 0)
        number = min(row.voters - used[row.ballot], enough)
        if number:
            used[row.ballot] += number
            for rival in missing:
                missing[rival] -= number * gains[rival]
            yield row.ballot, number
        if any(missing[rival] <= 0 for rival in rivals):
            return


def _gain(row: BallotRow, rivals: Sequence[str], ref: str) -> int:
    """By how much the leads of some rivals over a bid shrink together when a ballot is taken away."""
    return sum(row.points.get(rival, 0) for rival in rivals) - len(rivals) * row.points.get(ref, 0)


def _fewest(worth: Mapping[int, int], points: int) -> int:
    """How many ballots are worth `points` together, the best first; `worth` maps points to ballots that give them."""
    number = 0
    for each, voters in sorted(worth.items(), reverse=True):
        if points <= 0:
            return number
        if each <= 0:
            return NEVER
        taken = min(voters, -(-points // each))
        number, points = number + taken, points - taken * each
    return number if points <= 0 else NEVER
