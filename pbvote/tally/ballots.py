"""Ballots: what one voter wrote, and many of them grouped.

A ballot is a tuple of *marks*. A mark is a bid's reference and the number that stands beside it: 1 for a cross
(approval), the place (ranked: 1 is the first preference), the points (score and cumulative). Marks of unordered
kinds are sorted by reference, so that equal votes are equal ballots.
"""

import enum
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Mark = tuple[str, int]
Ballot = tuple[Mark, ...]
Choices = tuple[str, ...] | Mapping[str, int]


class BallotKind(enum.StrEnum):
    """What a voter is asked to do."""

    SCORE = "score"  # give each bid points
    APPROVAL = "approval"  # choose bids
    RANKED = "ranked"  # put bids in order of preference
    CUMULATIVE = "cumulative"  # share a number of points out among bids
    KNAPSACK = "knapsack"  # choose bids that together ask for no more than the share
    CHOOSE_THEN_SCORE = "choose-then-score"  # choose a number of bids and give each of them points

    @property
    def has_points(self) -> bool:
        """Whether choices are a mapping of reference to points, rather than a tuple of references."""
        return self in (BallotKind.SCORE, BallotKind.CUMULATIVE, BallotKind.CHOOSE_THEN_SCORE)

    @property
    def has_votes(self) -> bool:
        """Whether each bid that a ballot names gets one vote, rather than points."""
        return self in (BallotKind.APPROVAL, BallotKind.KNAPSACK)


def ballot_of(kind: BallotKind, choices: Choices) -> Ballot:
    """The ballot that says `choices`; raises ValueError if they have not the shape of this kind."""
    if isinstance(choices, Mapping):
        if not kind.has_points:
            raise ValueError(f"A ballot of kind {kind} lists bids and has no points.")
        return tuple(sorted(choices.items()))
    if kind.has_points:
        raise ValueError(f"A ballot of kind {kind} gives points to bids.")
    if kind is BallotKind.RANKED:
        return tuple((ref, place) for place, ref in enumerate(choices, start=1))
    return tuple((ref, 1) for ref in sorted(choices))


def choices_of(kind: BallotKind, ballot: Ballot) -> Choices:
    """The choices that a ballot says; the inverse of `ballot_of`."""
    return dict(ballot) if kind.has_points else tuple(ref for ref, _ in ballot)


def encode_choices(kind: BallotKind, choices: Choices) -> str:
    """The one text of these choices, to be stored, hashed and compared byte by byte.

    Compact JSON in Unicode: approval a list sorted by reference, ranked a list in order of preference, score and
    cumulative an object with sorted keys.
    """
    return _text_of(kind, ballot_of(kind, choices))


def decode_choices(kind: BallotKind, text: str) -> Choices:
    """The choices that a stored text says; raises ValueError if it is not the text of a ballot of this kind."""
    stored = json.loads(text)
    if kind.has_points:
        if not isinstance(stored, dict) or any(type(points) is not int for points in stored.values()):
            raise ValueError(f"Not the text of a ballot of kind {kind}: {text[:80]}")
        return stored
    if not isinstance(stored, list) or not all(isinstance(ref, str) for ref in stored):
        raise ValueError(f"Not the text of a ballot of kind {kind}: {text[:80]}")
    return tuple(stored)


def _text_of(kind: BallotKind, ballot: Ballot) -> str:
    choices = choices_of(kind, ballot)
    return json.dumps(choices, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Ballots:
    """All ballots of one poll, grouped: each distinct ballot once, with the number of voters who cast it.

    131,778 ballots that choose one of 197 bids are 197 groups, and no order of arrival is kept.
    """

    kind: BallotKind
    groups: Mapping[Ballot, int]

    @classmethod
    def of(cls, kind: BallotKind, cast: Iterable[tuple[Choices, int]]) -> "Ballots":
        """Group pairs of choices and how many voters cast them."""
        groups: dict[Ballot, int] = {}
        for choices, voters in cast:
            if voters < 1:
                raise ValueError("A group of ballots has at least one voter.")
            ballot = ballot_of(kind, choices)
            groups[ballot] = groups.get(ballot, 0) + voters
        return cls(kind, groups)

    @property
    def voters(self) -> int:
        """How many ballots were cast, blank ones included."""
        return sum(self.groups.values())

    def choices(self) -> Iterator[tuple[Choices, int]]:
        """Pairs of choices and how many voters cast them, in no particular order."""
        return ((choices_of(self.kind, ballot), voters) for ballot, voters in self.groups.items())

    def texts(self) -> list[tuple[str, int]]:
        """Pairs of canonical text and voters, sorted by the text: the same list however the ballots came in."""
        return sorted((_text_of(self.kind, ballot), voters) for ballot, voters in self.groups.items())
