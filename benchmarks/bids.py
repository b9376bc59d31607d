"""How the desk does with 500 bids: `python -m benchmarks.bids` writes it into benchmarks/README.md."""

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from werkzeug.test import TestResponse

from benchmarks.page import machine, write_section
from pbvote.access import Role
from pbvote.app import create_app
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import round_called
from pbvote.call.spreadsheets.columns import frame_of
from pbvote.call.spreadsheets.importing import sheet_of
from pbvote.call.spreadsheets.planning import plan_import
from pbvote.db import begin_write, db
from pbvote.memory import settle_memory
from pbvote.people.service import account_with_email
from pbvote.spreadsheets.tables import Cell, Table
from pbvote.spreadsheets.workbooks import as_xlsx
from tests.factories import a_locality, an_account, an_open_round

NUMBER = 500
TIMES = 7
BOARD = "/desk/bids/round/grants-2014"
EMAIL = "organiser@council.example"


def main() -> None:
    """Import, look at, list and export bids in a throw-away database, in one process and without a server."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            {
                "INSTANCE_PATH": folder,
                "DATABASE_URL": f"sqlite:///{folder}/pbvote.sqlite",
                "KEYS_DIR": Path(folder, "keys"),
                "WTF_CSRF_ENABLED": False,
            }
        )
        with app.app_context():
            upgrade()
            begin_write()
            an_account(Role.ORGANISER)
            for name in ("Sale", "Altrincham"):
                a_locality(name)
            an_open_round()
            db.session.commit()
        settle_memory()  # as a server does
        rows = "\n".join(_rows(app, _signed_in(app)))
    table = f"| {NUMBER} bids | the server takes |\n| --- | --- |\n{rows}"
    write_section("bids", f"Measured on {machine()}: SQLite, medians of {TIMES}; the import is done once.\n\n{table}")
    print(table)


def _signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    with app.app_context():
        account = account_with_email(EMAIL)
        if account is None:
            raise LookupError(EMAIL)
        session_id = account.get_id()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = session_id, True
    return client


def _rows(app: Flask, client: FlaskClient) -> list[str]:
    with app.app_context():
        sheet = as_xlsx(Table("Bids", frame_of(_round()).columns, [_bid(number) for number in range(NUMBER)]))

    def send(file: bytes) -> TestResponse:
        return client.post(f"{BOARD}/sheet", data={"file": (io.BytesIO(file), "bids.xlsx")})

    lines = [_line("a sheet of new bids sent and read", 302, lambda: send(sheet))]
    lines.append(_line("the preview of new bids", 200, lambda: client.get(f"{BOARD}/sheet/preview")))
    with app.app_context():
        account = account_with_email(EMAIL)
        waiting = sheet_of(_round(), account) if account else None
        seen = plan_import(_round(), waiting.grid, account).digest if account and waiting else ""

    def take_in() -> TestResponse:
        return client.post(f"{BOARD}/sheet/import", data={"seen": seen})

    lines.append(_line("**all imported, with their letters**", 302, take_in, 1))
    for what, address in (
        ("the board", BOARD),
        ("the board of one locality", f"{BOARD}?locality=1"),
        ("the export as XLSX", f"{BOARD}/bids.xlsx"),
        ("the export as CSV", f"{BOARD}/bids.csv"),
    ):
        lines.append(_line(what, 200, partial(client.get, address)))
    exported = client.get(f"{BOARD}/bids.xlsx").get_data()
    lines.append(_line("the export sent again and read", 302, lambda: send(exported)))
    lines.append(_line("its preview: nothing to import", 200, lambda: client.get(f"{BOARD}/sheet/preview")))
    return lines


def _round() -> Round:
    found = round_called("grants-2014")
    if found is None:
        raise LookupError("grants-2014")
    return found


def _line(what: str, status: int, ask: Callable[[], TestResponse], times: int = TIMES) -> str:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        answer = ask()
        took.append(time.perf_counter() - began)
        if answer.status_code != status:
            raise RuntimeError(f"{what}: {answer.status_code}")
    median = statistics.median(took)
    return f"| {what} | {f'{median:.1f} s' if median >= 1 else f'{1000 * median:.0f} ms'} |"


def _bid(number: int) -> list[Cell]:
    """A row of the sheet, in the order of its columns."""
    asked = 500_00 if number % 2 else 700_00
    asks: list[Cell] = [asked, None] if number % 2 else [None, asked]
    row: list[Cell] = ["", f"Group {number}", "Charity", f"{1_000_000 + number}", "", f"Contact {number}"]
    row += [f"g{number}@group.example", f"0161 496 {number:04d}", f"Project {number}"]
    row += ["We plant beans. " * 20, "Everybody. " * 20, "", "M33 7ZF", True, "Have", *asks]
    return [*row, "Beans", 100_00, "Spades", asked - 100_00, "", None, "", None, "", None]


if __name__ == "__main__":
    main()
