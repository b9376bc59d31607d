"""`pbvote open-data`: a folder of what is public, in which every file says what the API says, and describes itself."""

import csv
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask

from pbvote.core.clock import today
from pbvote.public_account.api.document import COLLECTIONS
from pbvote.public_account.snapshots.tables import plain_tables
from tests.conftest import both_databases
from tests.hall import open_poll_codes
from tests.pages import client_of
from tests.public_account.reading_api import everything
from tests.public_account.years import a_year

READ_AS: dict[str, Callable[[str], str | int]] = {
    "string": str,
    "integer": int,
    "boolean": lambda word: int(word == "Yes"),
    "date": str,
    "datetime": str,
}


def made(app: Flask, folder: Path) -> Path:
    """The folder that the command writes."""
    said = app.test_cli_runner().invoke(args=["open-data", str(folder)])
    assert said.exit_code == 0, said.output
    return folder / f"open-{today()}"


def package(folder: Path) -> dict[str, Any]:
    """What the folder says of itself."""
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def stored(database: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    """The rows of a table of SQLite."""
    found = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # our own names
    names = [name for name, *_ in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def as_texts(rows: list[dict[str, Any]], names: Iterable[str]) -> list[list[str]]:
    """What rows say under these names, in an order of their own. Nothing is an empty text, and a yes is 1."""
    return sorted([_as_text(row[name]) for name in names] for row in rows)


def _as_text(value: object) -> str:
    return "" if value is None else str(int(value) if isinstance(value, bool) else value)


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@both_databases
def test_every_table_says_what_the_api_says_in_csv_and_in_sqlite(app: Flask, tmp_path: Path) -> None:
    a_year(app)
    folder, said = made(app, tmp_path), everything(client_of(app))
    with closing(sqlite3.connect(folder / "pbvote-open.sqlite")) as database:
        for collection in COLLECTIONS:
            name, tables = collection.name, plain_tables(collection)
            plain = [
                each.name for each in tables[0].fields if each.name in said[name][0] and not each.name.endswith("_at")
            ]
            assert as_texts(stored(database, name), plain) == as_texts(said[name], plain)
            assert all(each.sentence for table in tables for each in table.fields)
        [result] = said["results"]
        names = ("bid", "number", "asked_pence", "total", "became")
        assert as_texts(stored(database, "results_bids"), names) == as_texts(result["bids"], names)


def test_it_describes_each_file_so_that_a_program_needs_nothing_else(app: Flask, tmp_path: Path) -> None:
    a_year(app)
    folder = made(app, tmp_path)
    resources = package(folder)["resources"]
    assert {each["path"] for each in resources} | {"datapackage.json"} == {each.name for each in folder.iterdir()}
    with closing(sqlite3.connect(folder / "pbvote-open.sqlite")) as database:
        for each in resources:
            file = folder / each["path"]
            content = file.read_bytes()
            assert (each["bytes"], each["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
            if file.suffix == ".csv":
                fields, rows = each["schema"]["fields"], rows_of(file)
                read = [
                    {it["name"]: READ_AS[it["type"]](row[it["name"]]) if row[it["name"]] else "" for it in fields}
                    for row in rows
                ]
                names = [it["name"] for it in fields]
                assert as_texts(read, names) == as_texts(stored(database, file.stem), names)
                keys = [tuple(row[name] for name in each["schema"]["primaryKey"]) for row in rows]
                assert len(keys) == len(set(keys))


def test_what_is_written_stays_and_what_is_not_public_is_not_in_it(app: Flask, tmp_path: Path) -> None:
    open_poll_codes(app)
    folder = made(app, tmp_path)
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    assert rows_of(folder / "results.csv") == []
    assert rows_of(folder / "bids.csv") == []  # no page of the event shows them yet
    again = app.test_cli_runner().invoke(args=["open-data", str(tmp_path)])
    assert again.exit_code == 1
    assert "was written already" in again.output
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".open")] == []
