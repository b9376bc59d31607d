"""A file that somebody sent: told apart by its content, and its cells as text. Nothing in it is run.

Sizes are looked at before anything is unpacked, and Python's zipfile unpacks no more of a part than was declared.
"""

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, Final

import openpyxl

from pbvote.errors import Refusal
from pbvote.spreadsheets.cells import NO, YES
from pbvote.spreadsheets.writing import as_typed

Grid = list[tuple[int, list[str]]]
"""The rows that say something, each with the number that the spreadsheet shows beside it."""

MOST_BYTES: Final = 1024 * 1024
"""Of a file as it is sent. 5,000 bids take less as XLSX."""
MOST_UNPACKED: Final = 20 * 1024 * 1024
MOST_PARTS: Final = 500
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
_SHEET_ENDS: Final = 1_048_576
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ESCAPE: Final = re.compile(r"_x005F_(?=x[0-9a-fA-F]{4}_)")
"""What stands in a file for the first letter of ``_x0041_``, since that is an escape itself. openpyxl leaves it."""
_BOOK, _MACROS = "xl/workbook.xml", "vbaproject.bin"


class NoTable(Refusal):
    """A file that is no table that we can read."""

    status = 422


def grid_of(file: bytes) -> Grid:
    """The cells of an XLSX file's first sheet, or of a CSV file. Raises `NoTable`."""
    if len(file) > MOST_BYTES:
        raise NoTable("This file is larger than 1 MB. Send fewer rows at a time.")
    if file.startswith(_OLE):
        raise NoTable(_why_not_ole(file))
    grid = _from_xlsx(file) if file.startswith(_ZIP) else _from_csv(_decoded(file))
    if not grid:
        raise NoTable("This file is empty.")
    return grid


def _why_not_ole(file: bytes) -> str:
    if _ENCRYPTED in file:
        return "This file has a password. Save it without one, and send it again."
    return "This is an old Excel file (.xls). Save it as .xlsx or .csv, and send it again."


def _from_xlsx(file: bytes) -> Grid:
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            _require_harmless(parts.infolist())
        book = openpyxl.load_workbook(io.BytesIO(file), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of them may be wrong
        rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
        return _filled([as_typed(_as_text(cell)) for cell in row] if row.count(None) < len(row) else () for row in rows)
    except Refusal:
        raise
    except Exception as error:  # a broken file fails in any of a hundred ways
        raise NoTable("We can’t read this file. Save it as .xlsx in your spreadsheet, and send that.") from error


def _require_harmless(parts: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse what would fill the memory, what can run, and what is no workbook."""
    names = {part.filename.lower() for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NoTable("This file would unpack to more than 20 MB, so we have not opened it.")
    if any(part.flag_bits & 1 for part in parts):
        raise NoTable("This file has a password. Save it without one, and send it again.")
    if any(name.endswith(_MACROS) for name in names):
        raise NoTable("This file has macros. Save it as .xlsx, without macros, and send that.")
    if _BOOK not in names:
        raise NoTable("This is no Excel file. Save your table as .xlsx or .csv, and send that.")


def _as_text(cell: Any) -> str:
    """A cell's value as it would be typed: 5551234 and not 5551234.0, 2014-07-12 and no 00:00:00."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float):
        # A spreadsheet has 15 digits; what comes after them is the computer's.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return str(cell.date() if cell.time() == dt.time() else cell.replace(tzinfo=None))
    return _ESCAPE.sub("_", str(cell))


def _decoded(file: bytes) -> str:
    """The text of a CSV file, in whichever encoding Excel or LibreOffice saved it."""
    is_wide = file.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            text = file.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NoTable("This is no spreadsheet. Save your table as .xlsx or .csv, and send that.")


def _from_csv(text: str) -> Grid:
    first = text.partition("\n")[0]
    if first.strip().lower().startswith("sep="):  # for Excel; it names the sign and is no row
        first, text = first.strip()[4:5], text.partition("\n")[2]
    sign = max(",;\t", key=first.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
        return _filled([as_typed(cell) for cell in row] for row in rows)
    except csv.Error as error:
        raise NoTable("A quotation mark in this file is not closed, or a cell is too long.") from error


def _filled(rows: Iterable[Sequence[str]]) -> Grid:
    """The rows that say something. Raises `NoTable` where they are too many, or too wide."""
    grid: Grid = []
    for number, row in enumerate(rows, 1):
        if number > _SHEET_ENDS or len(grid) > MOST_ROWS:
            raise NoTable(f"This file has more than {MOST_ROWS:,} rows. Send fewer at a time.")
        cells = list(row)
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise NoTable(f"This file has more than {MOST_COLUMNS} columns.")
        if cells:
            grid.append((number, cells))
    return grid
