"""One cell: read from what a spreadsheet made of it, and written without what only a spreadsheet adds."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Final

from pbvote.core.money import MoneyError, parse_money
from pbvote.core.plain import plain_digits
from pbvote.core.reading import PARTS, ReadingError, parse_day, parse_number
from pbvote.spreadsheets.tables import TEXTS, Cell, Column, Kind, plain_text

YES, NO = "Yes", "No"
_YES: Final = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
_NO: Final = frozenset({"no", "n", "false", "0"})
_FAILED: Final = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_SHORTENED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+?[0-9]+", re.ASCII)
_WITHOUT_ZERO: Final = re.compile(r"[1-9][0-9]{8,9}", re.ASCII)
_CLOCK: Final = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?$", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(?:[A-Za-z]+,? )?([0-9]{1,2})[-/. ]+([0-9]{1,2}|[A-Za-z]+)[-/., ]+([0-9]+)", re.ASCII)


class CellError(ValueError):
    """A cell that can't be read; the text is a sentence for whoever filled it in."""


def read_cell(text: str, column: Column) -> Cell:
    """What the cell says. Raises `CellError`."""
    kind = column.kind
    if text.strip() in _FAILED:
        raise CellError(f"The formula here has failed: {text.strip()}")
    plain = plain_text(text, kind)
    if kind in TEXTS:
        if len(plain) > column.most:
            raise CellError(f"Use {column.most:,} characters or fewer. These are {len(plain):,}")
        return _choice(plain, column) if column.choices and plain else _whole_text(plain, kind)
    if not plain:
        return None
    try:
        return _READERS[kind](plain_digits(plain))
    except (MoneyError, ReadingError) as error:
        raise CellError(str(error)) from None


def _choice(text: str, column: Column) -> str:
    """The choice that is meant, in whatever case it was typed."""
    meant = (choice for choice in column.choices if choice.casefold() == text.casefold())
    if (choice := next(meant, None)) is None:
        raise CellError(f"Enter one of these: {', '.join(column.choices)}")
    return choice


def _whole_text(text: str, kind: Kind) -> str:
    """A number that was meant as a text, as it was before a spreadsheet took it for a number."""
    if kind in {Kind.NUMBERED, Kind.TELEPHONE} and _SHORTENED.fullmatch(text):
        raise CellError(f"The spreadsheet has shortened this number to {text}. Type it again, as text")
    # No telephone number in the UK begins with another digit, and none of that length needs no zero.
    return f"0{text}" if kind is Kind.TELEPHONE and _WITHOUT_ZERO.fullmatch(text) else text


def _money(text: str) -> int:
    """Pence. Below zero with a minus, or in brackets as accounts have it."""
    amount = re.sub(r"^(-?)\s*£", r"\1", re.sub(r"^GBP\b|\bGBP$", "", text).strip())
    if amount.startswith("(") and amount.endswith(")"):
        amount = f"-{amount[1:-1].strip()}"
    return -parse_money(amount[1:]) if amount[:1] == "-" else parse_money(amount)


def _day(text: str) -> dt.date:
    """A day, whether the year stands first or last. A clock after it says nothing."""
    day = _CLOCK.sub("", text)
    if match := _YEAR_FIRST.fullmatch(day):
        return parse_day(dict(zip(reversed(PARTS), match.groups(), strict=True)))
    if match := _DAY_FIRST.fullmatch(day):
        return parse_day(dict(zip(PARTS, match.groups(), strict=True)))
    raise CellError("Enter a date, like 12 July 2014 or 12/07/2014")


def _yes_no(text: str) -> bool:
    if text.casefold() not in _YES | _NO:
        raise CellError("Enter Yes or No")
    return text.casefold() in _YES


_READERS: Final[Mapping[Kind, Callable[[str], Cell]]] = {
    Kind.MONEY: _money,
    Kind.WHOLE: parse_number,
    Kind.DAY: _day,
    Kind.YES_NO: _yes_no,
}


def write_cell(cell: Cell, kind: Kind) -> str:
    """The cell as text: 1000.50, 2014-07-12, Yes. A spreadsheet in any country reads these as what they are."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, int):
        sign, amount = "-" if cell < 0 else "", abs(cell)
        return f"{sign}{amount // 100}.{amount % 100:02d}" if kind is Kind.MONEY else str(cell)
    return plain_text(cell, kind)
