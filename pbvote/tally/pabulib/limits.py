"""What is odd in a file that is counted nonetheless: numbers that could be meant otherwise, limits that are broken."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pbvote.tally.election import Election
from pbvote.tally.pabulib.errors import Finding, shown
from pbvote.tally.pabulib.meta import Meta
from pbvote.tally.pabulib.numbers import oddity
from pbvote.tally.pabulib.projects import ProjectRow

_NUMBERS = (
    "budget", "num_projects", "num_votes", "min_length", "max_length", "min_points", "max_points", "min_sum_points",
    "max_sum_points", "max_sum_cost", "min_project_score_threshold",
)  # fmt: skip
_POINTS = ("min_points", "max_points", "min_sum_points", "max_sum_points")
_ANY_PLACES = 18
_COLUMNS = ("cost", "votes", "score")


def odd_numbers(meta: Meta, projects: Mapping[str, ProjectRow]) -> Iterator[Finding]:
    """Numbers that could be meant otherwise: each of META, and the first of each column of PROJECTS."""
    for key in _NUMBERS:
        text = meta.get(key)
        if key in _POINTS and text and meta.points(key, _ANY_PLACES) is None:
            said = f"{key} is {shown(text)}, which is no number; it sets no limit"
            yield from () if text.lower().lstrip("+-") == "inf" else [Finding(meta.lines[key], "value", said)]
        elif text and oddity(text):
            yield Finding(meta.lines[key], "value", f"{key} is {shown(text)} and {oddity(text)}")
    for column in _COLUMNS:
        cells = ((row, row.cells.get(column, "")) for row in projects.values())
        found = next(((row, text) for row, text in cells if text and oddity(text)), None)
        if found:
            yield Finding(found[0].line, column, f"{shown(found[1])} {oddity(found[1])}")


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
