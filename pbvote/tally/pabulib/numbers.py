"""Numbers as a `.pb` file writes them: never floats, never larger than can be counted with."""

import re
from dataclasses import dataclass
from fractions import Fraction

_DECIMAL = re.compile(r"(-?)([0-9]{1,15})(?:[.,]([0-9]{1,18}))?", re.ASCII)


@dataclass(frozen=True)
class Decimal:
    """A decimal number, exactly: `digits` / 10 ** `places`. Trailing zeros after the point are not kept."""

    digits: int
    places: int

    @classmethod
    def read(cls, text: str) -> "Decimal":
        """Read a number with a decimal point or comma; raises ValueError for anything else, like `1e9`."""
        match = _DECIMAL.fullmatch(text.strip())
        if match is None:
            raise ValueError(text)
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


def written(amount: int, minor_units: int) -> str:
    """An amount in minor units as a `.pb` file writes it, in units of the currency: 133175111 -> `1331751.11`."""
    places = len(str(minor_units)) - 1
    sign, digits = ("-" if amount < 0 else ""), str(abs(amount)).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"
