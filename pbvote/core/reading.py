"""Numbers, days and times read from what people type, in the digits of any script.

Every refusal is a sentence for the person who typed.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from pbvote.core.plain import plain_digits

MOST_ROW_NUMBER: Final = 2**31 - 1
"""What PostgreSQL's INTEGER holds."""
LONGEST_SENT: Final = 9
"""Digits of a number that fits there, whatever it is."""
PARTS: Final = ("day", "month", "year")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})", re.ASCII)
_CLOCK: Final = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*([ap])?\.?(?(3)m\.?)", re.ASCII)


class ReadingError(ValueError):
    """What was typed can't be read; the text is a sentence for the person who typed it."""


class DayError(ReadingError):
    """No day, or not a whole one; `parts` are those to put right."""

    def __init__(self, sentence: str, parts: tuple[str, ...] = PARTS) -> None:
        super().__init__(sentence)
        self.parts = parts


def parse_number(text: str) -> int:
    """A whole number, with or without commas between thousands."""
    typed = plain_digits(text).strip()
    if not _NUMBER.fullmatch(typed):
        raise ReadingError("Enter a whole number, like 5 or 1,200")
    return int(typed.replace(",", ""))


def sent_number(text: str | None) -> int:
    """The number that a page sent back as it was given it, in a hidden box or an address; 0 for what no page says."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= LONGEST_SENT else 0


def row_number(text: str) -> int:
    """The number of a row, as a form's ticked boxes send it back; `ValueError` for what no database numbers so."""
    number = int(text)
    if not 0 < number <= MOST_ROW_NUMBER:
        raise ValueError("no number of a row")
    return number


def parse_time(text: str) -> dt.time:
    """A time of day: "1:30pm", "1.30 p.m.", "1pm", "13:30", "noon". "1:30" could be two times and is refused."""
    typed = plain_digits(text).strip().lower()
    if typed in {"noon", "midday", "12 noon"}:
        return dt.time(12)
    match = _CLOCK.fullmatch(typed)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 99)
    half = match[3] if match else None
    if not match or minute > 59 or hour > (12 if half else 23) or (half and not hour):
        raise ReadingError("Enter a time, like 1:30pm or 13:30")
    if half:
        return dt.time(hour % 12 + (12 if half == "p" else 0), minute)
    if len(match[1]) == 1 or match[2] is None:
        raise ReadingError("Say am or pm, like 1:30pm, or use the 24-hour clock, like 13:30")
    return dt.time(hour, minute)


def parse_day(typed: Mapping[str, str]) -> dt.date:
    """A day from its `day`, `month` (a number or a name) and `year`."""
    plain = {part: plain_digits(typed.get(part, "")).strip() for part in PARTS}
    missing = tuple(part for part in PARTS if not plain[part])
    if missing:
        raise DayError(f"The date must include a {' and '.join(missing)}", missing)
    day, year = plain["day"], plain["year"]
    month = _month(plain["month"].lower())
    if not re.fullmatch(r"[0-9]{4}", year, re.ASCII):
        raise DayError("The year must have 4 numbers, like 2027", ("year",))
    if month is None:
        raise DayError("The month must be a number from 1 to 12", ("month",))
    try:
        return dt.date(int(year), month, int(day) if re.fullmatch(r"[0-9]{1,2}", day, re.ASCII) else 0)
    except ValueError:
        raise DayError("The date must be a real date", ("year",) if year == "0000" else ("day",)) from None


def _month(typed: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,2}", typed, re.ASCII):
        return int(typed) if 1 <= int(typed) <= 12 else None
    return _MONTHS.index(typed[:3]) + 1 if len(typed) >= 3 and typed[:3] in _MONTHS else None
