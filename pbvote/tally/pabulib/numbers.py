"""Numbers as a `.pb` file writes them: never floats, never larger than can be counted with."""

import re
from dataclasses import dataclass
from fractions import Fraction

_DECIMAL = re.compile(r"(-?)([0-9]{1,15})(?:[.,]([0-9]{1,18}))?", re.ASCII)
# 1,000 and 1.000.000 and 1 000: marks between thousands. One point is the format's own decimal point.
_THOUSANDS = re.compile(
    r"-?[0-9]{1,3}(?:(?:[,' _\u00a0\u202f][0-9]{3})+(?:[.,][0-9]*)?|(?:\.[0-9]{3}){2,}(?:,[0-9]*)?)", re.ASCII
)
_EXPONENT = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+", re.ASCII)


class NumberError(ValueError):
    """A text that is no number; `reason` says why, to be put behind the text: `is no number …`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Decimal:
    """A decimal number, exactly: `digits` / 10 ** `places`. Trailing zeros after the point are not kept."""

    digits: int
    places: int

    @classmethod
    def read(cls, text: str) -> "Decimal":
        """Read a number with a decimal point or comma; raises NumberError for anything else, like `1e9` and `1,000`."""
        match = _DECIMAL.fullmatch(text.strip())
        if _THOUSANDS.fullmatch(text.strip()):
            raise NumberError("has a mark between its thousands; write it without one")
        if match is None:
            if _EXPONENT.fullmatch(text.strip()):
                raise NumberError("has an exponent; write all its digits")
            raise NumberError("is no number that can be counted with")
        sign, whole, part = match.groups()
        part = (part or "").rstrip("0")
        return cls(int(sign + whole + part), len(part))

    @property
    def value(self) -> Fraction:
        return Fraction(self.digits, 10**self.places)

    def scaled(self, places: int) -> int:
        """The number in units of 10 ** -`places`, which must not be coarser than the number itself."""
        factor: int = 10 ** (places - self.places)
        return self.digits * factor


def oddity(text: str) -> str:
    """How a number was read that could be meant otherwise, to be put behind the text; empty if it is plain."""
    if "," in text:
        return f"is read as {text.strip().replace(',', '.')}, with a decimal comma"
    whole, _, part = text.strip().partition(".")
    return f"is read as {int(whole)}, with a decimal point" if len(part) == 3 and not part.strip("0") else ""


def written(amount: int, minor_units: int) -> str:
    """An amount in minor units as a `.pb` file writes it, in units of the currency: 133175111 -> `1331751.11`."""
    places = len(str(minor_units)) - 1
    sign, digits = ("-" if amount < 0 else ""), str(abs(amount)).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"
