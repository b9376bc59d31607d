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
    comfortable: float  # the side of one that titles and languages must leave
    most: float
    tallest_row: float
    gap: float  # between boxes
    gutter: float  # between columns
    label: float  # what a bid's number takes, before its boxes
    number: float  # points
    mark: float  # points
    title: float  # points, at most
    least_title: float  # points
    title_width: float  # mm, at least


ON_A_CARD: Final = Sizes(
    least=3.5,
    comfortable=5,
    most=8,
    tallest_row=13,
    gap=0.5,
    gutter=5,
    label=6.5,
    number=9,
    mark=7.5,
    title=9.5,
    least_title=7,
    title_width=32,
)
IN_LARGE_PRINT: Final = Sizes(
    least=10,
    comfortable=11,
    most=16,
    tallest_row=50,
    gap=0.8,
    gutter=10,
    label=15,
    number=22,
    mark=16,
    title=24,
    least_title=16,
    title_width=52,
)

_WIDEST: Final = 1.6  # a box's width in heights, where there is room


@dataclass(frozen=True)
class Grid:
    """Rows of boxes, a bid each, in columns that are filled one after the other.

    `points` are what a row's boxes say. Without any, a row is one box, for a cross or for a number to be written in.
    """

    bids: int
    points: tuple[int, ...]
    rows: int
    column_width: float
    row_height: float
    box_width: float
    box_height: float
    title_width: float
    """What is left for the bids' titles, between their numbers and their boxes; 0 without titles."""

    def boxes_left(self, sizes: Sizes) -> float:
        """Where a row's boxes begin, in mm from its corner: behind the number, or at the right of the title."""
        if not self.title_width:
            return sizes.label
        boxes = max(len(self.points), 1)
        return self.column_width - boxes * (self.box_width + sizes.gap) + sizes.gap

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


def grid_for(
    bids: int,
    points: tuple[int, ...],
    width: float,
    height: float,
    sizes: Sizes,
    *,
    least: float,
    has_titles: bool = False,
) -> Grid | None:
    """The grid with the largest boxes for so many bids in this room; None if a box's side would be under `least`."""
    grids = [_titled(bids, points, width, height, sizes)] if has_titles else _grids(bids, points, width, height, sizes)
    return max((grid for grid in grids if _side(grid) >= least), key=_side, default=None)


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
            bids,
            points,
            rows,
            column_width,
            min(height / rows, (sizes.most + sizes.gap) * 1.5),
            min(room, box_height * _WIDEST),
            box_height,
            title_width=0,
        )


def _titled(bids: int, points: tuple[int, ...], width: float, height: float, sizes: Sizes) -> Grid:
    """One column of square boxes: a title takes the width that others would need."""
    boxes = max(len(points), 1)
    box_height = min(height / bids - sizes.gap, sizes.most)
    room = (width - sizes.label - sizes.title_width) / boxes - sizes.gap
    box_width = min(room, box_height)
    title_width = width - sizes.label - boxes * (box_width + sizes.gap) - sizes.gap
    row_height = min(height / bids, sizes.tallest_row)
    return Grid(bids, points, bids, width, row_height, box_width, box_height, title_width)
