"""The ways in which a city may have turned what stands on ballots into points."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from pbvote.tally.ballot_rules import BallotRules
from pbvote.tally.ballots import Ballot, BallotKind, Ballots
from pbvote.tally.pabulib.votes import Votes


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
        yield Reading(Ballots(rules.kind, votes.groups), rules)
        return
    ranked = Ballots(rules.kind, _by_place(votes.groups) if votes.has_points else votes.groups)
    if votes.has_all_points:
        place_points = _points_by_place(votes)
        if place_points is None:
            yield Reading(_scored(votes), replace(rules, kind=BallotKind.SCORE))
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
    worth: list[int] = []
    for ballot in votes.groups:
        points = [given for _, given in ballot]
        if any(mine != theirs for mine, theirs in zip(points, worth, strict=False)):
            return None
        worth += points[len(worth) :]
    return tuple(worth)


def _by_place(groups: Mapping[Ballot, int]) -> Mapping[Ballot, int]:
    """Ballots whose marks hold points, in order of preference, as ballots whose marks hold places."""
    return _regrouped(groups, lambda ballot: tuple((ref, place) for place, (ref, _) in enumerate(ballot, start=1)))


def _scored(votes: Votes) -> Ballots:
    return Ballots(BallotKind.SCORE, _regrouped(votes.groups, lambda ballot: tuple(sorted(ballot))))


def _regrouped(groups: Mapping[Ballot, int], change: Callable[[Ballot], Ballot]) -> Mapping[Ballot, int]:
    changed: dict[Ballot, int] = {}
    for ballot, voters in groups.items():
        key = change(ballot)
        changed[key] = changed.get(key, 0) + voters
    return changed
