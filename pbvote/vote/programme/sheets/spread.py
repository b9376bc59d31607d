"""The largest letters with which all bids fit into so many columns and pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pbvote.printing.columns import fill, level
from pbvote.printing.setting import Setting
from pbvote.printing.words import POINT
from pbvote.vote.programme.matter import Item
from pbvote.vote.programme.sheets.block import Block, Look, Measures

MOST_PAGES = 100
_STEPS = 24
_WORTH_A_COLUMN = 0.72
_WORTH_A_PHOTO = 0.8


@dataclass(frozen=True)
class Space:
    """Where blocks go: the height of a column on the first page and on those after it, in mm."""

    width: float
    first: float
    other: float
    gutter: float
    """Between columns."""
    gap: float
    """Between blocks, in sizes of the title."""

    def column(self, columns: int) -> float:
        """How wide each of so many columns is."""
        return (self.width + self.gutter) / columns - self.gutter

    def heights(self, columns: int, pages: int) -> list[float]:
        """The columns of so many pages, one after the other."""
        return [self.first] * columns + [self.other] * columns * (pages - 1)


@dataclass(frozen=True)
class Spread:
    """Blocks in their columns, page by page."""

    blocks: list[Block]
    columns: int
    column_width: float
    gap: float
    pages: list[list[list[Block]]]

    @property
    def letters(self) -> float:
        """The size of the titles, in points."""
        return self.blocks[0].measures.look.title

    @property
    def used(self) -> int:
        """On how many pages a block stands."""
        return sum(any(page) for page in self.pages)


def spread_out(
    setting: Setting,
    items: Sequence[Item],
    look: Look,
    room: Space,
    *,
    columns: Sequence[int],
    least: float,
    most_pages: int = 1,
) -> Spread:
    """The bids with their photos, on as few pages as without them, and never on more than they may take.

    They go without where photos would make the letters much smaller. Sizes and columns are chosen as `_largest` does.
    """
    if not look.photo or not any(item.photo for item in items):
        return _largest(setting, items, look, room, columns, least, most_pages)
    plain = _largest(setting, items, replace(look, photo=0), room, columns, least, most_pages)
    most = max(plain.used, most_pages)
    for pages in range(plain.used, most + 1):
        pictured = _largest(setting, items, look, room, columns, least, pages)
        if pictured.used <= most and pictured.letters >= plain.letters * _WORTH_A_PHOTO:
            return pictured
    return plain


def _largest(
    setting: Setting,
    items: Sequence[Item],
    look: Look,
    room: Space,
    columns: Sequence[int],
    least: float,
    most_pages: int,
) -> Spread:
    """The bids in the largest letters that fit on `most_pages`, from `look` down to `least` of it.

    Where even the smallest don't fit, there are as few more pages as will do. Titles are read best in a wide column, so
    more columns are taken only where they make the letters much larger.
    """
    scales = [1 - step * (1 - least) / _STEPS for step in range(_STEPS + 1)]

    def largest(number: int, pages: int) -> tuple[float, Spread] | None:
        place = _first(len(scales), lambda at: _spread(setting, items, look.scaled(scales[at]), room, number, pages))
        return None if place is None else (scales[place[0]], place[1])

    for pages in range(most_pages, MOST_PAGES):
        found = [each for number in columns if (each := largest(number, pages))]
        if found:
            best = max(scale for scale, _ in found)
            return next(spread for scale, spread in found if scale >= best * _WORTH_A_COLUMN)
    raise ValueError("One bid alone is longer than a page.")


def _first(number: int, found_at: Callable[[int], Spread | None]) -> tuple[int, Spread] | None:
    """The first place where something is found, if it is found in all places after it too; None where nowhere."""
    low, high, best = 0, number, None
    while low < high:
        middle = (low + high) // 2
        found = found_at(middle)
        if found:
            best, high = (middle, found), middle
        else:
            low = middle + 1
    return best


def _spread(
    setting: Setting, items: Sequence[Item], look: Look, room: Space, columns: int, pages: int
) -> Spread | None:
    width, gap = room.column(columns), room.gap * look.title * POINT
    measures = Measures.of(setting, items, look, width)
    if min(map(measures.title, items)) < width * 0.4:  # numbers, photos and amounts would leave no room for words
        return None
    blocks = [Block.of(setting, item, measures) for item in items]
    heights = [block.height for block in blocks]
    rooms = room.heights(columns, pages)
    places = level(heights, rooms, gap) if len(set(rooms)) == 1 else fill(heights, rooms, gap)
    if places is None:
        return None
    filled = [[blocks[place] for place in column] for column in places]
    return Spread(blocks, columns, width, gap, [filled[at : at + columns] for at in range(0, len(filled), columns)])


def draw_page(setting: Setting, spread: Spread, page: int, x: float, y: float, room: Space) -> None:
    """The columns of one page, with their tops at `y`; on one page alone they are stretched a little to fill it."""
    height = room.first if page == 0 else room.other
    for place, column in enumerate(spread.pages[page]):
        left = x + place * (spread.column_width + room.gutter)
        gap = _stretched(spread, column, height) if len(spread.pages) == 1 else spread.gap
        top = y
        for at, block in enumerate(column):
            if at:
                setting.rule(left, top - gap / 2, spread.column_width)
            block.draw(setting, left, top)
            top += block.height + gap


def _stretched(spread: Spread, column: Sequence[Block], height: float) -> float:
    """The gap with which the fullest column ends at the foot, at most two and a half times the usual one."""
    fullest = max((each for each in spread.pages[0]), key=lambda each: sum(block.height + spread.gap for block in each))
    free = height - sum(block.height for block in fullest)
    own = (height - sum(block.height for block in column)) / max(len(column) - 1, 1)
    return min(max(spread.gap, free / max(len(fullest) - 1, 1)), spread.gap * 2.5, max(own, spread.gap))
