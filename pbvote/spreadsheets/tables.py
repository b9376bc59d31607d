"""What a table is: typed columns, and rows of cells."""

import datetime as dt
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pbvote.core.plain import plain_lines

Cell = str | int | dt.date | bool | None
"""Text, pence or a whole number, a day, a yes or no, or nothing. A text that says nothing is ""."""

MOST_CHARACTERS = 32_767
"""What one cell of an XLSX file can hold."""
_NO_XML = dict.fromkeys((0xFFFE, 0xFFFF))


class Kind(enum.Enum):
    """What the cells of a column are, in Python and in the sheet."""

    TEXT = "text"
    """One line."""
    LONG = "long text"
    """Lines and paragraphs."""
    NUMBERED = "registered number"
    """Text of digits that no spreadsheet may shorten: 05551234."""
    TELEPHONE = "telephone number"
    MONEY = "money"
    """Pence here, pounds in the sheet."""
    WHOLE = "whole number"
    DAY = "date"
    YES_NO = "yes or no"


TEXTS = frozenset({Kind.TEXT, Kind.LONG, Kind.NUMBERED, Kind.TELEPHONE})


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` is in characters; `note` tells whoever fills it in what is wanted."""

    name: str
    kind: Kind = Kind.TEXT
    width: int = 20
    note: str = ""
    aliases: tuple[str, ...] = ()
    """Other names by which a sheet that comes in may call it."""
    is_needed: bool = False
    """Whether a sheet without this column is refused."""
    most: int = MOST_CHARACTERS
    """The most characters of a text."""
    choices: tuple[str, ...] = ()
    """The texts that may stand in it, besides none; empty where any may."""


def money_column(name: str, currency: str, *, note: str = "", aliases: tuple[str, ...] = ()) -> Column:
    """A column of amounts, the currency in its name and none in its cells: ``Amount (GBP)``."""
    return Column(f"{name} ({currency})", Kind.MONEY, 16, note, (name, *aliases))


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; each row has a cell for each column."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    """They are read once, from the first to the last."""
    notes_title: str = "What to fill in"
    """The name of the sheet that tells what is wanted in each column, or what it says."""


def plain_text(text: str, kind: Kind) -> str:
    """A text as a cell of this kind keeps it: without blanks at its ends and characters that nobody sees."""
    if text.isascii() and text.isprintable():  # which most are, and a list has thousands
        return text.strip()
    plain = plain_lines(text).translate(_NO_XML)
    return (plain if kind is Kind.LONG else plain.replace("\n", " ").replace("\t", " ")).strip()
