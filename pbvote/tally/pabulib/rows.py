"""The rows of a `.pb` file, read as a stream in bounded memory.

A file is never trusted: its size, the length of a line and the length of a cell have limits, so that ten million
columns or a quote that never closes end in an error and not in a full memory.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice, repeat
from typing import Any, BinaryIO

from pbvote.tally.pabulib.errors import PabulibError, shown

MAX_FILE = 500_000_000  # bytes, unless the caller says otherwise
MAX_LINE = 1_000_000  # characters, give or take a block; a cell has csv's own limit of 131,072
MAX_COLUMNS = 200
SECTIONS = ("META", "PROJECTS", "VOTES")
_BLOCK = 1 << 18  # bytes read at once
_BATCH = 4096  # rows handed on at once

Row = list[str]


def read_lines(stream: BinaryIO, max_file: int) -> Iterator[str]:
    """The lines of a UTF-8 stream with their line ends, a byte order mark taken off.

    Lines end at LF alone: `str.splitlines` would also cut at characters that stand inside real titles.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    number, size, rest = 1, 0, ""
    is_last = False
    while not is_last:
        block = stream.read(_BLOCK)
        is_last = not block
        size += len(block)
        if size > max_file:
            raise PabulibError(number, "1", f"the file is larger than {max_file:,} bytes, which is the limit here")
        try:
            text = rest + decoder.decode(block, final=is_last)
        except UnicodeDecodeError as error:
            number += block.count(b"\n", 0, error.start)
            raise PabulibError(number, "1", "this is not text in UTF-8") from error
        end = len(text) if is_last else text.rfind("\n") + 1
        rest = text[end:]
        yield from io.StringIO(text[:end], newline="\n")
        number += text.count("\n", 0, end)
        if len(rest) > MAX_LINE:
            reason = f"the line is longer than {MAX_LINE:,} characters, which is the limit"
            raise PabulibError(number, "1", reason)


@dataclass(frozen=True)
class Run:
    """Rows of one width that follow each other without a blank line: their cells, row after row."""

    first_line: int
    width: int
    cells: list[str]

    def column(self, place: int) -> list[str]:
        """The cells of one column."""
        return self.cells[place :: self.width]

    def line_of(self, index: int) -> int:
        """The line on which a row begins; a cell in quotes may hold line breaks."""
        before = self.cells[: index * self.width]
        return self.first_line + index + sum(cell.count("\n") for cell in before)


class RowReader:
    """The rows of one file, section by section, each with the line on which it begins."""

    def __init__(self, stream: BinaryIO, max_file: int = MAX_FILE) -> None:
        self._lines = read_lines(stream, max_file)
        self._reader = self._rows_of(self._lines)
        self._before = 0  # lines that were taken before `_reader` began
        self._first_line = 1

    @staticmethod
    def _rows_of(lines: Iterator[str]) -> Any:
        # Not strict: a real file holds `"Odkupmy" i my`, a quoted part followed by more.
        return csv.reader(lines, delimiter=";")

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

    def runs(self, header: Row) -> Iterator[Run]:
        """All remaining rows, each of the header's width. Raises where one is not."""
        self._begin_anew(())
        while lines := list(islice(self._lines, _BATCH)):
            cells = _plain_cells(lines, len(header))
            if cells is not None:
                yield Run(self.line + 1, len(header), cells)
                self._begin_anew((), taken=len(lines))
                continue
            self._begin_anew(lines)
            end = self.line + len(lines)
            while self.line < end and (rows := self._take(end - self.line)):
                yield from self._runs_of(rows, header)
            self._begin_anew(())

    def _begin_anew(self, lines: Sequence[str], taken: int = 0) -> None:
        """Let the reader go on with these lines and what follows them; `taken` were read without it."""
        self._before = self.line + taken
        self._reader = self._rows_of(chain(lines, self._lines))

    def _runs_of(self, rows: list[Row], header: Row) -> Iterator[Run]:
        line = self._first_line
        for is_row, group in groupby(rows, key=bool):
            run = list(group)
            if is_row:
                if set(map(len, run)) != {len(header)}:
                    for index, row in enumerate(run):
                        check_width(row, header, line + index + sum(map(_line_breaks, run[:index])))
                yield Run(line, len(header), [cell for row in run for cell in row])
            line += sum(1 + _line_breaks(row) for row in run)

    def rest(self) -> Iterator[tuple[int, Row]]:
        """All remaining rows one by one, each with the line on which it begins."""
        while (row := self._next()) is not None:
            if row:
                yield self._first_line, row

    def _next(self) -> Row | None:
        batch = self._take(1)
        return batch[0] if batch else None

    def _take(self, number: int) -> list[Row]:
        self._first_line = self.line + 1
        try:
            return list(islice(self._reader, number))
        except csv.Error as error:
            raise PabulibError(self.line, "1", f"this is not a row of cells: {error}") from error


def _plain_cells(lines: list[str], width: int) -> list[str] | None:
    """The cells of lines that hold no quotes and have this width, twice as fast as csv's; None for any others."""
    text = "".join(lines)
    if '"' in text or set(map(str.count, lines, repeat(";"))) != {width - 1}:
        return None
    text = text.replace("\r\n", "\n")
    if "\r" in text or "\0" in text or max(map(len, lines)) > csv.field_size_limit() or _has_blank(lines, width):
        return None
    cells = text.replace("\n", ";").split(";")
    if text.endswith("\n"):
        cells.pop()
    return cells


def _has_blank(lines: list[str], width: int) -> bool:
    """Whether a line is blank, which csv leaves out. With a semicolon in each line none is."""
    return width == 1 and not all(map(str.strip, lines))


def check_width(row: Row, header: Row, line: int) -> None:
    """Raise unless a row has as many cells as its header names columns."""
    if len(row) == 1 and row[0].strip().upper() in SECTIONS:
        raise PabulibError(line, "1", f"a second section {row[0].strip().upper()} begins here")
    if len(row) != len(header):
        column = header[len(row)] if len(row) < len(header) else str(len(header) + 1)
        raise PabulibError(line, column, f"the row has {len(row):,} cells where {len(header):,} columns are named")


def check_header(header: Row, line: int, needed: tuple[str, ...]) -> None:
    """Raise unless a header names each column once and the needed ones are among them."""
    if len(header) > MAX_COLUMNS:
        raise PabulibError(line, str(MAX_COLUMNS + 1), f"{len(header):,} columns are named; the limit is {MAX_COLUMNS}")
    for place, name in enumerate(header, start=1):
        if name in header[: place - 1]:
            raise PabulibError(line, str(place), f"a second column is named {shown(name)}")
    for name in needed:
        if name not in header:
            raise PabulibError(line, "1", f"no column is named {shown(name)}")


def _line_breaks(row: Row) -> int:
    return sum(cell.count("\n") for cell in row)
