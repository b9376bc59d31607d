"""Ballots of a file that break the limits which its META sets: counted as the city counted them, and reported."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pbvote.tally.election import Election
from pbvote.tally.pabulib.errors import Finding


def broken_limits(election: Election) -> Iterator[Finding]:
    """One finding for each limit of a whole ballot that some ballots break."""
    rules, groups = election.ballot_rules, election.ballots.groups
    has_points = rules.kind.has_points
    lengths: defaultdict[int, int] = defaultdict(int)
    sums: defaultdict[int, int] = defaultdict(int)
    for ballot, voters in groups.items():
        lengths[len(ballot)] += voters
        if has_points:
            sums[sum(points for _, points in ballot)] += voters
    yield from _broken("vote", "projects", lengths, "min_length", rules.min_choices, "max_length", rules.max_choices)
    yield from _broken("points", "points", sums, "min_sum_points", rules.min_sum, "max_sum_points", rules.max_sum)


def _broken(
    column: str, noun: str, sizes: Mapping[int, int], low: str, minimum: int | None, high: str, maximum: int | None
) -> Iterator[Finding]:
    below = sum(voters for size, voters in sizes.items() if minimum is not None and size < minimum)
    above = sum(voters for size, voters in sizes.items() if maximum is not None and size > maximum)
    if below:
        yield Finding(0, column, f"{below:,} ballots have fewer {noun} than {low}, {minimum:,}")
    if above:
        yield Finding(0, column, f"{above:,} ballots have more {noun} than {high}, {maximum:,}")
