"""What a count says: which bids are funded, and what happened to each, step by step."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from pbvote.tally.rules import TieKey


class Verdict(enum.StrEnum):
    """What happened to a bid when its turn came."""

    FUNDED = "funded"
    TOPPED_UP = "topped-up"  # funded; what was missing comes from outside the share
    DOES_NOT_FIT = "does-not-fit"  # passed over, the count went on
    STOPPED = "stopped"  # the first that did not fit, and the rule stops there
    AFTER_STOP = "after-stop"  # its turn never came
    NO_VOTES = "no-votes"
    NOT_AFFORDED = "not-afforded"  # Equal Shares: its supporters have too little left between them
    BELOW_THRESHOLD = "below-threshold"
    BELOW_MEAN = "below-mean"
    EXCLUDED = "excluded"  # another bid of its exclusive group is funded
    WITHDRAWN = "withdrawn"
    TIED = "tied"  # waits for a draw
    AFTER_TIE = "after-tie"  # not known before the draw

    @property
    def is_funded(self) -> bool:
        return self in (Verdict.FUNDED, Verdict.TOPPED_UP)


@dataclass(frozen=True)
class Step:
    """One bid's turn. Amounts are minor units; of a split bid, those of the share that is counted.

    `tied_with` are the other bids with exactly as many votes or points, where their order made a difference;
    `settled_by` says which tie key put them in order.
    """

    ref: str
    verdict: Verdict
    total: int  # votes or points
    voters: int  # ballots that name the bid
    ask: int
    left_before: int
    left_after: int
    needed: int = 0  # what was missing: money, or votes and points below a threshold
    because_of: str = ""  # the funded bid that excludes this one, or the one at which the count ended
    tied_with: tuple[str, ...] = ()
    settled_by: TieKey | None = None
    short_in: str = ""  # the other share that had no room for its part of a split bid
    price: int = 0  # Equal Shares: the most that a supporter paid for one vote or point, rounded up

    @property
    def mean(self) -> Fraction:
        """The points of each ballot that names the bid, on average; 0 where none does."""
        return Fraction(self.total, self.voters) if self.voters else Fraction(0)

    def to_dict(self) -> dict[str, Any]:
        """This step as JSON can hold it; what says nothing is left out."""
        held = {field.name: getattr(self, field.name) for field in fields(self)} | {"tied_with": list(self.tied_with)}
        optional = ("needed", "because_of", "tied_with", "settled_by", "price", "short_in")
        return {name: value for name, value in held.items() if value or name not in optional}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Step":
        """The step that `to_dict` stored."""
        settled_by = stored.get("settled_by")
        return cls(
            **{
                **stored,
                "verdict": Verdict(stored["verdict"]),
                "tied_with": tuple(stored.get("tied_with", ())),
                "settled_by": TieKey(settled_by) if settled_by else None,
            }
        )


@dataclass(frozen=True)
class Offer:
    """What is left of the share, offered to a bid as a part of what it asked for."""

    ref: str
    amount: int  # minor units


@dataclass(frozen=True)
class Outcome:
    """The result of one count. Amounts are minor units.

    While `waiting` names bids, they are tied and nothing from that step on is decided: draw their order in the room
    and count again with the draw.
    """

    funded: tuple[str, ...]  # in the order in which they were funded
    spent: int  # what the funded bids asked for of this share, together
    left: int  # of the share
    steps: tuple[Step, ...]
    waiting: tuple[str, ...] = ()
    endowment: int | None = None  # each voter's part, where the rule raises it
    offers: tuple[Offer, ...] = ()  # the first is made, the next if it is declined
    gave_way: str = ""  # the rule whose outcome more voters like less than this one

    def instead_of(self, rule_name: str) -> "Outcome":
        """This outcome as the one that the comparison of a rule prefers."""
        return replace(self, gave_way=rule_name)

    @property
    def is_settled(self) -> bool:
        """Whether every bid has its verdict."""
        return not self.waiting

    def to_dict(self) -> dict[str, Any]:
        """This outcome as JSON can hold it."""
        return {
            "funded": list(self.funded),
            "spent": self.spent,
            "left": self.left,
            "steps": [step.to_dict() for step in self.steps],
            "waiting": list(self.waiting),
            "endowment": self.endowment,
            "offers": [{"ref": offer.ref, "amount": offer.amount} for offer in self.offers],
            "gave_way": self.gave_way,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Outcome":
        """The outcome that `to_dict` stored."""
        return cls(
            funded=tuple(stored["funded"]),
            spent=stored["spent"],
            left=stored["left"],
            steps=tuple(Step.from_dict(step) for step in stored["steps"]),
            waiting=tuple(stored["waiting"]),
            endowment=stored.get("endowment"),
            offers=tuple(Offer(**offer) for offer in stored.get("offers", ())),
            gave_way=stored.get("gave_way", ""),
        )
