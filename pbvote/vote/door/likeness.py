"""Which names may be one person's: Zach and Zachary, Łukasz and Lukasz. It tells a steward, and decides nothing."""

from collections.abc import Iterable
from typing import Final, TypeVar

from rapidfuzz import fuzz

from pbvote.core.searching import folded

LIKE: Final = 80.0
"""Of 100, from which two words may be the same one written differently."""
LEAST_LETTERS: Final = 3
"""Nobody looks through the list by its initials."""

T = TypeVar("T")


def has_enough_letters(text: str) -> bool:
    """Whether there are enough letters to look for."""
    return sum(letter.isalpha() for letter in text) >= LEAST_LETTERS


def is_like(one: str, other: str) -> bool:
    """Whether each word of the shorter name is like a word of the other."""
    few, many = sorted((folded(one).split(), folded(other).split()), key=len)
    return bool(few) and all(any(_is_like_word(word, its) for its in many) for word in few)


def _is_like_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= LEAST_LETTERS and (long.startswith(short) or fuzz.ratio(short, long) >= LIKE))


def most_alike(name: str, others: Iterable[tuple[str, T]]) -> list[tuple[str, T]]:
    """Those of `others` that are like the name, the likest first."""
    alike = [other for other in others if is_like(name, other[0])]
    return sorted(alike, key=lambda other: (-fuzz.token_sort_ratio(folded(name), folded(other[0])), other[0]))
