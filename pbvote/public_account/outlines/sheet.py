"""Outlines as a sheet, out and in: a row for each figure, and for each grant."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pbvote.core.clock import today
from pbvote.core.contacts import NO_CONTACTS, names_a_contact
from pbvote.localities.models import Locality
from pbvote.public_account.outlines.models import (
    CURRENCY,
    OF_A_YEAR,
    FigureSource,
    OutlineLine,
    YearFigure,
    YearOutline,
)
from pbvote.spreadsheets.opening import Grid
from pbvote.spreadsheets.reading import Problem, SheetRow, read_sheet
from pbvote.spreadsheets.tables import Column, Kind, Table, money_column

FIRST_YEAR: Final = 1990
MOST_LINES: Final = 300
"""Of one year. More is no outline."""
_LINK: Final = re.compile(r"https?://[^\s\"<>]+")
YEAR: Final = Column("Year", Kind.WHOLE, 8, "The year of the events.", is_needed=True)
LOCALITY: Final = Column("Locality", width=26, note="Blank for all localities together.")
FIGURE: Final = Column(
    "Figure",
    width=16,
    note="What the row tells. “One grant” is one group’s.",
    is_needed=True,
    choices=tuple(figure.words for figure in YearFigure),
)
AMOUNT: Final = money_column("Amount", CURRENCY, note="For money. Blank where what one group got is not known.")
NUMBER: Final = Column("Number", Kind.WHOLE, 10, "For what is counted.")
GROUP: Final = Column("Group", width=30, note="Who got the one grant.", most=200)
PROJECT: Final = Column("Project", width=30, note="What for, where that is known.", most=200)
SOURCE: Final = Column(
    "Source",
    width=26,
    note="Where the figure comes from.",
    is_needed=True,
    choices=(FigureSource.PUBLISHED.words, FigureSource.RECORDS.words),
)
FOUND_IN: Final = Column("Found in", width=40, note="Which page or paper.", is_needed=True, most=200)
COUNTED: Final = Column("How counted", width=40, note="How people were counted, for who voted or came.", most=200)
LINK: Final = Column("Link", width=40, note="The address of the page, if it still stands.", most=300)
COLUMNS: Final = (YEAR, LOCALITY, FIGURE, AMOUNT, NUMBER, GROUP, PROJECT, SOURCE, FOUND_IN, COUNTED, LINK)
_INVENTING: Final = tuple(
    replace(column, choices=tuple(source.words for source in FigureSource)) if column is SOURCE else column
    for column in COLUMNS
)
"""The same in the demonstration, where figures may be invented."""
_FIGURES: Final = {figure.words: figure for figure in YearFigure}
_SOURCES: Final = {source.words: source for source in FigureSource}


def outlines_table(outlines: Sequence[YearOutline]) -> Table:
    """A row for each line. Without outlines it is the empty sheet to fill in."""
    is_invented = any(line.source is FigureSource.INVENTED for outline in outlines for line in outline.lines)
    rows = (
        (
            *(outline.year, line.place, line.figure.words),
            *((line.number, None) if line.figure.is_money else (None, line.number)),
            *(line.group_name, line.project, line.source.words, line.found_in, line.counted, line.link),
        )
        for outline in outlines
        for line in outline.lines
    )
    return Table("Years in outline", _INVENTING if is_invented else COLUMNS, rows)


@dataclass(frozen=True, slots=True)
class SentOutlines:
    """What a sheet says: the lines of each year in its order, and what is wrong with it."""

    years: Mapping[int, Sequence[OutlineLine]]
    problems: Sequence[Problem]


@dataclass(slots=True)
class _Reader:
    """Reads row after row, and keeps what is wrong."""

    localities: Mapping[str, Locality]
    years: dict[int, list[OutlineLine]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[tuple[int, int | None, YearFigure], int] = field(default_factory=dict)
    """In which row a figure stands already."""


def read_outlines(grid: Grid, localities: Iterable[Locality], *, may_invent: bool) -> SentOutlines:
    """The outlines that a sheet holds. Raises `NoTable` for what is none of ours."""
    sheet = read_sheet(grid, _INVENTING if may_invent else COLUMNS)
    by_name = {locality.name.casefold(): locality for locality in localities}
    reader = _Reader(by_name, problems=list(sheet.problems))
    unread = {problem.row for problem in sheet.problems}
    for row in sheet.rows:
        if row.number not in unread:
            _read_row(reader, row)
    if not sheet.rows:
        reader.problems.append(Problem(1, "", "There is no figure beneath the names of the columns"))
    for year, lines in reader.years.items():
        reader.problems += _faults_of_year(year, lines)
    return SentOutlines(reader.years, sorted(reader.problems, key=lambda problem: problem.row))


def _read_row(reader: _Reader, row: SheetRow) -> None:
    cells: dict[str, Any] = {column.name: "" for column in COLUMNS}
    cells |= {name: cell for name, cell in row.cells.items() if cell is not None}
    found = [Problem(row.number, column.name, sentence) for column, sentence in _faults_of_row(reader, cells)]
    if found:
        reader.problems += found
        return
    figure, year = _FIGURES[cells[FIGURE.name]], int(cells[YEAR.name])
    locality = reader.localities.get(cells[LOCALITY.name].casefold())
    number = row.cells.get(AMOUNT.name if figure.is_money else NUMBER.name)
    lines = reader.years.setdefault(year, [])
    locality_id = locality.id if locality else None
    if figure is not YearFigure.GRANT:
        before = reader.seen.setdefault((year, locality_id, figure), row.number)
        if before != row.number:
            reader.problems.append(Problem(row.number, FIGURE.name, f"Row {before} has this figure already"))
    lines.append(
        OutlineLine(
            position=len(lines) + 1,
            locality_id=locality_id,
            figure=figure,
            number=number,
            group_name=cells[GROUP.name],
            project=cells[PROJECT.name],
            source=_SOURCES[cells[SOURCE.name]],
            found_in=cells[FOUND_IN.name],
            counted=cells[COUNTED.name],
            link=cells[LINK.name],
        )
    )


def _faults_of_row(reader: _Reader, cells: Mapping[str, Any]) -> Iterator[tuple[Column, str]]:
    if not FIRST_YEAR <= (cells[YEAR.name] or 0) <= today().year:
        yield YEAR, f"Enter a year from {FIRST_YEAR} to {today().year}"
    if (place := cells[LOCALITY.name]) and place.casefold() not in reader.localities:
        yield LOCALITY, f"We know no locality “{place}”. Leave it blank for all together"
    for column in (FIGURE, SOURCE, FOUND_IN):
        if not cells[column.name]:
            yield column, "Fill this in"
    for column in (GROUP, PROJECT, FOUND_IN, COUNTED, LINK):
        if names_a_contact(cells[column.name]):
            yield column, NO_CONTACTS
    if cells[LINK.name] and not _LINK.fullmatch(cells[LINK.name]):
        yield LINK, "Enter a whole address, like https://www.example.org/grants"
    if figure := _FIGURES.get(cells[FIGURE.name]):
        yield from _faults_of_figure(figure, cells)


def _faults_of_figure(figure: YearFigure, cells: Mapping[str, Any]) -> Iterator[tuple[Column, str]]:
    wanted, other = (AMOUNT, NUMBER) if figure.is_money else (NUMBER, AMOUNT)
    if cells[wanted.name] == "" and figure is not YearFigure.GRANT:
        yield wanted, f"“{figure.words}” needs this"
    elif cells[wanted.name] != "" and cells[wanted.name] < 0:
        yield wanted, "Enter 0 or more"
    if cells[other.name] != "":
        yield other, f"“{figure.words}” stands under {wanted.name}"
    if (figure is YearFigure.GRANT) != bool(cells[GROUP.name]):
        is_grant = figure is YearFigure.GRANT
        yield GROUP, "Say which group got it" if is_grant else "A group stands beside “One grant” alone"
    if figure.is_of_people and not cells[COUNTED.name]:
        yield COUNTED, "Say how they were counted"


def _faults_of_year(year: int, lines: Sequence[OutlineLine]) -> Iterator[Problem]:
    """An outline that is none, and localities that come to more than all together."""
    if len(lines) > MOST_LINES:
        yield Problem(1, YEAR.name, f"{year} has {len(lines)} rows. An outline has {MOST_LINES} at most")
    for figure in OF_A_YEAR:
        of_it = [line for line in lines if line.figure is figure]
        whole = next((line.number for line in of_it if line.locality_id is None), None)
        parts = sum(line.number or 0 for line in of_it if line.locality_id is not None)
        if whole is not None and parts > whole:
            yield Problem(1, figure.words, f"The localities of {year} come to more than all together")
