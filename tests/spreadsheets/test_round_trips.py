"""What goes out as a file comes back as it was, also by way of LibreOffice."""

import csv
import datetime as dt
import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbvote.spreadsheets.opening import grid_of
from pbvote.spreadsheets.reading import read_sheet
from pbvote.spreadsheets.tables import Cell, Column, Kind, Table, money_column, plain_text
from pbvote.spreadsheets.workbooks import as_xlsx, write_xlsx
from pbvote.spreadsheets.writing import as_csv
from tests.office import saved_by_libreoffice

COLUMNS = (
    Column("Group", Kind.TEXT, is_needed=True),
    Column("Summary", Kind.LONG),
    Column("Charity number", Kind.NUMBERED, note="As the register has it"),
    Column("Telephone", Kind.TELEPHONE),
    money_column("Amount", "GBP"),
    Column("People", Kind.WHOLE),
    Column("Received on", Kind.DAY),
    Column("At risk", Kind.YES_NO),
)


def texts(kind: Kind) -> st.SearchStrategy[str]:
    """Texts as forms keep them, many of them such as a spreadsheet would run or shorten."""
    wild = st.text(max_size=30) | st.from_regex(r"['=+\-@\t]{1,3}[A-Z0-9(]{0,5}", fullmatch=True)
    numbers = st.sampled_from(["1/2", "50%", "£250", "1 May 2014", "10:30", "1E5", "-12.50"])
    return (wild | numbers | st.from_regex(r"'?0[0-9]{7,10}", fullmatch=True)).map(lambda text: plain_text(text, kind))


ROWS = st.tuples(
    texts(Kind.TEXT).filter(bool),
    texts(Kind.LONG),
    texts(Kind.NUMBERED).filter(lambda text: "E" not in text.upper()),  # 7.7E9 is what is left of a number
    st.sampled_from(["", "07700900123", "+44 161 496 0000", "0161 496 0000"]),
    st.none() | st.integers(-(10**12), 10**12),
    st.none() | st.integers(-(10**9), 10**9),
    st.none() | st.dates(dt.date(1901, 1, 1), dt.date(2199, 12, 31)),
    st.none() | st.booleans(),
)
TABLES = st.lists(ROWS, max_size=8).map(lambda rows: Table("Bids, Sale: 2014/15?", COLUMNS, rows))
AS_IT_IS = Table(
    "Bids",
    COLUMNS,
    [
        ("Growers", "We plant.\n\nYou eat.", "05551234", "07700900123", 3_043_69, 40, dt.date(2014, 7, 12), True),
        ("=HYPERLINK(1)", "+1, -1, @x", "1092477", "+44 161 496 0000", -12_50, 0, dt.date(2014, 1, 2), False),
        ("'quoted'", '"Both", he said; then: \t', "SC012345", "0161 496 0000", 1, None, None, None),
        ("Zażółć 🌻 اردو", "_x0041_ & <b> https://group.example/", "'=1", "", 4_000_00, 1, dt.date(2016, 2, 29), None),
    ],
)


def read(file: bytes) -> list[tuple[Cell, ...]]:
    """The rows of a file, whole."""
    sheet = read_sheet(grid_of(file), COLUMNS)
    assert not sheet.problems
    assert not sheet.unknown
    return [tuple(row.cells[column.name] for column in COLUMNS) for row in sheet.rows]


def plain(table: Table) -> list[tuple[Cell, ...]]:
    """The rows of a table, as forms would have kept them."""
    return [
        tuple(
            plain_text(cell, column.kind) if isinstance(cell, str) else cell
            for column, cell in zip(COLUMNS, row, strict=True)
        )
        for row in table.rows
    ]


@pytest.mark.parametrize("write", [as_xlsx, as_csv])
@given(table=TABLES)
def test_any_table_comes_back_as_it_went(write: Callable[[Table], bytes], table: Table) -> None:
    assert read(write(table)) == plain(table)


@pytest.mark.parametrize(
    ("write", "came_as", "goes_as"),
    [
        pytest.param(as_xlsx, "xlsx", "xlsx", id="xlsx"),
        pytest.param(as_csv, "csv", "csv", id="csv"),
        pytest.param(as_xlsx, "xlsx", "csv", id="xlsx-saved-as-csv"),
        pytest.param(as_csv, "csv", "xlsx", id="csv-saved-as-xlsx"),
    ],
)
def test_what_libreoffice_saves_comes_back_as_it_went(
    tmp_path: Path, write: Callable[[Table], bytes], came_as: str, goes_as: str
) -> None:
    assert read(saved_by_libreoffice(tmp_path, write(AS_IT_IS), came_as, goes_as)) == plain(AS_IT_IS)


def test_a_csv_begins_with_its_mark_and_has_bare_numbers() -> None:
    file = as_csv(AS_IT_IS)
    assert file.startswith(b"\xef\xbb\xbfGroup,Summary,")
    assert b"\r\n" in file
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    assert [row["Amount (GBP)"] for row in rows] == ["3043.69", "-12.50", "0.01", "4000.00"]
    assert rows[1]["Group"] == "'=HYPERLINK(1)"
    assert rows[1]["Summary"] == "'+1, -1, @x"
    assert rows[0]["Charity number"] == "'05551234"  # the zero would be gone
    assert rows[0]["Received on"] == "2014-07-12"


def test_a_workbook_has_text_dates_and_numbers_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(AS_IT_IS)))
    sheet = book["Bids"]
    assert sheet.freeze_panes == "A2"
    assert [cell.font.b for cell in sheet[1]] == [True] * len(COLUMNS)
    first, second = sheet[2], sheet[3]
    assert [cell.data_type for cell in first] == ["s", "s", "s", "s", "n", "n", "d", "s"]
    assert (first[2].value, first[2].number_format) == ("05551234", "@")
    assert first[6].number_format == "d mmmm yyyy"
    assert (first[4].value, first[4].number_format) == (3043.69, "#,##0.00")
    assert (second[0].data_type, second[0].value) == ("s", "=HYPERLINK(1)")
    assert second[4].value == -12.5
    assert sheet["B5"].hyperlink is None
    assert sheet.column_dimensions["B"].width > 10
    assert book["What to fill in"]["A2"].value == "Charity number"


@pytest.mark.parametrize("letter", ["x", "🌱"])
def test_a_text_longer_than_a_cell_is_cut_and_says_so(letter: str) -> None:
    table = Table("Bids", COLUMNS[:1], [(letter * 40_000,), (letter * 16_000,)])
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(table)))["Bids"]
    value = sheet["A2"].value
    assert len(value.encode("utf-16-le")) // 2 in {32_766, 32_767}  # as a cell counts
    assert value.endswith(f"{letter} … This text was cut, since a cell holds no more.")
    assert sheet["A3"].value == letter * 16_000


def test_a_table_of_any_length_takes_no_more_memory_and_is_the_same_bytes_each_time() -> None:
    class Counted(io.RawIOBase):
        written, at = 0, 0

        def write(self, text: Any) -> int:
            self.at += len(text)
            self.written = max(self.written, self.at)
            return len(text)

        def tell(self) -> int:
            return self.at

        def seek(self, at: int, whence: int = 0) -> int:
            self.at = at if whence == 0 else self.written + at
            return self.at

        def seekable(self) -> bool:
            return True

    made_at = dt.datetime(2014, 7, 13, tzinfo=dt.UTC)
    rows = (("Group", "Words, words, words. " * 50, "05551234", None, 1, 2, None, True) for _ in range(3_000))
    write_xlsx(Table("Bids", COLUMNS, []), io.BytesIO(), made_at)  # what is loaded once
    tracemalloc.start()
    write_xlsx(Table("Bids", COLUMNS, rows), cast("IO[bytes]", Counted()), made_at)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_500_000
    first, second = io.BytesIO(), io.BytesIO()
    for file in (first, second):
        write_xlsx(AS_IT_IS, file, made_at)
    assert first.getvalue() == second.getvalue()
