"""Cells of VOTES turned into grouped ballots, and the ways in which a city may have turned places into points."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pbvote.tally.ballot_rules import BallotRules
from pbvote.tally.ballots import Ballot, BallotKind, Ballots, Mark
from pbvote.tally.pabulib.numbers import Decimal
from pbvote.tally.pabulib.votes import Cells, Votes, split_list


@dataclass(frozen=True)
class Reading:
    """One way to understand the ballots of a file."""

    ballots: Ballots
    rules: BallotRules


def readings(votes: Votes, rules: BallotRules) -> Iterator[Reading]:
    """All ways to understand these ballots, likeliest first; more than one for ranked ballots alone.

    A file does not say how a place became points. Most cities count `max_length` for a first preference and one less
    for each further place; some files carry the points; some count from the length of the voter's own list.
    """
    if rules.kind is not BallotKind.RANKED:
        yield Reading(_grouped(rules.kind, votes), rules)
        return
    ranked = _grouped(rules.kind, votes)
    if votes.has_points:
        place_points = _points_by_place(votes)
        if place_points is None:
            scored = replace(rules, kind=BallotKind.SCORE)
            yield Reading(_grouped(BallotKind.SCORE, votes), scored)
        else:
            yield Reading(ranked, _with_place_points(rules, place_points))
    yield Reading(ranked, rules)
    longest = max(map(len, ranked.groups), default=1)
    yield Reading(ranked, _with_place_points(rules, tuple(range(longest, 0, -1))))
    yield Reading(ranked, replace(rules, own_length=True))


def _with_place_points(rules: BallotRules, place_points: tuple[int, ...]) -> BallotRules:
    """The rules with points for each place, unless these are the points that places are worth anyway."""
    first = rules.max_choices or 0
    usual = tuple(range(first, 0, -1))
    return rules if place_points == usual[: len(place_points)] else replace(rules, place_points=place_points)


def _points_by_place(votes: Votes) -> tuple[int, ...] | None:
    """What each place is worth, if it is worth the same on every ballot."""
    worth: list[str] = []
    for cells in votes.cells:
        points = split_list(cells[1])
        if any(mine != theirs for mine, theirs in zip(points, worth, strict=False)):
            return None
        worth += points[len(worth) :]
    return tuple(Decimal.read(text).scaled(votes.point_places) for text in worth)


def _grouped(kind: BallotKind, votes: Votes) -> Ballots:
    read = _reader_of(kind, votes.point_places)
    groups: dict[Ballot, int] = {}
    for cells, voters in votes.cells.items():
        ballot = read(cells)
        groups[ballot] = groups.get(ballot, 0) + voters
    return Ballots(kind, groups)


def _reader_of(kind: BallotKind, point_places: int) -> Callable[[Cells], Ballot]:
    """A function from cells to their ballot. Equal marks are one object, and a repeated reference counts once."""
    marks: dict[Mark, Mark] = {}

    def share(mark: Mark) -> Mark:
        return marks.setdefault(mark, mark)

    def approval(cells: Cells) -> Ballot:
        return tuple(share((ref, 1)) for ref in sorted(set(_refs(cells))))

    def ranked(cells: Cells) -> Ballot:
        return tuple(share((ref, place)) for place, ref in enumerate(dict.fromkeys(_refs(cells)), start=1))

    def scored(cells: Cells) -> Ballot:
        pairs = zip(reversed(_refs(cells)), reversed(split_list(cells[1])), strict=True)  # the first mention stays
        given = {ref: Decimal.read(text).scaled(point_places) for ref, text in pairs}
        return tuple(share(mark) for mark in sorted(given.items()))

    if kind.has_points:
        return scored
    return ranked if kind is BallotKind.RANKED else approval


def _refs(cells: Cells) -> list[str]:
    return split_list(cells if isinstance(cells, str) else cells[0])
