"""Years side by side as pages and posters show them: rounds of pbvote, and outlines. Nothing here writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pbvote.core.clock import UK
from pbvote.filters import money
from pbvote.public_account.figures.shares import ShareFigures
from pbvote.public_account.outlines.models import OF_A_YEAR, FigureSource, OutlineLine, YearFigure, YearOutline

FROM_RESULTS: Final = "from its published results"
"""Where every figure of a round of pbvote comes from."""


@dataclass(frozen=True, slots=True)
class YearCell:
    """A figure as it is read, of which place, and where it comes from."""

    words: str
    place: str
    """"" for all localities together."""
    mark: str
    """"" where the whole row has one."""


@dataclass(frozen=True, slots=True)
class YearTold:
    """One year's row: a round of pbvote, or an outline."""

    year: int
    name: str
    slug: str
    """Of a round; "" of an outline."""
    mark: str
    """Where all of its figures come from; "" where each says so itself."""
    cells: Mapping[YearFigure, Sequence[YearCell]]
    pot: int
    """What there was to give away in all, in pence; 0 where that is not known."""

    def pot_of(self, largest: int) -> float:
        """The same, in per cent of the largest."""
        return 100 * self.pot / largest


@dataclass(frozen=True, slots=True)
class YearsTold:
    """Every year, the latest first."""

    rows: Sequence[YearTold]
    outlines: Sequence[YearOutline]

    @classmethod
    def of(cls, shares: Iterable[ShareFigures], outlines: Sequence[YearOutline]) -> "YearsTold":
        """Of the public results, the newest first, and the public outlines."""
        rows = [_of_round(list(some)) for _, some in groupby(shares, lambda each: each.share.round_id)]
        rows += map(_of_outline, outlines)
        return cls(sorted(rows, key=lambda row: -row.year), outlines)

    @property
    def figures(self) -> Sequence[YearFigure]:
        """What is known of any of the years: the columns."""
        return [figure for figure in OF_A_YEAR if any(figure in row.cells for row in self.rows)]

    @property
    def bars(self) -> Sequence[YearTold]:
        """The years of which it is known what there was to give away in all."""
        return [row for row in self.rows if row.pot]

    @property
    def largest(self) -> int:
        """The most of that, in pence."""
        return max((row.pot for row in self.rows), default=0)

    @property
    def has_invented(self) -> bool:
        """Whether a figure is invented."""
        return any(line.source is FigureSource.INVENTED for outline in self.outlines for line in outline.lines)

    def of_locality(self, locality_id: int) -> list[tuple[int, list[OutlineLine]]]:
        """What outlines tell of one locality, by year."""
        told = ((each.year, [line for line in each.lines if line.locality_id == locality_id]) for each in self.outlines)
        return [(year, lines) for year, lines in told if lines]

    @property
    def on_paper(self) -> list[str]:
        """For each outline what there was to give away, in a line with its source."""
        found = []
        for outline in self.outlines:
            for line in _shown_of(outline, YearFigure.POT):
                place = f" in {line.place}" if line.place else ""
                found.append(f"{outline.year}: {line.said}{place}, {line.source.mark}")
        return found


def _of_round(shares: Sequence[ShareFigures]) -> YearTold:
    round_ = shares[0].share.round
    by_vote = [each for each in shares if not each.event.is_chosen_by_members]
    told = {
        YearFigure.POT: money(round_.pot_pence, round_.currency),
        YearFigure.BIDS: f"{sum(each.figures.bids for each in shares):,}",
        YearFigure.VOTED: f"{sum(each.figures.voted for each in by_vote):,}" if by_vote else "Members chose",
        YearFigure.GRANTS: f"{sum(each.figures.groups for each in shares):,}",
        YearFigure.AWARDED: money(sum(each.figures.awarded for each in shares), round_.currency),
    }
    cells = {figure: [YearCell(words, "", "")] for figure, words in told.items()}
    is_whole = sum(each.figures.share for each in shares) >= round_.pot_pence
    mark = FROM_RESULTS if is_whole else f"{FROM_RESULTS} so far"
    return YearTold(year_of(shares), round_.name, round_.slug, mark, cells, round_.pot_pence)


def year_of(shares: Iterable[ShareFigures]) -> int:
    """The year of a round: that of its first event with a public result."""
    return min(each.event.began_at.astimezone(UK).year for each in shares)


def _of_outline(outline: YearOutline) -> YearTold:
    lines = {figure: _shown_of(outline, figure) for figure in OF_A_YEAR}
    cells: dict[YearFigure, list[YearCell]] = {
        figure: [YearCell(line.said, line.place, line.source.mark) for line in some]
        for figure, some in lines.items()
        if some
    }
    pot = whole_line(outline, YearFigure.POT)
    return YearTold(outline.year, str(outline.year), "", "", cells, (pot.number or 0) if pot else 0)


def _shown_of(outline: YearOutline, figure: YearFigure) -> list[OutlineLine]:
    """A figure of all localities together; where that is not known, of each of which it is."""
    whole = whole_line(outline, figure)
    return [whole] if whole else [line for line in outline.lines if line.figure is figure]


def whole_line(outline: YearOutline, figure: YearFigure) -> OutlineLine | None:
    """A figure of all localities together; None where it is not known. Parts are never added up: some may lack."""
    return next((line for line in outline.lines if line.figure is figure and line.locality_id is None), None)


def by_place(outline: YearOutline) -> list[tuple[str, list[OutlineLine], list[OutlineLine]]]:
    """A year's figures and grants, all together and then locality by locality: a name, figures, grants."""
    found = []
    for place, some in groupby(outline.lines, lambda line: line.place):
        lines = list(some)
        grants = [line for line in lines if line.figure is YearFigure.GRANT]
        found.append((place, [line for line in lines if line not in grants], grants))
    return found
