"""The code on a slip: twelve symbols that a tired person can read, type and mistype safely.

Eleven symbols are random (55 bits); the twelfth is a check symbol over GF(32). The alphabet is Crockford's base32
(https://www.crockford.com/base32.html), which leaves out I, L, O and U.
"""

import re
import secrets
import unicodedata

from pbvote.core.plain import plain_digits

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12

_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""Letters that the alphabet leaves out, and the digits that they are read as."""
_FRAGMENT = re.compile(r".*(?:#|%23)", re.DOTALL)


def _powers() -> tuple[int, ...]:
    """The first powers of x in GF(2)[x]/(x^5 + x^2 + 1), highest first: twelve different weights, none of them zero."""
    powers = [1]
    while len(powers) < LENGTH:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 0b100000 else doubled)
    return tuple(reversed(powers))


_WEIGHTS = _powers()


def times(left: int, right: int) -> int:
    """The product of two elements of GF(32)."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0b100000:
            left ^= 0b100101
        right >>= 1
    return product


def _weighted_sum(symbols: str) -> int:
    """The sum of weight times value. Of twelve symbols it is zero exactly when the check symbol is right.

    The weights differ and none is zero, so one wrong symbol, or any two that changed places, always shows.
    """
    total = 0
    for weight, symbol in zip(_WEIGHTS, symbols, strict=False):
        total ^= times(weight, _VALUE[symbol])
    return total


def new_code() -> str:
    """A fresh code: twelve symbols without separators, 55 random bits."""
    return _checked("".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1)))


def code_from(drawn: bytes) -> str:
    """The code that the first 55 bits of these bytes give."""
    bits = int.from_bytes(drawn[:7], "big") >> 1
    return _checked("".join(ALPHABET[bits >> 5 * place & 31] for place in range(LENGTH - 1)))


def _checked(body: str) -> str:
    return body + ALPHABET[_weighted_sum(body)]


def read_code(typed: str) -> str | None:
    """The code that somebody typed, scanned or pasted, or None where it can't be one.

    Case, spaces, punctuation and invisible marks don't count; O reads as 0, I and L as 1; digits of any script are
    digits; whatever stands before a ``#`` or ``%23`` (a whole address) is dropped. A wrong check symbol reads as None.
    """
    symbols = symbols_of(typed)
    if len(symbols) != LENGTH or any(symbol not in _VALUE for symbol in symbols):
        return None
    return symbols if _weighted_sum(symbols) == 0 else None


def symbols_of(typed: str) -> str:
    """The symbols that were typed, as many as there are, right or wrong: of a whole address those of its fragment."""
    text = plain_digits(unicodedata.normalize("NFKC", _FRAGMENT.sub("", typed[:500])))
    return "".join(sign for sign in text if sign.isalpha() or sign.isdecimal()).upper().translate(LOOKALIKES)


def in_groups(code: str) -> str:
    """A code as it is printed: ``K7QF-9M2T-XW4R``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
