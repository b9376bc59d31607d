"""An event's key as a person can read it off a sealed sheet and type it: thirteen groups of four symbols and a check.

The symbols are those of the codes on slips. The check symbol of a group depends on its place, so that a wrong symbol,
or two groups that changed places, is found and named.
"""

from collections.abc import Sequence

from pbvote.core.codes import ALPHABET, LOOKALIKES, times

GROUPS = 13
_BODY = 4  # symbols of a group, without its check


class BadGroup(ValueError):
    """A group that can't have stood on the sheet. `number` counts from 1; 0 where the number of groups is wrong."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def key_in_groups(key: bytes) -> list[str]:
    """A key of 32 bytes as 13 groups of 5 symbols."""
    number = int.from_bytes(key) << 4  # 256 bits and four of filling make 52 symbols
    symbols = [ALPHABET[number >> shift & 31] for shift in range(255, -1, -5)]
    bodies = ["".join(symbols[start : start + _BODY]) for start in range(0, len(symbols), _BODY)]
    return [body + _check_of(body, place) for place, body in enumerate(bodies)]


def read_group(typed: str, number: int) -> str:
    """The group that stands on the sheet as this number, from 1 on. Raises `BadGroup` for a slip of the fingers."""
    group = typed.strip().upper().translate(LOOKALIKES)
    is_whole = len(group) == _BODY + 1 and set(group) <= set(ALPHABET)
    if not is_whole or _check_of(group[:_BODY], number - 1) != group[_BODY]:
        raise BadGroup(number)
    return group


def key_from_groups(typed: Sequence[str]) -> bytes:
    """The key that these groups stand for, in whatever case. Raises `BadGroup`."""
    if len(typed) != GROUPS:
        raise BadGroup(0)
    number = 0
    for place, text in enumerate(typed):
        for symbol in read_group(text, place + 1)[:_BODY]:
            number = number << 5 | ALPHABET.index(symbol)
    if number & 15:
        raise BadGroup(GROUPS)
    return (number >> 4).to_bytes(32)


def _check_of(body: str, place: int) -> str:
    """The check symbol of a group: its symbols weighted by 2, 4, 8 and 16 in GF(32), and its place beside them."""
    total = place + 1
    for weight, symbol in zip((2, 4, 8, 16), body, strict=True):
        total ^= times(weight, ALPHABET.index(symbol))
    return ALPHABET[total]
