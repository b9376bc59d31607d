"""Sheets as people send them: in another order, half filled in, out of LibreOffice, broken, or meant to do harm."""

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from pbvote.spreadsheets.cells import CellError, read_cell
from pbvote.spreadsheets.opening import NoTable, grid_of
from pbvote.spreadsheets.reading import Sheet, read_sheet
from pbvote.spreadsheets.tables import Cell, Column, Kind, money_column

COLUMNS = (
    Column("Group", is_needed=True, most=40),
    Column("Telephone number", Kind.TELEPHONE, aliases=("Phone",)),
    money_column("Amount", "GBP"),
    Column("Received on", Kind.DAY),
)


def workbook(*rows: list[Any]) -> bytes:
    """A file with these cells, as any program may write them."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet(index=0)
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def read(file: bytes) -> Sheet:
    """The file under the columns of these tests."""
    return read_sheet(grid_of(file), COLUMNS)


def cell(kind: Kind, text: str) -> Cell:
    """One cell of this kind."""
    return read_cell(text, Column("Any", kind))


def refused(file: bytes) -> str:
    """Why the file is refused."""
    with pytest.raises(NoTable) as refusal:
        read(file)
    assert refusal.value.status == 422
    return str(refusal.value)


def test_columns_come_in_any_order_under_any_of_their_names_and_unknown_ones_are_named() -> None:
    sheet = read(workbook(["amount (£)", "Mood", "PHONE", "group"], [250, "good", "0161 496 0000", "Growers"]))
    assert [row.cells for row in sheet.rows] == [
        {"Amount (GBP)": 250_00, "Telephone number": "0161 496 0000", "Group": "Growers"}
    ]
    assert sheet.unknown == ["Mood"]


def test_what_stands_above_the_names_a_second_row_of_names_and_empty_rows_say_nothing() -> None:
    rows: list[list[Any]] = [["Bids in Sale"], [], ["Group", "Amount"], ["Group", "Amount"], ["Growers", 250]]
    sheet = read(workbook(*rows, [None, " "], ["Cooks", 300], *[["", None]] * 1000))
    assert [(row.number, row.cells["Group"]) for row in sheet.rows] == [(5, "Growers"), (7, "Cooks")]


def test_a_cell_of_libreoffice_is_what_it_shows() -> None:
    row = ["Growers", 7700900123, 1000.1 + 0.2, dt.date(2014, 7, 12)]
    [read_row] = read(workbook(["Group", "Phone", "Amount", "Received on"], row)).rows
    assert list(read_row.cells.values()) == ["Growers", "07700900123", 1000_30, dt.date(2014, 7, 12)]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.MONEY, "£1,000", 1_000_00),
        (Kind.MONEY, "1,000.50", 1_000_50),
        (Kind.MONEY, " GBP 250 ", 250_00),
        (Kind.MONEY, "−£12.50", -12_50),
        (Kind.MONEY, "(12.50)", -12_50),
        (Kind.MONEY, "٢٥٠", 250_00),
        (Kind.MONEY, "", None),
        (Kind.DAY, "12/07/2014", dt.date(2014, 7, 12)),
        (Kind.DAY, "2014-07-12 00:00:00", dt.date(2014, 7, 12)),
        (Kind.DAY, "Sat, 12 July 2014", dt.date(2014, 7, 12)),
        (Kind.DAY, "12-Jul-2014", dt.date(2014, 7, 12)),
        (Kind.YES_NO, "TRUE", True),
        (Kind.YES_NO, "n", False),
        (Kind.TELEPHONE, "1614960000", "01614960000"),
        (Kind.TELEPHONE, "+44 161 496 0000", "+44 161 496 0000"),
        (Kind.NUMBERED, "1092477", "1092477"),
        (Kind.TEXT, " a\nb\u202e ", "a b"),
    ],
)
def test_a_cell_is_read_as_it_was_meant(kind: Kind, text: str, expected: Cell) -> None:
    assert cell(kind, text) == expected


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        (Kind.MONEY, "1.000,50", "Use commas only between thousands"),
        (Kind.MONEY, "about 250", "Use only the numbers 0 to 9"),
        (Kind.MONEY, "1.005", "Use no more than 2 numbers after the point"),
        (Kind.DAY, "31/06/2014", "The date must be a real date"),
        (Kind.DAY, "12/07/14", "The year must have 4 numbers"),
        (Kind.DAY, "soon", "Enter a date, like 12 July 2014"),
        (Kind.YES_NO, "perhaps", "Enter Yes or No"),
        (
            Kind.TELEPHONE,
            "7.7009E+09",
            "The spreadsheet has shortened this number to 7.7009E+09. Type it again, as text",
        ),
        (Kind.TEXT, "#REF!", "The formula here has failed: #REF!"),
    ],
)
def test_a_cell_that_could_mean_two_things_is_refused_with_a_sentence(kind: Kind, text: str, sentence: str) -> None:
    with pytest.raises(CellError) as refusal:
        cell(kind, text)
    assert str(refusal.value).startswith(sentence)


def test_a_problem_names_its_row_and_its_column() -> None:
    rows = [["Growers", "250"], ["x" * 10_000, "25O"]]
    sheet = read(workbook(["Bids"], ["Group", "Amount (GBP)"], *rows))
    assert [str(problem) for problem in sheet.problems] == [
        "Row 4, Group: Use 40 characters or fewer. These are 10,000",
        "Row 4, Amount (GBP): Use only the numbers 0 to 9, with a point before the pence, like 3,043.69",
    ]
    assert sheet.rows[0].cells["Amount (GBP)"] == 250_00


def test_a_sheet_without_what_is_needed_or_with_it_twice_is_refused() -> None:
    assert "no column “Group”" in refused(workbook(["Phone", "Amount"], ["1", 2]))
    assert "“Telephone number” twice" in refused(workbook(["Group", "Phone", "Telephone number"], ["A", "1", "2"]))
    assert "can’t find the row with the names" in refused(workbook(["a", "b"], ["c", "d"]))
    assert refused(workbook()) == "This file is empty."
    assert refused(b"") == "This file is empty."


@pytest.mark.parametrize(
    "file",
    [
        "Group;Amount\r\nGröwers;250\r\n".encode("cp1252"),
        "Group\tAmount\r\nGröwers\t250\r\n".encode("utf-16"),
        "sep=;\r\nGroup;Amount\r\nGröwers;250\r\n".encode(),
        '\ufeffGroup,Amount\n\n"Gröwers",250\n,,,\n'.encode(),
    ],
    ids=["windows", "unicode-text", "sep", "utf-8"],
)
def test_a_csv_is_read_in_whatever_way_a_spreadsheet_saved_it(file: bytes) -> None:
    [row] = read(file).rows
    assert row.cells == {"Group": "Gröwers", "Amount (GBP)": 250_00}


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip file with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_a_zip_bomb_is_refused_by_what_it_declares_and_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b" " * (30 * 1024 * 1024)})
    many = zipped({"xl/workbook.xml": b"", **{f"xl/{number}": b"" for number in range(600)}})
    assert len(bomb) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_, **__: pytest.fail("it was unpacked"))
    assert refused(bomb) == "This file would unpack to more than 20 MB, so we have not opened it."
    assert "unpack to more" in refused(many)


def test_macros_passwords_and_other_files_are_refused_each_with_its_sentence() -> None:
    assert "has macros" in refused(zipped({"xl/workbook.xml": b"", "xl/vbaProject.bin": b""}))
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512
    assert "has a password" in refused(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "old Excel file" in refused(ole)
    assert "no Excel file" in refused(zipped({"content.xml": b""}))
    assert "can’t read this file" in refused(zipped({"xl/workbook.xml": b"<nonsense"}))
    assert "can’t read this file" in refused(workbook(["Group"], ["A"])[:-40])
    assert "no spreadsheet" in refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert "quotation mark" in refused(b'Group,Amount\n"Growers,250\n')
    assert "larger than 1 MB" in refused(b"Group\n" + b"Growers\n" * 150_000)


def test_a_sheet_that_names_a_cell_far_away_costs_nothing_and_loses_nothing() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Group", "Amount"])
        sheet.write_row(1_048_575, 0, ["Growers", 250])
    [row] = read(file.getvalue()).rows
    assert row.number == 1_048_576
    assert "more than 5,000 rows" in refused(b"Group\n" + b"A\n" * 6_000)
    assert "more than 200 columns" in refused(workbook(["Group", *map(str, range(300))], ["A"]))


def test_a_formula_is_never_worked_out() -> None:
    # Without a program that worked it out there is nothing in the cell.
    [row] = read(workbook(["Group", "Amount"], ["Growers", "=100+150"])).rows
    assert row.cells == {"Group": "Growers", "Amount (GBP)": None}
