"""What makes a ballot complete, and what is wrong with one that isn't.

The same check serves the voter's phone, paper entry and the reader of `.pb` files. A fault carries a code and
numbers, and no words, so that each page says it in the voter's language.
"""

import enum
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from pbvote.tally.ballots import Ballot, BallotKind, Choices


class FaultCode(enum.StrEnum):
    """The ways in which a ballot can break its rules."""

    WRONG_SHAPE = "wrong-shape"  # a list where points are due, or the other way round
    UNKNOWN_BID = "unknown-bid"
    REPEATED_BID = "repeated-bid"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    NOT_SCORED = "not-scored"
    POINTS_TOO_LOW = "points-too-low"
    POINTS_TOO_HIGH = "points-too-high"
    SUM_TOO_LOW = "sum-too-low"
    SUM_TOO_HIGH = "sum-too-high"
    ASKS_TOO_MUCH = "asks-too-much"  # together, in minor units


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a ballot: `got` where `needed` was due, about the bid `ref` if it is about one."""

    code: FaultCode
    ref: str = ""
    needed: int = 0
    got: int = 0


@dataclass(frozen=True)
class BallotRules:
    """What a complete ballot looks like. `None` means no limit.

    `max_spend` is about knapsack ballots: what the chosen bids may ask for together. The last two fields are about
    ranked ballots. `place_points` is what the first, second … preference is worth; left empty, a first preference is
    worth `max_choices` points and each further place one less, as the Polish cities count. With `own_length` a first
    preference is worth the length of the voter's own list instead.
    """

    kind: BallotKind
    min_choices: int = 1
    max_choices: int | None = None
    min_points: int | None = None  # per bid
    max_points: int | None = None  # per bid
    min_sum: int | None = None
    max_sum: int | None = None
    must_score_all: bool = False
    max_spend: int | None = None  # minor units
    place_points: tuple[int, ...] = ()
    own_length: bool = False

    def __post_init__(self) -> None:
        is_ranked = self.kind is BallotKind.RANKED
        if is_ranked and self.max_choices is None and not self.place_points and not self.own_length:
            raise ValueError("Ranked ballots need max_choices: it is what a first preference is worth.")

    def within(self, share: int) -> "BallotRules":
        """These rules where `share` minor units are to give: a knapsack holds no more."""
        return replace(self, max_spend=share) if self.kind is BallotKind.KNAPSACK else self

    def points_of(self, ballot: Ballot) -> Iterator[tuple[str, int]]:
        """Pairs of reference and the points that the ballot gives to that bid."""
        if self.kind is not BallotKind.RANKED:
            return iter(ballot)
        if self.place_points and not self.own_length:
            worth = self.place_points
            return ((ref, worth[place - 1] if place <= len(worth) else 0) for ref, place in ballot)
        first = len(ballot) if self.own_length else self.max_choices or 0
        return ((ref, max(0, first + 1 - place)) for ref, place in ballot)

    def faults(self, choices: Choices, refs: Collection[str] | Mapping[str, int]) -> tuple[Fault, ...]:
        """What is wrong with `choices` on a ballot paper that lists the bids `refs`; nothing if it is complete.

        With `max_spend`, `refs` maps each bid to its ask in minor units.
        """
        if isinstance(choices, Mapping) is not self.kind.has_points:
            return (Fault(FaultCode.WRONG_SHAPE),)
        found = [Fault(FaultCode.UNKNOWN_BID, ref) for ref in choices if ref not in refs]
        found += self._faults_of_number(len(choices))
        if isinstance(choices, Mapping):
            found += self._faults_of_points(choices, refs)
        else:
            found += [Fault(FaultCode.REPEATED_BID, ref, 1, n) for ref, n in Counter(choices).items() if n > 1]
        if self.max_spend is not None and isinstance(refs, Mapping):
            spend = sum(refs.get(ref, 0) for ref in choices)
            found += [Fault(FaultCode.ASKS_TOO_MUCH, "", self.max_spend, spend)] if spend > self.max_spend else []
        return tuple(found)

    def _faults_of_number(self, number: int) -> Iterator[Fault]:
        if number < self.min_choices:
            yield Fault(FaultCode.TOO_FEW, needed=self.min_choices, got=number)
        if self.max_choices is not None and number > self.max_choices:
            yield Fault(FaultCode.TOO_MANY, needed=self.max_choices, got=number)

    def _faults_of_points(self, points: Mapping[str, int], refs: Collection[str]) -> Iterator[Fault]:
        for ref, given in points.items():
            if self.min_points is not None and given < self.min_points:
                yield Fault(FaultCode.POINTS_TOO_LOW, ref, self.min_points, given)
            if self.max_points is not None and given > self.max_points:
                yield Fault(FaultCode.POINTS_TOO_HIGH, ref, self.max_points, given)
        if self.must_score_all:
            yield from (Fault(FaultCode.NOT_SCORED, ref) for ref in refs if ref not in points)
        total = sum(points.values())
        if self.min_sum is not None and total < self.min_sum:
            yield Fault(FaultCode.SUM_TOO_LOW, needed=self.min_sum, got=total)
        if self.max_sum is not None and total > self.max_sum:
            yield Fault(FaultCode.SUM_TOO_HIGH, needed=self.max_sum, got=total)

    def to_dict(self) -> dict[str, Any]:
        """These rules as JSON can hold them; a field at its default is left out."""
        held = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "place_points"}
        if self.place_points:
            held["place_points"] = list(self.place_points)
        defaults = {field.name: field.default for field in fields(self)}
        return {name: value for name, value in held.items() if value != defaults[name]}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "BallotRules":
        """The rules that `to_dict` stored."""
        given = {**stored, "kind": BallotKind(stored["kind"])}
        if "place_points" in given:
            given["place_points"] = tuple(given["place_points"])
        return cls(**given)
