"""Tables as files: XLSX for people with a spreadsheet, CSV for everything else."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pbvote.spreadsheets.cells import NO, YES, write_cell
from pbvote.spreadsheets.tables import MOST_CHARACTERS, TEXTS, Cell, Column, Kind, Table, plain_text

MOST_IN_LIST: Final = 255
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel takes the pound sign for two other letters."""
_CHANGED: Final = re.compile(
    r"""'*(?:
        [=+\-@\t\r].*                                                                     # a formula
        | (?: 0[0-9]+ | [0-9]{16,}                                                        # 05551234 loses its zero
            | [£$€]?[0-9][0-9.,/:-]*%? (?<![0-9]) | [£$€]?[0-9]+[.,/:-][0-9.,/:-]*%?      # 50%, 1/2, 10:30, 250.00
            | [£$€][0-9]+ | [0-9]+(?:\.[0-9]+)?E[0-9]+
            | (?=.*[0-9]) (?:[0-9]{1,4}[\ ./-]*)?                                         # 1 May, May 2014
              (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\ ,./-]*[0-9]{0,4}(?:[\ ,]+[0-9]{4})?
        ) \Z)""",
    re.ASCII | re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""Text that a spreadsheet would run, or take for a number or a date; also once an apostrophe stands before it."""
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
_NO_GUESSING: Final[dict[str, Any]] = {"strings_to_formulas": False, "strings_to_urls": False}


def as_csv(table: Table) -> bytes:
    """UTF-8 with a byte-order mark, as RFC 4180 has it. Amounts are bare numbers, and no text is a formula."""
    file = io.BytesIO()
    write_csv(table, file)
    return file.getvalue()


def write_csv(table: Table, file: IO[bytes]) -> None:
    """The same into a file, row by row, so that a table may be of any length."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(harmless(column.name) for column in table.columns)
    writer.writerows(_csv_cells(table.columns, row) for row in table.rows)
    text.detach()


def _csv_cells(columns: Sequence[Column], row: Sequence[Cell]) -> Iterator[str]:
    for column, cell in zip(columns, row, strict=True):
        written = write_cell(cell, column.kind)
        yield harmless(written) if column.kind in TEXTS else written


def harmless(text: str) -> str:
    """A text that a spreadsheet leaves as it is: an apostrophe goes before a formula, 05551234 and 1/2."""
    return f"'{text}" if _CHANGED.match(text) else text


def as_typed(text: str) -> str:
    """The text without the apostrophe that `harmless` put before it."""
    return text[1:] if text.startswith("'") and _CHANGED.match(text[1:]) else text


def as_xlsx(table: Table) -> bytes:
    """A workbook: the table under a bold heading that stays in sight, then what each column wants, if anything."""
    file = io.BytesIO()
    _write_book(table, file, {"title": table.title}, {"in_memory": True})
    return file.getvalue()


def write_xlsx(table: Table, file: IO[bytes], made_at: dt.datetime) -> None:
    """The same into a file, a row held at a time. It says when it was made: the same table is the same bytes."""
    facts = {"title": table.title, "created": made_at.replace(tzinfo=None)}
    _write_book(table, file, facts, {"constant_memory": True})


def _write_book(table: Table, file: IO[bytes], facts: dict[str, Any], how: dict[str, Any]) -> None:
    with xlsxwriter.Workbook(file, _NO_GUESSING | how) as book:
        book.set_properties(facts)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        looks = {kind: book.add_format({"valign": "top", **look}) for kind, look in _LOOKS.items()}
        _write_rows(book.add_worksheet(_sheet_name(table.title)), table, bold, looks)
        if any(column.note for column in table.columns):
            _write_notes(book.add_worksheet(table.notes_title), table, bold, looks[Kind.LONG])


def _write_rows(sheet: Worksheet, table: Table, bold: Format, looks: dict[Kind, Format]) -> None:
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width, looks[column.kind])
        sheet.write_string(0, at, column.name, bold)
        _offer_choices(sheet, at, (YES, NO) if column.kind is Kind.YES_NO else column.choices)
    for number, row in enumerate(table.rows, 1):
        for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write(sheet, number, at, cell, column.kind, looks[column.kind])


def _offer_choices(sheet: Worksheet, at: int, choices: Sequence[str]) -> None:
    """A list to choose from in each cell of a column, as far as Excel lets it be."""
    if choices and len(",".join(choices)) <= MOST_IN_LIST and not any("," in choice for choice in choices):
        sheet.data_validation(1, at, 5_000, at, {"validate": "list", "source": list(choices)})


def _write(sheet: Worksheet, row: int, at: int, cell: Cell, kind: Kind, look: Format) -> None:
    if cell is None or cell == "":
        return  # its look is the column's
    if isinstance(cell, dt.date):
        sheet.write_datetime(row, at, dt.datetime.combine(cell, dt.time()), look)
    elif isinstance(cell, int) and not isinstance(cell, bool):
        sheet.write_number(row, at, cell / 100 if kind is Kind.MONEY else cell, look)
    else:
        sheet.write_string(row, at, _short_enough(_marked(write_cell(cell, kind))), look)


def _marked(text: str) -> str:
    """A text cell is no formula, whatever it begins with. Only an apostrophe is one that reading would take off."""
    return harmless(text) if text.startswith("'") else text


def _short_enough(text: str) -> str:
    """The text, or what of it a cell holds: longer ones would be left out without a word."""
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(_CUT)] + _CUT


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
