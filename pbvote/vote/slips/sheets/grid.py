"""How the boxes of a paper ballot are laid out: arithmetic alone."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pbvote.tally import BallotKind, BallotRules


@dataclass(frozen=True)
class Sizes:
    """What a grid may use, in mm, and its letters in points."""

    least: float  # the side of the smallest box that a pen can mark
    most: float
    gap: float  # between boxes
    gutter: float  # between columns
    label: float  # what a bid's number takes, before its boxes
    number: float  # points
    mark: float  # points


ON_A_CARD: Final = Sizes(least=3.5, most=8, gap=0.5, gutter=5, label=6.5, number=9, mark=7.5)
IN_LARGE_PRINT: Final = Sizes(least=9, most=13, gap=1, gutter=10, label=13, number=18, mark=16)

_WIDEST: Final = 1.6  # a box's width in heights, where there is room


@dataclass(frozen=True)
class Grid:
    """Rows of boxes, a bid each, in columns that are filled one after the other.

    `points` are what a row's boxes say. Without any, a row is one box, for a cross or for a number to be written in.
    """

    points: tuple[int, ...]
    rows: int
    column_width: float
    row_height: float
    box_width: float
    box_height: float

    def place_of(self, number: int, gutter: float) -> tuple[float, float]:
        """Where the row of the bid with this number begins, in mm from the grid's corner."""
        column, row = divmod(number - 1, self.rows)
        return column * (self.column_width + gutter), row * self.row_height


def points_to_cross(rules: BallotRules) -> tuple[int, ...]:
    """The points that a bid can be given by crossing one of them; nothing where there is no such scale."""
    is_scale = rules.kind in (BallotKind.SCORE, BallotKind.CHOOSE_THEN_SCORE)
    if not is_scale or rules.max_points is None:
        return ()
    return tuple(range(rules.min_points or 1, rules.max_points + 1))


def grid_for(bids: int, points: tuple[int, ...], width: float, height: float, sizes: Sizes) -> Grid | None:
    """The grid with the largest boxes for so many bids in this room; None if a box would be too small to mark."""
    fitting = [grid for grid in _grids(bids, points, width, height, sizes) if _side(grid) >= sizes.least]
    return max(fitting, key=_side, default=None)


def _side(grid: Grid) -> float:
    # Rounded, so that among as good as equal ones the first is taken: that with the fewest columns.
    return round(min(grid.box_width, grid.box_height), 1)


def _grids(bids: int, points: tuple[int, ...], width: float, height: float, sizes: Sizes) -> Iterator[Grid]:
    for columns in range(1, bids + 1):
        rows = math.ceil(bids / columns)
        column_width = (width + sizes.gutter) / columns - sizes.gutter
        box_height = min(height / rows - sizes.gap, sizes.most)
        room = (column_width - sizes.label) / max(len(points), 1) - sizes.gap
        yield Grid(
            points,
            rows,
            column_width,
            min(height / rows, (sizes.most + sizes.gap) * 1.25),
            min(room, box_height * _WIDEST),
            box_height,
        )
