"""The folder: a CSV file and a table of SQLite for each table, and what describes them to programs."""

import datetime as dt
import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from flask import current_app

from pbvote.core.clock import now, today
from pbvote.data_addresses import open_data_page
from pbvote.db import db
from pbvote.public_account.api.document import COLLECTIONS
from pbvote.public_account.giving.writing import LICENCE
from pbvote.public_account.open_data.package import package_of
from pbvote.public_account.snapshots.tables import (
    Field,
    PlainTable,
    Type,
    Value,
    every_row,
    plain_tables,
    rows_of,
)
from pbvote.spreadsheets.tables import Cell, Column, Kind, Table
from pbvote.spreadsheets.writing import write_csv

DATABASE: Final = "pbvote-open.sqlite"
PACKAGE: Final = "datapackage.json"
_IN_SQLITE: Final = {Type.WHOLE: "INTEGER", Type.YES_NO: "INTEGER"}
_IN_SHEETS: Final = {Type.WHOLE: Kind.WHOLE, Type.DAY: Kind.DAY, Type.YES_NO: Kind.YES_NO}


def write_snapshot(folder: Path) -> Path:
    """Write what is public today into a new folder within this one, and return it. Raises `FileExistsError`.

    It gets its name when it is whole.
    """
    place = folder / f"open-{today().isoformat()}"
    if place.exists():
        raise FileExistsError(place)
    with tempfile.TemporaryDirectory(prefix=".open-", dir=folder) as aside:
        new = Path(aside) / place.name
        new.mkdir()
        _write(new)
        new.rename(place)
    return place


def _write(folder: Path) -> None:
    _hold_still()
    made_at = now()
    tables = [table for collection in COLLECTIONS for table in plain_tables(collection)]
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        with database:
            _fill(database)
            _explain(database, tables, made_at)
        for table in tables:
            with (folder / f"{table.name}.csv").open("wb") as file:
                write_csv(_sheet(database, table), file)
    package = _package(folder, tables, made_at)
    (folder / PACKAGE).write_text(json.dumps(package, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for each in folder.iterdir():
        each.chmod(0o644)
    folder.chmod(0o755)


def _hold_still() -> None:
    """Let every statement from here on see the database as it is now; SQLite's do, in one transaction."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))


def _fill(database: sqlite3.Connection) -> None:
    for collection in COLLECTIONS:
        tables = plain_tables(collection)
        for table in tables:
            columns = ", ".join(f'"{each.name}" {_IN_SQLITE.get(each.type, "TEXT")}' for each in table.fields)
            keys = ", ".join(f'"{each.name}"' for each in table.keys)
            database.execute(f'CREATE TABLE "{table.name}" ({columns}, PRIMARY KEY ({keys})) WITHOUT ROWID')
        for row in every_row(collection):
            for table, values in rows_of(tables, row):
                marks = ", ".join("?" * len(values))
                into = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608  # our own names
                database.execute(into, [_stored(each) for each in values])
        db.session.expunge_all()


def _stored(value: Value) -> str | int | None:
    return value.isoformat() if isinstance(value, dt.date) else value


def _explain(database: sqlite3.Connection, tables: Sequence[PlainTable], made_at: dt.datetime) -> None:
    """What each column says, in the database itself."""
    database.execute("CREATE TABLE about (what TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    database.executemany("INSERT INTO about VALUES (?, ?)", _facts(made_at).items())
    database.execute("CREATE TABLE columns (table_name TEXT, column_name TEXT, type TEXT, meaning TEXT)")
    said = ((table.name, each.name, each.type.value, each.sentence) for table in tables for each in table.fields)
    database.executemany("INSERT INTO columns VALUES (?, ?, ?, ?)", said)


def _facts(made_at: dt.datetime) -> dict[str, str]:
    return {
        "publisher": current_app.config["COUNCIL_NAME"],
        "made_at": made_at.isoformat(timespec="seconds"),
        "licence": LICENCE,
        "homepage": open_data_page(),
        "amounts": "Whole pence, where a name ends in pence.",
    }


def _sheet(database: sqlite3.Connection, table: PlainTable) -> Table:
    """A table out of the database again, row by row."""
    columns = [Column(each.name, _IN_SHEETS.get(each.type, Kind.LONG), note=each.sentence) for each in table.fields]
    names = ", ".join(f'"{each.name}"' for each in table.fields)
    keys = ", ".join(f'"{each.name}"' for each in table.keys)
    found = database.execute(f'SELECT {names} FROM "{table.name}" ORDER BY {keys}')  # noqa: S608  # our own names
    rows = ([_cell(value, each) for value, each in zip(row, table.fields, strict=True)] for row in found)
    return Table(table.name, columns, rows)


def _cell(value: Any, told: Field) -> Cell:
    if value is None:
        return None
    match told.type:
        case Type.DAY:
            return dt.date.fromisoformat(value)
        case Type.YES_NO:
            return bool(value)
        case _:
            return str(value) if told.type in {Type.TEXT, Type.MOMENT} else int(value)


def _package(folder: Path, tables: Sequence[PlainTable], made_at: dt.datetime) -> dict[str, Any]:
    """The folder described, as a Data Package of frictionlessdata.io."""
    whole = _of_file(folder / DATABASE, "every table, for SQLite", "sqlite")
    return package_of([*_described(folder, tables), whole], created=made_at.isoformat(timespec="seconds"))


def _described(folder: Path, tables: Sequence[PlainTable]) -> Iterator[dict[str, Any]]:
    for table in tables:
        schema = {
            "fields": [_field(each) for each in table.fields],
            "primaryKey": [each.name for each in table.keys],
            "missingValues": [""],
        }
        said = _of_file(folder / f"{table.name}.csv", table.sentence, "csv")
        yield {**said, "profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema}


def _field(told: Field) -> dict[str, Any]:
    words = {"trueValues": ["Yes"], "falseValues": ["No"]} if told.type is Type.YES_NO else {}
    return {"name": told.name, "type": told.type.value, "description": told.sentence, **words}


def _of_file(file: Path, sentence: str, kind: str) -> dict[str, Any]:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    facts = {"path": file.name, "format": kind, "bytes": file.stat().st_size, "hash": f"sha256:{digest}"}
    return {"name": file.stem, "description": sentence, **facts}
