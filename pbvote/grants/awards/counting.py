"""What boards count of awards beyond how groups are doing. The rooms above know it, and enter it here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pbvote.grants.awards.models import Award

Counter = Callable[[Sequence[Award]], Mapping[int, int]]
"""From awards that stand to how many of a thing each has, by an award's id. Those without are left out."""


@dataclass(frozen=True, slots=True)
class BoardCount:
    """A column of the boards."""

    key: str
    """What an address calls it that asks for the awards which have any."""
    label: str
    count: Counter


_counts: list[BoardCount] = []


def counted_on_boards(key: str, label: str) -> Callable[[Counter], Counter]:
    """Make a function that counts something of awards known here, as a column of each board."""

    def enter(count: Counter) -> Counter:
        _counts.append(BoardCount(key, label, count))
        return count

    return enter


def board_counts() -> Sequence[BoardCount]:
    """Every column that the rooms above have entered, in their order."""
    return tuple(_counts)
