"""The count rules that an organiser chooses from, and the options that go with them."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from pbvote.core.saying import N_


class TieKey(enum.StrEnum):
    """One way of putting bids with equally many votes or points in order."""

    CHEAPER = "cheaper"  # the smaller ask first
    VOTES = "votes"  # the bid that more ballots name first
    DRAW = "draw"  # names drawn in the room: the count waits
    LOT = "lot"  # an order that follows from rules, bids and ballots, see `ties.lots`
    LISTED = "listed"  # as the ballot paper lists them


class Utilities(enum.StrEnum):
    """What a funded bid is worth to a supporter under Equal Shares."""

    COST = "cost"  # as much as it asks for
    CARDINALITY = "cardinality"  # as much as any other bid


@dataclass(frozen=True)
class RuleKind:
    """A count rule in words, and in what it differs from its relatives. Voters read its title translated."""

    name: str
    title: str
    sentence: str
    stops: bool = False  # at the first bid that does not fit
    shares_equally: bool = False  # the Method of Equal Shares
    raises_endowment: bool = False
    fills_up: bool = False  # what is left goes to the bids with most votes
    compares: bool = False  # gives way to `greedy` where more voters prefer it

    @property
    def is_greedy(self) -> bool:
        """Whether bids have their turn in order of their votes or points."""
        return self.name.startswith("greedy")


def _equal_shares(suffix: str, title: str, sentence: str = "", **features: bool) -> RuleKind:
    name = f"equalshares{suffix}"
    return RuleKind(name, title, f"{_EQUAL_SHARES}{sentence}", shares_equally=True, **features)


_EQUAL_SHARES = (
    "The share is split into equal parts, as if each voter held a purse. The supporters of a bid pay for it together, "
    "each as much as the others, out of their parts. The bid that costs its supporters least for its size is funded "
    "first, then the next, while they can pay."
)
_ADD1 = " Then every part is raised a little, step by step, as long as no more is spent than there is."
_FILL_UP = " What is left goes to the bids with most votes or points."
_COMPARE = " If more voters like the outcome of “most votes or points first” better, that one is taken."

RULE_KINDS: Mapping[str, RuleKind] = {
    kind.name: kind
    for kind in (
        RuleKind(
            "greedy",
            N_("Most votes or points first"),
            "Bids are funded in order of their votes or points, most first; a bid that asks for more than is left is "
            "passed over and the next one has its turn.",
        ),
        RuleKind(
            "greedy-no-skip",
            N_("Most votes or points first, stop at the first that does not fit"),
            "Bids are funded in order of their votes or points, most first; the first bid that asks for more than is "
            "left ends the count.",
            stops=True,
        ),
        RuleKind(
            "greedy-threshold",
            N_("Most votes or points first, above a minimum"),
            "As “most votes or points first”, but a bid needs a minimum number of votes or points to be funded at all.",
        ),
        RuleKind(
            "greedy-exclusive",
            N_("Most votes or points first, one of each set of rivals"),
            "As “most votes or points first”, but of bids that rule each other out only the one with most votes or "
            "points is funded.",
        ),
        RuleKind(
            "greedy-top-up",
            N_("Most votes or points first, with a top-up for the next"),
            "Bids are funded in order of their votes or points, most first; the first bid that does not fit ends the "
            "count, and is funded too if enough of its ask is covered by what is left: other money adds the rest.",
            stops=True,
        ),
        _equal_shares("", N_("Equal Shares")),
        _equal_shares("-comparison", N_("Equal Shares, compared"), _COMPARE, compares=True),
        _equal_shares("/add1", N_("Equal Shares with raised parts"), _ADD1, raises_endowment=True),
        _equal_shares(
            "/add1-comparison",
            N_("Equal Shares with raised parts, compared"),
            _ADD1 + _COMPARE,
            raises_endowment=True,
            compares=True,
        ),
        _equal_shares(
            "/add1u",
            N_("Equal Shares with raised parts, filled up"),
            _ADD1 + _FILL_UP,
            raises_endowment=True,
            fills_up=True,
        ),
        _equal_shares(
            "/add1u-comparison",
            N_("Equal Shares with raised parts, filled up, compared"),
            _ADD1 + _FILL_UP + _COMPARE,
            raises_endowment=True,
            fills_up=True,
            compares=True,
        ),
        RuleKind(
            "phragmen",
            N_("Phragmén’s rule"),
            "Every voter begins with an empty purse, and all purses fill at the same pace. As soon as the supporters "
            "of a bid hold what it asks for, it is funded and their purses are empty again. The first bid that asks "
            "for more than is left ends the count.",
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
    part_funding_percent: int | None = None  # greedy only: what is left is offered if it is as much of an ask, at least
    utilities: Utilities = Utilities.COST  # Equal Shares only
    is_exhaustive: bool = False  # Equal Shares with raised parts: stop raising once nothing fits into what is left

    def __post_init__(self) -> None:
        if self.name not in RULE_KINDS:
            raise ValueError(f"There is no count rule “{self.name}”.")
        if (self.name == "greedy-top-up") is not (self.top_up_percent is not None):
            raise ValueError("greedy-top-up, and no other rule, needs top_up_percent.")
        if self.top_up_percent is not None and not 1 <= self.top_up_percent <= 100:
            raise ValueError("top_up_percent goes from 1 to 100.")
        if self.by_mean and not self.kind.is_greedy:
            raise ValueError(f"{self.name} does not rank bids.")
        if self.part_funding_percent is not None and not self.kind.is_greedy:
            raise ValueError(f"{self.name} makes no part-funding offers.")
        if self.utilities is not Utilities.COST and not self.kind.shares_equally:
            raise ValueError(f"{self.name} knows no utilities.")
        if self.is_exhaustive and not self.kind.raises_endowment:
            raise ValueError(f"{self.name} raises no parts.")

    @property
    def kind(self) -> RuleKind:
        return RULE_KINDS[self.name]

    @property
    def needs_ballots(self) -> bool:
        """Whether a count by this rule can only be repeated from whole ballots.

        Rules that follow each voter's money do, and so does a lot, which is drawn from the ballots. For the others it
        is enough to know how many voters gave each bid each mark, and that betrays no rare pattern that could be a
        signature.
        """
        return not self.kind.is_greedy or TieKey.LOT in self.ties

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
        if "utilities" in given:
            given["utilities"] = Utilities(given["utilities"])
        return cls(**given)
