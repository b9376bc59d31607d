"""The count rules that an organiser chooses from, and the options that go with them."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any


class TieKey(enum.StrEnum):
    """One way of putting bids with equally many votes or points in order."""

    CHEAPER = "cheaper"  # the smaller ask first
    VOTES = "votes"  # the bid that more ballots name first
    DRAW = "draw"  # names drawn in the room: the count waits
    LOT = "lot"  # an order that follows from rules, bids and ballots, see `ties.lot_order`
    LISTED = "listed"  # as the ballot paper lists them


@dataclass(frozen=True)
class RuleKind:
    """A count rule in words for organisers. The rule stops where a bid does not fit if `stops` is set."""

    name: str
    title: str
    sentence: str
    stops: bool = False


RULE_KINDS: Mapping[str, RuleKind] = {
    kind.name: kind
    for kind in (
        RuleKind(
            "greedy",
            "Most votes first",
            "Bids are funded in order of their votes or points, most first; a bid that asks for more than is left is "
            "passed over and the next one has its turn.",
        ),
        RuleKind(
            "greedy-no-skip",
            "Most votes first, stop at the first that does not fit",
            "Bids are funded in order of their votes or points, most first; the first bid that asks for more than is "
            "left ends the count.",
            stops=True,
        ),
        RuleKind(
            "greedy-threshold",
            "Most votes first, above a minimum",
            "As “most votes first”, but a bid needs a minimum number of votes or points to be funded at all.",
        ),
        RuleKind(
            "greedy-exclusive",
            "Most votes first, one of each set of rivals",
            "As “most votes first”, but of bids that rule each other out only the one with most votes or points is "
            "funded.",
        ),
        RuleKind(
            "greedy-top-up",
            "Most votes first, with a top-up for the next",
            "Bids are funded in order of their votes or points, most first; the first bid that does not fit ends the "
            "count, and is funded too if enough of its ask is covered by what is left: other money adds the rest.",
            stops=True,
        ),
    )
}


@dataclass(frozen=True)
class Rule:
    """A count rule with its options, fixed before anyone votes."""

    name: str = "greedy"
    ties: tuple[TieKey, ...] = (TieKey.DRAW,)
    threshold: int = 0  # votes or points that a bid must have at least
    by_mean: bool = False  # rank bids by points per ballot that names them, instead of by the total
    minimum_mean: Fraction | None = None  # points per ballot that names the bid, at least
    top_up_percent: int | None = None  # how much of its ask must be covered for the top-up; `greedy-top-up` only

    def __post_init__(self) -> None:
        if self.name not in RULE_KINDS:
            raise ValueError(f"There is no count rule “{self.name}”.")
        if (self.name == "greedy-top-up") is not (self.top_up_percent is not None):
            raise ValueError("greedy-top-up, and no other rule, needs top_up_percent.")
        if self.top_up_percent is not None and not 1 <= self.top_up_percent <= 100:
            raise ValueError("top_up_percent goes from 1 to 100.")

    @property
    def kind(self) -> RuleKind:
        return RULE_KINDS[self.name]

    def to_dict(self) -> dict[str, Any]:
        """This rule as JSON can hold it; an option at its default is left out."""
        held: dict[str, Any] = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }
        held |= {"name": self.name, "ties": [str(key) for key in self.ties]}
        if self.minimum_mean is not None:
            held["minimum_mean"] = str(self.minimum_mean)
        return held

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Rule":
        """The rule that `to_dict` stored."""
        given = dict(stored)
        given["ties"] = tuple(TieKey(key) for key in stored["ties"])
        if "minimum_mean" in given:
            given["minimum_mean"] = Fraction(given["minimum_mean"])
        return cls(**given)
