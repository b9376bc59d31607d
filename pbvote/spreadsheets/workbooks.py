"""Tables as XLSX, for people with a spreadsheet.

XlsxWriter makes the workbook with everything but the rows: looks, widths, lists to choose from, notes. The rows are
written into it here, straight into the compressed part, so that a table may be of any length and takes no memory.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pbvote.spreadsheets.cells import NO, YES, write_cell
from pbvote.spreadsheets.tables import MOST_CHARACTERS, Cell, Column, Kind, Table, plain_text
from pbvote.spreadsheets.writing import harmless

MOST_IN_LIST: Final = 255
AT_A_TIME: Final = 64 * 1024
"""So many characters of rows are compressed at a time."""
_CUT: Final = " … This text was cut, since a cell holds no more."
# Text stays text in the cells that somebody fills in later, too.
_LOOKS: Final[dict[Kind, dict[str, Any]]] = {
    Kind.TEXT: {"num_format": "@"},
    Kind.LONG: {"num_format": "@", "text_wrap": True},
    Kind.NUMBERED: {"num_format": "@"},
    Kind.TELEPHONE: {"num_format": "@"},
    Kind.MONEY: {"num_format": "#,##0.00"},
    Kind.WHOLE: {"num_format": "0"},
    Kind.DAY: {"num_format": "d mmmm yyyy", "align": "left"},
    Kind.YES_NO: {"num_format": "@"},
}
_HOW: Final[dict[str, Any]] = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_ROWS: Final = "xl/worksheets/sheet1.xml"
_ROWS_END: Final = "</sheetData>"
_DIMENSION: Final = re.compile(r"<dimension [^>]*/>")
"""How far the cells reach: nobody knows before the last is written, and none needs to be told."""
_COLUMN: Final = re.compile(r'<col min="([0-9]+)" max="([0-9]+)" [^>]*style="([0-9]+)"')
_LIKE_AN_ESCAPE: Final = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_BEFORE_1900: Final = dt.date(1899, 12, 31)
_NO_LEAP_DAY: Final = 59
"""Spreadsheets count a 29 February 1900 that never was, after this many days."""


def as_xlsx(table: Table) -> bytes:
    """A workbook: the table under a bold heading that stays in sight, then what each column wants, if anything."""
    file = io.BytesIO()
    _write_book(table, file, {"title": table.title})
    return file.getvalue()


def write_xlsx(table: Table, file: IO[bytes], made_at: dt.datetime) -> None:
    """The same into a file, a row held at a time. It says when it was made: the same table is the same bytes."""
    _write_book(table, file, {"title": table.title, "created": made_at.replace(tzinfo=None)})


def _write_book(table: Table, file: IO[bytes], facts: dict[str, Any]) -> None:
    with zipfile.ZipFile(io.BytesIO(_frame(table, facts))) as frame, zipfile.ZipFile(file, "w") as book:
        for part in frame.infolist():
            if part.filename == _ROWS:
                _write_rows(table, frame.read(part).decode(), book, part)
            else:
                book.writestr(part, frame.read(part))


def _frame(table: Table, facts: dict[str, Any]) -> bytes:
    """The workbook without the table's rows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _HOW) as book:
        book.set_properties(facts)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        looks = {kind: book.add_format({"valign": "top", **look}) for kind, look in _LOOKS.items()}
        sheet = book.add_worksheet(_sheet_name(table.title))
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, column.width, looks[column.kind])
            sheet.write_string(0, at, column.name, bold)
            _offer_choices(sheet, at, (YES, NO) if column.kind is Kind.YES_NO else column.choices)
        if any(column.note for column in table.columns):
            _write_notes(book.add_worksheet(table.notes_title), table, bold, looks[Kind.LONG])
    return file.getvalue()


def _offer_choices(sheet: Worksheet, at: int, choices: Sequence[str]) -> None:
    """A list to choose from in each cell of a column, as far as Excel lets it be."""
    if choices and len(",".join(choices)) <= MOST_IN_LIST and not any("," in choice for choice in choices):
        sheet.data_validation(1, at, 5_000, at, {"validate": "list", "source": list(choices)})


def _write_notes(sheet: Worksheet, table: Table, bold: Format, look: Format) -> None:
    sheet.set_column(0, 0, 28, look)
    sheet.set_column(1, 1, 80, look)
    for at, heading in enumerate(("Column", table.notes_title)):
        sheet.write_string(0, at, heading, bold)
    noted = (column for column in table.columns if column.note)
    for row, column in enumerate(noted, 1):
        sheet.write_string(row, 0, column.name, look)
        sheet.write_string(row, 1, column.note, look)


def _sheet_name(title: str) -> str:
    """The title as Excel takes one for a sheet: 31 characters, without some signs."""
    return plain_text(re.sub(r"[\[\]:*?/\\']", " ", title), Kind.TEXT)[:31].strip() or "Table"


def _write_rows(table: Table, frame: str, book: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """The sheet with its rows, in place of the one that has only the columns' names."""
    before, end, after = _DIMENSION.sub("", frame).partition(_ROWS_END)
    writers = [_writer(at, column, style) for at, (column, style) in enumerate(_styled(table.columns, before))]
    placed = zipfile.ZipInfo(part.filename, part.date_time)
    placed.compress_type, placed.external_attr = part.compress_type, part.external_attr
    with book.open(placed, "w") as sheet:
        sheet.write(before.encode())
        for some in _in_lots(_rows(table.rows, writers)):
            sheet.write(some.encode())
        sheet.write((end + after).encode())


def _styled(columns: Sequence[Column], frame: str) -> Iterator[tuple[Column, str]]:
    """Each column, and the number of its look in the workbook: that of the cells that are filled in later."""
    styles = {
        number: style for first, last, style in _COLUMN.findall(frame) for number in range(int(first), int(last) + 1)
    }
    return ((column, styles[number]) for number, column in enumerate(columns, 1))


def _rows(rows: Iterable[Sequence[Cell]], writers: Sequence[Callable[[Cell, int], str]]) -> Iterator[str]:
    """Each row as the sheet has it. A cell that says nothing is left out: its look is the column's."""
    for number, row in enumerate(rows, 2):
        cells = zip(writers, row, strict=True)
        filled = "".join([write(cell, number) for write, cell in cells if cell is not None and cell != ""])
        if filled:
            yield f'<row r="{number}">{filled}</row>'


def _in_lots(texts: Iterable[str]) -> Iterator[str]:
    """The texts, several together."""
    held, length = [], 0
    for text in texts:
        held.append(text)
        length += len(text)
        if length >= AT_A_TIME:
            yield "".join(held)
            held, length = [], 0
    yield "".join(held)


def _writer(at: int, column: Column, style: str) -> Callable[[Cell, int], str]:
    """What writes the cells of a column, given the number of the row."""
    name, kind = xl_col_to_name(at), column.kind

    def write(cell: Cell, row: int) -> str:
        if isinstance(cell, dt.date):
            return f'<c r="{name}{row}" s="{style}"><v>{_serial(cell)}</v></c>'
        if isinstance(cell, int) and not isinstance(cell, bool):
            number = cell / 100 if kind is Kind.MONEY else cell
            return f'<c r="{name}{row}" s="{style}"><v>{number:.16G}</v></c>'
        text = _short_enough(_marked(write_cell(cell, kind)))
        kept = "" if text == text.strip() else ' xml:space="preserve"'
        return f'<c r="{name}{row}" s="{style}" t="inlineStr"><is><t{kept}>{_escaped(text)}</t></is></c>'

    return write


def _serial(day: dt.date) -> int:
    """A day as spreadsheets count them."""
    days = day.toordinal() - _BEFORE_1900.toordinal()
    return days + 1 if days > _NO_LEAP_DAY else days


def _marked(text: str) -> str:
    """A text cell is no formula, whatever it begins with. Only an apostrophe is one that reading would take off."""
    return harmless(text) if text.startswith("'") else text


def _short_enough(text: str) -> str:
    """The text, or what of it a cell holds, where an emoji counts twice: no spreadsheet opens a file with more."""
    if len(text) <= MOST_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _escaped(text: str) -> str:
    """As XML has it. What a spreadsheet would take for an escape of its own, ``_x0041_``, stays what it is."""
    if "_x" in text:
        text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
