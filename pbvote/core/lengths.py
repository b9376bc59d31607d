"""Amounts as lengths of one bar: from where to where each goes, in per cent of it."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple


class Length(NamedTuple):
    """A piece of a bar, in per cent of the whole."""

    start: float
    width: float


def lengths_of(amounts: Sequence[int], whole: int) -> list[Length]:
    """The pieces of these amounts, one after another, in a bar that stands for `whole`, which is more than 0."""
    starts = accumulate(amounts, initial=0)
    pieces = zip(starts, amounts, strict=False)  # the last of them starts where the bar ends
    return [Length(round(100 * start / whole, 3), round(100 * amount / whole, 3)) for start, amount in pieces]
