"""Tables as CSV, for everything that is no spreadsheet."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import IO, Final

from pbvote.spreadsheets.cells import write_cell
from pbvote.spreadsheets.tables import TEXTS, Cell, Column, Table

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
