"""What boards count of funded groups. Each figure leads to the groups that it counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pbvote.grants.awards.counting import board_columns
from pbvote.grants.visits.colour import Colour
from pbvote.grants.visits.service import FundedGroup

ANY: Mapping[str, tuple[str, Callable[[FundedGroup], bool]]] = {
    "late": ("Overdue", lambda funded: funded.is_overdue),
    "due": ("Due this month", lambda funded: funded.is_due),
    "not-reached": ("Not reached", lambda funded: funded.is_not_reached),
    "alone": ("Without a mentor", lambda funded: funded.is_alone),
}
"""What an address asks for with `which`: its words, and whether a group is one of those."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of the boards: the groups that are so, or have any of something. They are the rows it leads to."""

    label: str
    query: Mapping[str, str]
    """What an address asks for to see the groups that are counted; empty where these are all."""
    award_ids: frozenset[int]
    """Of the groups that it counts."""

    def counts(self, funded: FundedGroup) -> bool:
        """Whether this group is one of those."""
        return funded.award.id in self.award_ids

    def of(self, groups: Sequence[FundedGroup]) -> int:
        """How many of these groups it counts."""
        return sum(self.counts(funded) for funded in groups)


def figures_of(groups: Sequence[FundedGroup], numbers: Mapping[str, Mapping[int, int]]) -> list[Figure]:
    """Every column for these groups: how many there are, their colours, what is to do, what other rooms count.

    `numbers` are what `board_numbers` found.
    """
    colours = [Figure(each.name.capitalize(), {"colour": each.value}, _coloured(groups, each)) for each in Colour]
    words = [Figure(label, {"which": key}, _those(groups, holds)) for key, (label, holds) in ANY.items()]
    others = [Figure(each.label, {"which": each.key}, frozenset(numbers[each.key])) for each in board_columns()]
    return [Figure("Funded groups", {}, _those(groups, lambda _: True)), *colours, *words, *others]


def _coloured(groups: Sequence[FundedGroup], colour: Colour) -> frozenset[int]:
    return _those(groups, lambda funded: funded.doing.colour is colour)


def _those(groups: Sequence[FundedGroup], holds: Callable[[FundedGroup], bool]) -> frozenset[int]:
    return frozenset(funded.award.id for funded in groups if holds(funded))
