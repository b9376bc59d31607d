"""The two ways in which an award can change under a greedy rule, and how many ballots each takes at least."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from pbvote.tally.margin.marks import Marks, Removal


class Change(Protocol):
    """Something that has to happen before an award changes."""

    def rough_bound(self) -> int:
        """No more than `bound`, and found without a look at the ballots."""

    def bound(self) -> int:
        """How many ballots it takes at least; NEVER if no number does."""

    def removal(self) -> Removal:
        """Ballots to take away, in order, until it happens."""


@dataclass(frozen=True)
class Fall:
    """A bid loses `points` points, so that it is below the minimum."""

    marks: Marks
    ref: str
    points: int

    def rough_bound(self) -> int:
        return self.bound()

    def bound(self) -> int:
        return self.marks.to_lose(self.ref, self.points)

    def removal(self) -> Removal:
        return self.marks.against(self.ref)


@dataclass(frozen=True)
class Rise:
    """A bid gets past as many of its rivals as it takes.

    `leads` says by how many points the lead of each rival must shrink, `is_enough` whether the bid need only get past
    some of them; by default, past any one. More of them are never worse.
    """

    marks: Marks
    ref: str
    leads: Mapping[str, int]
    is_enough: Callable[[Collection[str]], bool] = bool

    def rough_bound(self) -> int:
        """As if no ballot that names a rival named the bid as well."""
        *_, (dearest, _) = self._cheapest(self.marks.to_lose)
        return dearest

    def bound(self) -> int:
        """The dearest of the rivals that are cheapest to pass, or all together that it must pass in any case."""
        *_, (dearest, _) = self._cheapest(self._to_pass)
        musts = [rival for rival in self.leads if self.leads[rival] > 0 and not self._can_spare(rival, self.leads)]
        together = self.marks.to_shrink(musts, self.ref, sum(self.leads[rival] for rival in musts))
        return max(dearest, together)

    def removal(self) -> Removal:
        passed = [rival for _, rival in self._cheapest(self._to_pass)]
        for rival in passed[:-1]:
            if self._can_spare(rival, passed):
                passed.remove(rival)
        return self.marks.in_favour(self.ref, {rival: self.leads[rival] for rival in passed})

    def _cheapest(self, cost: Callable[[str, int], int]) -> list[tuple[int, str]]:
        """The rivals that are cheapest to pass, as many as it takes, each with its cost."""
        costs = sorted((cost(rival, points), rival) for rival, points in self.leads.items())
        refs = [rival for _, rival in costs]
        return costs[: bisect_left(range(len(refs) + 1), True, key=lambda number: self.is_enough(refs[:number]))]

    def _to_pass(self, rival: str, points: int) -> int:
        return self.marks.to_shrink([rival], self.ref, points)

    def _can_spare(self, rival: str, passed: Collection[str]) -> bool:
        return self.is_enough([other for other in passed if other != rival])
