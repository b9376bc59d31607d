"""Small counts of people and worries are hidden: a rule for a whole table, never for one cell.

A count of 1 or 2 points at somebody, so it is shown as “fewer than 3”. Where a total beside it would still give it
away, the next smallest count of its row or column is not shown either, and so on, until no hidden count has only one
possible value. Money and ballots are public: they never come here.
"""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

FEWEST_SHOWN: Final = 3
_Place = tuple[int, int]


class Hidden(enum.StrEnum):
    """What stands in place of a hidden count."""

    FEW = "fewer than 3"
    """It is 1 or 2."""
    NOT_SHOWN = "not shown"
    """It may be any number: with it, another one could be worked out."""


@dataclass(frozen=True, slots=True)
class SmallTable:
    """Counts as everybody reads them. Totals are empty where the table shows none."""

    cells: Sequence[Sequence[int | Hidden]]
    row_totals: Sequence[int | Hidden]
    column_totals: Sequence[int | Hidden]
    total: int | Hidden | None
    """Of everything, where both the rows and the columns have totals."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is hidden."""
        shown = [*(each for row in self.cells for each in row), *self.row_totals, *self.column_totals, self.total]
        return not any(isinstance(each, Hidden) for each in shown)


def hide_small(counts: Sequence[Sequence[int]], *, of_rows: bool = False, of_columns: bool = False) -> SmallTable:
    """The table with its small counts hidden, and with totals of its rows or columns where it shows them.

    Columns without totals of rows, such as two quarters side by side, are hidden each for itself: a quarter reads the
    same beside another as alone, so that two papers together tell no more than one.
    """
    grid = _Grid.of(counts, of_rows=of_rows, of_columns=of_columns)
    while given_away := [place for place in grid.marks if not grid.may_differ(place)]:
        grid.hide_more(given_away)
    last_row, last_column = len(grid.numbers) - 1, len(grid.numbers[0]) - 1
    shown = [[grid.shown((row, column)) for column in range(last_column + 1)] for row in range(last_row + 1)]
    return SmallTable(
        cells=[row[:-1] for row in shown[:-1]],
        row_totals=[row[-1] for row in shown[:-1]] if of_rows else [],
        column_totals=shown[-1][:-1] if of_columns else [],
        total=shown[-1][-1] if of_rows and of_columns else None,
    )


@dataclass(slots=True)
class _Grid:
    """The counts with their totals as a last row and a last column, and what is hidden of them so far.

    Every row and every column adds up to its total. So a hidden number can be another one where a circle of hidden
    numbers, along rows and columns by turns, can each go up or down by one without any sum changing.
    """

    numbers: list[list[int]]
    marks: dict[_Place, Hidden]
    absent: frozenset[_Place]
    """The totals that the table does not show at all."""

    @classmethod
    def of(cls, counts: Sequence[Sequence[int]], *, of_rows: bool, of_columns: bool) -> Self:
        """A grid of which the small numbers are hidden, and nothing else."""
        numbers = [[*row, sum(row)] for row in counts]
        numbers.append([sum(column) for column in zip(*numbers, strict=True)])
        bottom, right = len(numbers) - 1, len(numbers[0]) - 1
        places = [(row, column) for row in range(bottom + 1) for column in range(right + 1)]
        absent = {(row, right) for row in range(bottom) if not of_rows}
        absent |= {(bottom, column) for column in range(right) if not of_columns}
        absent |= set() if of_rows and of_columns else {(bottom, right)}
        small = {place for place in places if 0 < numbers[place[0]][place[1]] < FEWEST_SHOWN} - absent
        return cls(numbers, dict.fromkeys(sorted(small), Hidden.FEW), frozenset(absent))

    def shown(self, place: _Place) -> int | Hidden:
        """What stands in a place."""
        return self.marks.get(place, self._number(place))

    def may_differ(self, place: _Place) -> bool:
        """Whether a hidden number could be another one, by everything that is shown."""
        row, column = place
        up = self._may_step(place, up=True) and self._leads(place, ("column", column), ("row", row))
        return up or (self._may_step(place, up=False) and self._leads(place, ("row", row), ("column", column)))

    def hide_more(self, given_away: Sequence[_Place]) -> None:
        """Hide the next smallest number of a row or column; where none is left, say less of one that is hidden."""
        lines = [line for place in given_away for line in self._lines(place)]
        alone = next((line for line in lines if len([place for place in line if self._is_hidden(place)]) == 1), None)
        beside = alone or [place for line in lines[: len(self._lines(given_away[0]))] for place in line]
        for places in (beside, list(self._places())):
            seen = [place for place in places if not self._is_hidden(place)]
            few = [place for place in places if self.marks.get(place) is Hidden.FEW]
            if seen or few:
                is_total_few = any(self._is_total(place) for place in few)
                has_plain = any(self._number(place) and not self._is_total(place) for place in seen)
                hides = has_plain or (seen and not is_total_few)
                chosen = min(seen, key=self._goes_last) if hides else max(few, key=self._is_total)
                self.marks[chosen] = Hidden.NOT_SHOWN
                return

    def _lines(self, place: _Place) -> list[list[_Place]]:
        """Its row and its column, as far as the table shows what they add up to."""
        row = [(place[0], column) for column in range(len(self.numbers[0]))]
        column = [(row, place[1]) for row in range(len(self.numbers))]
        return [line for line in (row, column) if line[-1] not in self.absent]

    def _is_hidden(self, place: _Place) -> bool:
        return place in self.marks or place in self.absent

    def _places(self) -> Iterator[_Place]:
        return ((row, column) for row in range(len(self.numbers)) for column in range(len(self.numbers[0])))

    def _number(self, place: _Place) -> int:
        return self.numbers[place[0]][place[1]]

    def _is_total(self, place: _Place) -> bool:
        return place[0] == len(self.numbers) - 1 or place[1] == len(self.numbers[0]) - 1

    def _goes_last(self, place: _Place) -> tuple[bool, bool, int, _Place]:
        """Totals are hidden last, and before them a nought, which says little."""
        return self._is_total(place), not self._number(place), self._number(place), place

    def _may_step(self, place: _Place, *, up: bool) -> bool:
        """Whether a number may be one more, or one less, as far as its own place tells. Totals step the other way."""
        if not self._is_hidden(place):
            return False
        counts_down = (place[0] == len(self.numbers) - 1) != (place[1] == len(self.numbers[0]) - 1)
        is_few = self.marks.get(place) is Hidden.FEW
        if up != counts_down:
            return not is_few or self._number(place) < FEWEST_SHOWN - 1
        return self._number(place) > (1 if is_few else 0)

    def _leads(self, without: _Place, start: tuple[str, int], end: tuple[str, int]) -> bool:
        """Whether steps in other places lead from one line to another: up from a row, and down from a column."""
        reached, waiting = {start}, [start]
        while waiting:
            kind, line = waiting.pop()
            for place in self._places():
                row, column = place
                if place == without or (row if kind == "row" else column) != line:
                    continue
                following = ("column", column) if kind == "row" else ("row", row)
                if following not in reached and self._may_step(place, up=kind == "row"):
                    reached.add(following)
                    waiting.append(following)
        return end in reached
