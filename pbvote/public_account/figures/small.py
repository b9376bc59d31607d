"""Counts of people and worries, quarter beside quarter, with the small ones hidden. Money and ballots are public.

Each quarter is hidden for itself, with its total: it reads the same beside another as alone, and no sums of several
quarters are shown. So two reports that lie side by side tell no more than each of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.core.small_numbers import Hidden, ShownTable, hide_small


@dataclass(frozen=True, slots=True)
class QuartersShown:
    """Counts as everybody reads them: a row for each place, the totals, and whether anything is hidden."""

    rows: Sequence[Sequence[str]]
    totals: Sequence[str]
    hides: bool


def hide_in_quarters(counts: Sequence[Sequence[int]]) -> QuartersShown:
    """The counts of each place, one for each quarter, as they can be published."""
    quarters = [hide_small([[count] for count in quarter]) for quarter in zip(*counts, strict=True)]
    rows = zip(*([_words(row[0]) for row in each.rows] for each in quarters), strict=True)
    hides = any(map(_hides, quarters))
    return QuartersShown([list(row) for row in rows], [_words(each.column_totals[0]) for each in quarters], hides)


def _words(count: int | Hidden) -> str:
    return count.words if isinstance(count, Hidden) else str(count)


def _hides(quarter: ShownTable) -> bool:
    shown = [row[0] for row in quarter.rows] + list(quarter.column_totals)
    return any(isinstance(count, Hidden) for count in shown)
