"""A bid as a block of a print: number and photo at the side; title and amount; under them the group and the summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pbvote.printing.setting import Setting, height_of
from pbvote.printing.words import POINT
from pbvote.vote.programme.matter import Item
from pbvote.vote.programme.sheets.photos import draw_photo

_CAPITAL: Final = 0.714  # how tall a capital is, in sizes
_ABOVE: Final = 0.236  # what is above it in its line
_UNDER: Final = 0.06  # what a number needs under its foot


@dataclass(frozen=True)
class Look:
    """The letters of a block, in points. A `summary` of 0 leaves the summary out, and a `photo` of 0 the photo."""

    number: float
    title: float
    group: float
    summary: float
    photo: float = 0
    """The side of the square that is shown of a photo, in points too, so that it grows with the letters."""

    def scaled(self, by: float) -> "Look":
        """The same, larger or smaller."""
        return Look(self.number * by, self.title * by, self.group * by, self.summary * by, self.photo * by)


@dataclass(frozen=True)
class Measures:
    """What all the blocks of a print share, in mm."""

    look: Look
    width: float
    indent: float
    """For the numbers."""
    ask: float
    """For the amounts."""

    @classmethod
    def of(cls, setting: Setting, items: Sequence[Item], look: Look, width: float) -> "Measures":
        """As much for numbers and amounts as the longest of them needs."""
        widest = max(setting.width(str(item.number), look.number, bold=True) for item in items)
        ask = max(setting.width(item.ask, look.title, bold=True) for item in items)
        return cls(look, width, widest + look.number * POINT * 0.4, ask)

    @property
    def photo(self) -> float:
        """The side of a photo."""
        return self.look.photo * POINT

    def side(self, item: Item) -> float:
        """What the number takes beside the words, and the photo of a bid that has one."""
        return self.indent + (self.photo + self.look.title * POINT * 0.5 if self.photo and item.photo else 0)

    def words(self, item: Item) -> float:
        """The width of what stands beside them."""
        return self.width - self.side(item)

    def title(self, item: Item) -> float:
        """The width of the title, beside the amount."""
        return self.words(item) - self.ask - self.look.title * POINT * 0.8


@dataclass(frozen=True)
class Block:
    """A bid, set in lines."""

    item: Item
    title: list[str]
    group: list[str]
    summary: list[str]
    measures: Measures

    @classmethod
    def of(cls, setting: Setting, item: Item, measures: Measures) -> "Block":
        """The bid in lines of these measures."""
        look, words = measures.look, measures.words(item)
        return cls(
            item,
            setting.lines(item.title, look.title, measures.title(item), bold=True),
            setting.lines(item.group, look.group, words),
            setting.lines(item.summary, look.summary, words) if look.summary else [],
            measures,
        )

    @property
    def height(self) -> float:
        """In mm; never less than the number's."""
        look = self.measures.look
        words = height_of(self.title, look.title) + height_of(self.group, look.group)
        summary = height_of(self.summary, look.summary) + (look.summary * POINT * 0.25 if self.summary else 0)
        number = (look.title * _ABOVE + look.number * (_CAPITAL + _UNDER)) * POINT
        photo = look.title * _ABOVE * POINT + self.measures.photo if self.item.photo else 0
        return max(words + summary, number, photo)

    def draw(self, setting: Setting, x: float, y: float) -> None:
        """With the block's top at `y`."""
        look, measures = self.measures.look, self.measures
        at = y + _ABOVE * look.title * POINT
        beside, words = x + measures.side(self.item), measures.words(self.item)
        # The number's head is level with the head of the title's capitals.
        head = y + _ABOVE * (look.title - look.number) * POINT
        number = str(self.item.number)
        setting.write([number], look.number, x, head, measures.indent, bold=True)
        setting.write([self.item.ask], look.title, x, y, measures.width, bold=True, edge="end")
        y = setting.write(self.title, look.title, beside, y, measures.title(self.item), bold=True)
        y = setting.write(self.group, look.group, beside, y, words)
        setting.write(self.summary, look.summary, beside, y + look.summary * POINT * 0.25, words)
        if self.item.photo and measures.photo:
            draw_photo(setting, self.item.photo, x + measures.indent, at, measures.photo, measures.photo)
