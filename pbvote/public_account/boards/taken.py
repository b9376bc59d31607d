"""The figures of a board report, as they are kept once it is fixed. Plain values, small counts already hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class BoardPlaceFigures:
    """One locality's. Amounts are pence."""

    name: str
    is_told: bool
    """Whether any group had heard from the council."""
    share: int
    grants: int
    awarded: int
    paid: int
    returned: int
    declined: int
    pieces: Sequence[int]
    """Its awards, the largest first."""


@dataclass(frozen=True, slots=True)
class BoardTheme:
    """What went to one theme, and to which groups."""

    words: str
    pence: int
    groups: Sequence[str]


@dataclass(frozen=True, slots=True)
class BoardWorries:
    """How often members were worried about a funded group, by quarter, in words: “fewer than 3”."""

    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class BoardNumbers:
    """A partnership's quarter by numbers: each with what it counts."""

    name: str
    strip: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """Every figure of a report, as at the last day of its quarter."""

    currency: str
    places: Sequence[BoardPlaceFigures]
    to_come: Sequence[str]
    """The localities whose results were not public."""
    themes: Sequence[BoardTheme]
    events: Sequence[str]
    """The events of the quarter, each in a sentence."""
    worries: Sequence[BoardWorries]
    """By locality, and the last of all of them."""
    hides: bool
    """Whether a count of worries is hidden."""
    numbers: Sequence[BoardNumbers]
    record: str
    """That more chose than ever, with both figures and how they were counted; "" where it is not so."""
    unanswered: str
    """What is offered and not accepted yet, and when that is final; "" where everybody has answered."""

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Self:
        """From what is kept as JSON."""
        of = {"places": BoardPlaceFigures, "themes": BoardTheme, "worries": BoardWorries, "numbers": BoardNumbers}
        read = {each.name: kept[each.name] for each in fields(cls)}
        for name, kind in of.items():
            read[name] = [kind(**each) for each in kept[name]]
        return cls(**read)

    @property
    def share(self) -> int:
        """What the localities could give away."""
        return sum(place.share for place in self.places)

    @property
    def awarded(self) -> int:
        """What was awarded in all."""
        return sum(place.awarded for place in self.places)

    @property
    def grants(self) -> int:
        """In how many grants."""
        return sum(place.grants for place in self.places)

    @property
    def paid(self) -> int:
        """What has reached the groups."""
        return sum(place.paid for place in self.places)

    @property
    def returned(self) -> int:
        """What groups sent back."""
        return sum(place.returned for place in self.places)
