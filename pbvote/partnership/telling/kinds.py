"""What a partnership’s letters can tell. A kind is a function that finds what happened between two moments."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pbvote.localities.models import Locality


@dataclass(frozen=True, slots=True)
class PieceOfNews:
    """One thing that happened, as a letter says it."""

    at: dt.datetime
    line: str
    page: str
    """Where it can be read."""


Find = Callable[[Locality, dt.datetime, dt.datetime], Iterable[PieceOfNews]]
"""What happened after one moment, until another, and can be read now: nothing of what was taken down since."""


@dataclass(frozen=True, slots=True)
class TellingKind:
    """One box to tick."""

    key: str
    words: str
    find: Find


_KINDS: list[TellingKind] = []


def told_as(key: str, words: str) -> Callable[[Find], Find]:
    """Offer to tell what this finds, beside a box with these words."""

    def offer(find: Find) -> Find:
        _KINDS.append(TellingKind(key, words, find))
        return find

    return offer


def telling_kinds() -> Sequence[TellingKind]:
    """Every kind, in the order of the boxes."""
    return tuple(_KINDS)
