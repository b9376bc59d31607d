"""A sheet's cells under the columns that are wanted, in whatever order it has them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pbvote.core.plain import plain_line
from pbvote.spreadsheets.cells import CellError, read_cell
from pbvote.spreadsheets.opening import Grid, NoTable
from pbvote.spreadsheets.tables import Cell, Column

LOOKED_AT = 10
"""How many rows may stand above the columns' names: a title, a date, a blank."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell, or with a row."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        """``Row 7, Amount (GBP): Use one point, before the pence, like 3,043.69``."""
        where = f", {self.column}" if self.column else ""
        return f"Row {self.row}{where}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its number in the sheet, and its cells by the names of their columns.

    A column that the sheet does not have, and a cell that could not be read, are left out.
    """

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read, what is wrong with it, the columns that nothing is known of, and those that are not there."""

    rows: Sequence[SheetRow]
    problems: Sequence[Problem]
    unknown: Sequence[str]
    missing: Sequence[str]


def read_sheet(grid: Grid, columns: Sequence[Column]) -> Sheet:
    """The grid under these columns.

    Raises `NoTable` where the row with the columns' names is not found, a needed one is missing, or one is there twice.
    """
    header = _header_of(grid, columns)
    names = grid[header][1]
    places = _places(names, columns)
    problems: list[Problem] = []
    rows = []
    for number, cells in _rows_below(grid, header):
        read = dict(_read_row(number, cells, places, problems))
        rows.append(SheetRow(number, read))
    unknown = [name.strip() for at, name in enumerate(names) if name.strip() and at not in places]
    found = {column.name for column in places.values()}
    return Sheet(rows, problems, unknown, [column.name for column in columns if column.name not in found])


def _key(name: str) -> str:
    """What makes two columns' names one: letters and digits, and nothing of their case."""
    return "".join(letter for letter in plain_line(name).casefold() if letter.isalnum())


def _by_key(columns: Sequence[Column]) -> dict[str, Column]:
    """The columns by all their names; a name goes before another column's alias."""
    aliases = {_key(alias): column for column in columns for alias in column.aliases}
    return aliases | {_key(column.name): column for column in columns}


def _header_of(grid: Grid, columns: Sequence[Column]) -> int:
    """Which row holds the columns' names: the one of the first few that names the most of them."""
    known = _by_key(columns)
    named = [sum(_key(cell) in known for cell in cells) for _, cells in grid[:LOOKED_AT]]
    if not max(named, default=0):
        raise NoTable(f"We can’t find the row with the names of the columns, like “{columns[0].name}”.")
    return named.index(max(named))


def _places(names: Sequence[str], columns: Sequence[Column]) -> dict[int, Column]:
    """Each column that is known, by its place in the sheet."""
    known = _by_key(columns)
    places = {at: known[_key(name)] for at, name in enumerate(names) if _key(name) in known}
    found = [column.name for column in places.values()]
    if twice := sorted({name for name in found if found.count(name) > 1}):
        raise NoTable(f"The sheet has the column “{twice[0]}” twice. Take one out.")
    if missing := [column.name for column in columns if column.is_needed and column.name not in found]:
        wanted = ", ".join(f"“{name}”" for name in missing)
        raise NoTable(f"The sheet has no column {wanted}. Add it, or start from the template.")
    return places


def _rows_below(grid: Grid, header: int) -> Iterator[tuple[int, list[str]]]:
    """The rows under the names; a second row of the same names says nothing."""
    names = [_key(name) for name in grid[header][1]]
    below = grid[header + 1 :]
    is_repeated = bool(below) and [_key(cell) for cell in below[0][1]] == names
    yield from below[is_repeated:]


def _read_row(
    number: int, cells: Sequence[str], places: Mapping[int, Column], problems: list[Problem]
) -> Iterator[tuple[str, Cell]]:
    for at, column in places.items():
        try:
            yield column.name, read_cell(cells[at] if at < len(cells) else "", column)
        except CellError as error:
            problems.append(Problem(number, column.name, str(error)))
