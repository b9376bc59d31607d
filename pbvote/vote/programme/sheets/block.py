"""A bid as a block of a print: its number at the side; title and amount; under them the group and the summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pbvote.printing.setting import Setting, height_of
from pbvote.printing.words import POINT
from pbvote.vote.programme.matter import Item

_CAPITAL: Final = 0.714  # how tall a capital is, in sizes
_ABOVE: Final = 0.236  # what is above it in its line
_UNDER: Final = 0.06  # what a number needs under its foot


@dataclass(frozen=True)
class Look:
    """The letters of a block, in points. A `summary` of 0 leaves the summary out."""

    number: float
    title: float
    group: float
    summary: float

    def scaled(self, by: float) -> "Look":
        """The same, larger or smaller."""
        return Look(self.number * by, self.title * by, self.group * by, self.summary * by)


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
    def words(self) -> float:
        """The width of what stands beside the number."""
        return self.width - self.indent

    @property
    def title(self) -> float:
        """The width of the title, beside the amount."""
        return self.words - self.ask - self.look.title * POINT * 0.8


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
        look = measures.look
        return cls(
            item,
            setting.lines(item.title, look.title, measures.title, bold=True),
            setting.lines(item.group, look.group, measures.words),
            setting.lines(item.summary, look.summary, measures.words) if look.summary else [],
            measures,
        )

    @property
    def height(self) -> float:
        """In mm; never less than the number's."""
        look = self.measures.look
        words = height_of(self.title, look.title) + height_of(self.group, look.group)
        summary = height_of(self.summary, look.summary) + (look.summary * POINT * 0.25 if self.summary else 0)
        number = (look.title * _ABOVE + look.number * (_CAPITAL + _UNDER)) * POINT
        return max(words + summary, number)

    def draw(self, setting: Setting, x: float, y: float) -> None:
        """With the block's top at `y`."""
        look, beside = self.measures.look, x + self.measures.indent
        # The number's head is level with the head of the title's capitals.
        head = y + _ABOVE * (look.title - look.number) * POINT
        number = str(self.item.number)
        setting.write([number], look.number, x, head, self.measures.indent, bold=True)
        setting.write([self.item.ask], look.title, x, y, self.measures.width, bold=True, edge="end")
        y = setting.write(self.title, look.title, beside, y, self.measures.title, bold=True)
        y = setting.write(self.group, look.group, beside, y, self.measures.words)
        setting.write(self.summary, look.summary, beside, y + look.summary * POINT * 0.25, self.measures.words)
