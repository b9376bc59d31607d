"""What tests do with sheets of bids."""

import io
from collections.abc import Mapping, Sequence

import openpyxl
import xlsxwriter
from werkzeug.test import TestResponse

from tests.checked_client import CheckedClient
from tests.pages import fields_of

ROUND = "/desk/bids/round/grants-2014"
NEW = {
    "Group": "Growers",
    "Contact": "Ann Smith",
    "E-mail address": "ann@growers.example",
    "Telephone number": "0161 496 0000",
    "Project": "Beans for all",
    "What they would do": "We plant.",
    "Amount (GBP)": 250,
}


def a_sheet(*rows: Mapping[str, object]) -> bytes:
    """An XLSX file with these rows under the names of their cells."""
    file = io.BytesIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, names)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [row.get(name) for name in names])
    return file.getvalue()


def send(client: CheckedClient, file: bytes, name: str = "bids.xlsx") -> TestResponse:
    """Send a sheet; the preview, or the page that refuses it."""
    return client.post(f"{ROUND}/sheet", data={"file": (io.BytesIO(file), name)}, follow_redirects=True)


def take_in(client: CheckedClient, preview: TestResponse) -> TestResponse:
    """Press the button under a preview."""
    seen = fields_of(preview.get_data(as_text=True))["seen"]
    return client.post(f"{ROUND}/sheet/import", data={"seen": seen}, follow_redirects=True)


def rows_of(file: bytes) -> list[Sequence[object]]:
    """The cells of an XLSX file, without the names."""
    return list(openpyxl.load_workbook(io.BytesIO(file)).worksheets[0].iter_rows(min_row=2, values_only=True))
