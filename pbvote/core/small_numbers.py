"""Tables of people in which a small number would say something about a person: those numbers are hidden.

A count of 1 or 2 becomes "fewer than 3". Where it could be worked out from a total, the next smallest number of its row
or column is hidden too, and so on until nothing hidden has one possible value left. A nought says nothing of anybody,
and stays.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

FEWEST: Final = 3
"""The smallest count that is shown, beside nought."""


class Hidden(enum.StrEnum):
    """Why a number is not shown."""

    FEW = "few"
    """It is 1 or 2."""
    BESIDE = "beside"
    """It, or a total, would let somebody work out a number that is hidden."""

    @property
    def words(self) -> str:
        """What stands in its place."""
        return {Hidden.FEW: f"fewer than {FEWEST}", Hidden.BESIDE: "not shown"}[self]


Count = int | Hidden


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as it can be published: each number as it is, or why it is hidden."""

    rows: tuple[tuple[Count, ...], ...]
    row_totals: tuple[Count, ...]
    column_totals: tuple[Count, ...]
    total: Count


Place = tuple[int, int]
"""Row and column."""
ALONG_ROW: Final = 0
ALONG_COLUMN: Final = 1
"""What stays as it is on a step: the part of a place."""


def hide_small(rows: Sequence[Sequence[int]]) -> ShownTable:
    """A table of counts with its totals, all of which may be published. Raises `ValueError` for rows unlike in length.

    Its readers may know this function: of a number that is "fewer than 3" they know that it is 1 or 2; of another that
    is hidden, that it is 3 or more; of a hidden total nothing.
    """
    table = _Table.of(rows)
    hidden = {place for place, count in table.counts.items() if 0 < count < FEWEST}
    while not all(table.may_differ(place, hidden) for place in hidden):
        hidden.add(table.next_smallest(hidden))
    return table.shown(hidden)


@dataclass(frozen=True, slots=True)
class _Table:
    """Counts by place. The last row and the last column are the totals of the others."""

    counts: Mapping[Place, int]
    height: int
    width: int

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> "_Table":
        columns = list(zip(*rows, strict=True))
        whole = [[*row, sum(row)] for row in rows]
        whole.append([sum(column) for column in columns] + [sum(map(sum, rows))])
        counts = {(y, x): count for y, row in enumerate(whole) for x, count in enumerate(row)}
        return cls(counts, len(rows), len(columns))

    def is_total(self, place: Place) -> bool:
        return place[0] == self.height or place[1] == self.width

    def may_differ(self, start: Place, hidden: set[Place]) -> bool:
        """Whether a reader can think of another number at a hidden place, with every shown number as it is.

        Looked for is a way round through hidden places, by row and by column in turn, along which one more here and one
        fewer there leaves every sum right. Where none is found there may still be one with larger steps; then more is
        hidden than need be.
        """
        return any(self._can(start, step) and self._leads_back(start, step, hidden) for step in (1, -1))

    def _leads_back(self, start: Place, first_step: int, hidden: set[Place]) -> bool:
        """Whether there is such a way from here, which begins along the row and ends in the column of its start."""
        ways: list[tuple[Place, int]] = [(start, ALONG_COLUMN)]
        seen = set(ways)
        for here, came in ways:  # it grows while it is walked
            along, step = (ALONG_ROW, -first_step) if came == ALONG_COLUMN else (ALONG_COLUMN, first_step)
            if along == ALONG_COLUMN and here[1] == start[1]:
                return True
            for place in hidden - {start, here}:
                is_on = place[along] == here[along] and self._can(place, step)
                if is_on and (place, along) not in seen:
                    seen.add((place, along))
                    ways.append((place, along))
        return False

    def _can(self, place: Place, step: int) -> bool:
        """Whether a reader can think of a hidden number as one more (`step` 1) or one fewer in the sums of its lines.

        In those sums a line's own total counts against it.
        """
        count = self.counts[place]
        is_against = (place[0] == self.height) != (place[1] == self.width)
        other = count + (-step if is_against else step)
        if self.is_total(place):
            return other >= 0
        return 0 < other < FEWEST if 0 < count < FEWEST else other >= FEWEST

    def next_smallest(self, hidden: set[Place]) -> Place:
        """What is hidden next: of a row or column in which one place alone is hidden; a total at the last."""
        alone = {line for line, places in self._lines_of(hidden).items() if len(places) == 1}
        shown = [place for place, count in self.counts.items() if count and place not in hidden]
        near = [place for place in shown if alone.intersection(self._lines_through(place))]
        return min(near or shown, key=lambda place: (self.is_total(place), self.counts[place], place))

    def _lines_of(self, places: set[Place]) -> dict[Place, list[Place]]:
        found: dict[Place, list[Place]] = {}
        for place in places:
            for line in self._lines_through(place):
                found.setdefault(line, []).append(place)
        return found

    @staticmethod
    def _lines_through(place: Place) -> tuple[Place, Place]:
        """The row and the column of a place, each by what stays as it is on it, and where."""
        return (ALONG_ROW, place[0]), (ALONG_COLUMN, place[1])

    def shown(self, hidden: set[Place]) -> ShownTable:
        """The table without what is hidden."""

        def count(y: int, x: int) -> Count:
            number = self.counts[y, x]
            if (y, x) not in hidden:
                return number
            return Hidden.FEW if number < FEWEST and not self.is_total((y, x)) else Hidden.BESIDE

        columns, rows = range(self.width), range(self.height)
        return ShownTable(
            rows=tuple(tuple(count(y, x) for x in columns) for y in rows),
            row_totals=tuple(count(y, self.width) for y in rows),
            column_totals=tuple(count(self.height, x) for x in columns),
            total=count(self.height, self.width),
        )
