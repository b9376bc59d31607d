"""The rows of a `.pb` file, read as a stream in bounded memory.

A file is never trusted: its size, the length of a line, of a row and of a cell have limits, so that ten million columns
or a quote that never closes end in an error and not in a full memory.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, islice
from typing import Any, BinaryIO

from pbvote.tally.pabulib.damage import SECTIONS, because, damage_of
from pbvote.tally.pabulib.errors import PabulibError, shown
from pbvote.tally.pabulib.texts import read_texts

MAX_FILE = 500_000_000  # bytes, unless the caller says otherwise
MAX_ROW = 2_000_000  # characters, give or take a text; a cell has csv's own limit of 131,072
MAX_COLUMNS = 200
_ORDINARY = bytes(set(range(256)) - set(b';"\r\n'))  # the bytes that say nothing to csv

Row = list[str]


class _Lines:
    """The lines of a stream with their ends: one by one, or as many together as were read together."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self._begun = _lines_of("")
        self._since_row = 0

    def __iter__(self) -> Iterator[str]:
        return chain(self._begun, chain.from_iterable(map(self._begin, self._texts)))

    def together(self) -> str:
        """The lines that are left of the last text, or those of the next one; empty at the end."""
        return self._begun.read() or next(self._texts, "")

    def begin_row(self) -> None:
        """Say that a row begins with the next line: how far it goes on is limited."""
        self._since_row = 0

    def _begin(self, text: str) -> io.StringIO:
        self._since_row += len(text)
        if self._since_row > MAX_ROW:
            raise csv.Error(f"it goes on for more than {MAX_ROW:,} characters")
        self._begun = _lines_of(text)
        return self._begun


def _lines_of(text: str) -> io.StringIO:
    """An iterator over lines; `str.splitlines` would also cut at characters that stand inside real titles."""
    return io.StringIO(text, newline="\n")


@dataclass(frozen=True)
class RowRun:
    """Rows of one width that follow each other without a blank line: their cells, row after row."""

    first_line: int
    width: int
    cells: list[str]

    def column(self, place: int) -> list[str]:
        """The cells of one column."""
        return self.cells[place :: self.width]

    def lines(self) -> Iterator[int]:
        """The lines on which the rows begin; a cell in quotes may hold line breaks."""
        line = self.first_line
        for start in range(0, len(self.cells), self.width):
            yield line
            line += 1 + _line_breaks(self.cells[start : start + self.width])

    def line_of(self, index: int) -> int:
        """The line on which one row begins."""
        return next(islice(self.lines(), index, None))


class RowReader:
    """The rows of one file, section by section, each with the line on which it begins."""

    def __init__(self, stream: BinaryIO, max_file: int = MAX_FILE) -> None:
        self._lines = _Lines(read_texts(stream, max_file))
        self._before = 0  # lines that were taken before `_reader` began
        self._reader = _csv_reader(self._lines)
        self._first_line = 1

    @property
    def line(self) -> int:
        """The last line that was read."""
        return self._before + int(self._reader.line_num)

    def section(self, name: str) -> Iterator[tuple[int, Row]]:
        """Rows up to the marker of section `name`, which is taken and not handed on. Blank lines are left out."""
        while (row := self._next()) is not None:
            line = self._first_line
            if len(row) == 1:
                cell = row[0].strip().upper()
                if cell == name:
                    return
                if cell in SECTIONS:
                    raise PabulibError(line, "1", f"section {cell} stands where {name} should begin")
                if not cell:
                    continue
            elif row and row[0].strip().upper() in SECTIONS and not any(cell.strip() for cell in row[1:]):
                raise PabulibError(line, "2", f"{row[0].strip().upper()} stands alone on its line: {damage_of(row, 1)}")
            if row:
                yield line, row
        raise PabulibError(max(1, self.line), "1", f"the file ends before its section {name}")

    def header(self, section: str) -> tuple[int, Row]:
        """The row that names the columns of a section, in lower case and without blanks around."""
        row = self._next()
        while row == []:
            row = self._next()
        if row is None:
            raise PabulibError(max(1, self.line), "1", f"the file ends before the column names of {section}")
        return self._first_line, [cell.strip().lower() for cell in row]

    def runs(self, header: Row) -> Iterator[RowRun]:
        """All remaining rows, each as wide as a header of two columns or more. Raises at the first row that is not."""
        width = len(header)
        while text := self._lines.together():
            cells = _plain_cells(text, width)
            if cells is None:
                yield from self._odd_runs(text, header)
            else:
                yield RowRun(self.line + 1, width, cells)
                self._before += len(cells) // width

    def _odd_runs(self, text: str, header: Row) -> Iterator[RowRun]:
        """The rows that begin in a text; a quote may make the last of them go on beyond it."""
        self._before, self._reader = self.line, _csv_reader(chain(_lines_of(text), self._lines))
        end = self.line + len(_lines_of(text).readlines())
        rows: list[Row] = []
        first_line = self.line + 1
        try:
            while self.line < end and (row := self._next()) is not None:
                rows.append(row)
        except PabulibError:
            yield from _runs_of(rows, first_line, header)  # one of these may be wrong, and that comes first
            raise
        yield from _runs_of(rows, first_line, header)

    def _next(self) -> Row | None:
        self._first_line = self.line + 1
        self._lines.begin_row()
        try:
            row: Row | None = next(self._reader, None)
        except csv.Error as error:
            raise PabulibError(self.line, "1", f"this is not a row of cells: {error}") from error
        return row


def _csv_reader(lines: Iterable[str]) -> Any:
    # Not strict: a real file holds `"Odkupmy" i my`, a quoted part followed by more.
    return csv.reader(lines, delimiter=";")


def _runs_of(rows: list[Row], line: int, header: Row) -> Iterator[RowRun]:
    """Rows that follow each other from a line on, as runs of rows of the header's width. Raises at one that is not."""
    for width, group in groupby(rows, key=len):
        run = list(group)
        if width == len(header):
            yield RowRun(line, width, [cell for row in run for cell in row])
        elif width:
            check_width(run[0], header, line)
        line += sum(1 + _line_breaks(row) for row in run)


def _plain_cells(text: str, width: int) -> list[str] | None:
    """The cells of lines in which csv would find nothing but rows of this width; None of any others.

    Such lines have no quotes, and their semicolons and ends alternate as those of a table do: to see that is several
    times as fast as csv.
    """
    text = text.replace("\r\n", "\n")
    if not text.endswith("\n"):
        text += "\n"
    marks = text.encode().translate(None, delete=_ORDINARY)
    table = (b";" * (width - 1) + b"\n") * (len(marks) // width)
    # No cell can be too long in a text that is as short as a cell may be.
    if marks != table or len(text) > csv.field_size_limit():
        return None
    cells = text.replace("\n", ";").split(";")
    cells.pop()  # what follows the last line end
    return cells


def check_width(row: Row, header: Row, line: int) -> None:
    """Raise unless a row has as many cells as its header names columns."""
    if len(row) == 1 and row[0].strip().upper() in SECTIONS:
        raise PabulibError(line, "1", f"a second section {row[0].strip().upper()} begins here")
    if len(row) != len(header):
        column = header[len(row)] if len(row) < len(header) else str(len(header) + 1)
        reason = f"the row has {len(row):,} cells where {len(header):,} columns are named"
        raise PabulibError(line, column, reason + because(row, len(header)))


def check_row(row: Row, header: Row, line: int) -> None:
    """Raise unless a row has as many cells as its header names columns, all of them text that can be stored."""
    check_width(row, header, line)
    for name, cell in zip(header, row, strict=True):
        if "\0" in cell:
            raise PabulibError(line, name, f"{shown(cell)} holds a character that is none (NUL)")


def check_header(header: Row, line: int, needed: tuple[str, ...]) -> None:
    """Raise unless a header names each column once and the needed ones are among them."""
    if len(header) > MAX_COLUMNS:
        raise PabulibError(line, str(MAX_COLUMNS + 1), f"{len(header):,} columns are named; the limit is {MAX_COLUMNS}")
    for place, name in enumerate(header, start=1):
        if name in header[: place - 1]:
            raise PabulibError(line, str(place), f"a second column is named {shown(name)}{because(header, place - 1)}")
    for name in needed:
        if name not in header:
            raise PabulibError(line, "1", f"no column is named {shown(name)}{because(header, len(needed))}")


def _line_breaks(row: Row) -> int:
    return sum(cell.count("\n") for cell in row)
