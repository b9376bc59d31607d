"""Blocks of different heights in columns and pages, whole and in order."""

from collections.abc import Sequence


def fill(heights: Sequence[float], rooms: Sequence[float], gap: float) -> list[list[int]] | None:
    """Which blocks go into which of these columns, by their places; None where they don't all fit.

    `rooms` are the columns' heights. A block is never divided.
    """
    columns: list[list[int]] = []
    place = 0
    for room in rooms:
        column: list[int] = []
        used = 0.0
        while place < len(heights) and used + heights[place] <= room:
            used += heights[place] + gap
            column.append(place)
            place += 1
        columns.append(column)
    return columns if place == len(heights) else None


def level(heights: Sequence[float], rooms: Sequence[float], gap: float) -> list[list[int]] | None:
    """The same with columns as level as can be, so that the last is not left empty."""
    best = fill(heights, rooms, gap)
    low, high = 0.0, 1.0
    for _ in range(12 if best else 0):
        middle = (low + high) / 2
        found = fill(heights, [room * middle for room in rooms], gap)
        if found:
            best, high = found, middle
        else:
            low = middle
    return best
