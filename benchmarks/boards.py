"""Boards with 400 awards and 4,000 check-ins: `python -m benchmarks.boards` writes it into benchmarks/README.md."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from benchmarks.boards_data import MEMBER, ORGANISER, fill
from benchmarks.casts import database
from benchmarks.page import machine, write_section
from pbvote.app import create_app
from pbvote.db import begin_write, db
from pbvote.memory import settle_memory
from pbvote.people.service import account_with_email
from tests.queries import listening

AWARDS, CHECK_INS = 400, 10
TIMES = 21
TO_REACH = 0.3
BOARD = "/desk/monitoring/"
PAGES = (
    (ORGANISER, "**the borough’s board**", BOARD),
    (ORGANISER, "its overdue visits, by the next one", f"{BOARD}?which=late&order=due"),
    (ORGANISER, "all 400 rows on one page, for paper", f"{BOARD}?page=all"),
    (ORGANISER, "**a locality’s board**", f"{BOARD}localities/sale"),
    (MEMBER, "**the same, for a member**", "/my/board/old-trafford"),
    (ORGANISER, "one award", f"{BOARD}5"),
    (ORGANISER, "Today", "/desk/"),
    (MEMBER, "a member’s groups", "/my/groups/"),
)
FILES = (
    (ORGANISER, "the groups as XLSX", f"{BOARD}groups.xlsx"),
    (ORGANISER, "all check-ins as XLSX", f"{BOARD}check-ins.xlsx"),
    (ORGANISER, "all check-ins as CSV", f"{BOARD}check-ins.csv"),
)


def measure(kind: str) -> list[tuple[str, int]]:
    """For each page and file how long the server takes, in words, and how many statements it sends."""
    with tempfile.TemporaryDirectory() as folder, database(kind, folder) as url:
        app = create_app({"INSTANCE_PATH": folder, "DATABASE_URL": url, "KEYS_DIR": Path(folder, "keys")})
        with app.app_context():
            upgrade()
            begin_write()
            fill(AWARDS, CHECK_INS)
            db.session.commit()
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text("ANALYZE"))
        settle_memory()  # as a server does
        found = list(_found(app))
        with app.app_context():
            db.engine.dispose()
    return found


def _found(app: Flask) -> Iterator[tuple[str, int]]:
    clients = {email: _signed_in(app, email) for email in (ORGANISER, MEMBER)}
    for email, _, address in (*PAGES, *FILES):
        seconds, statements = _fetch(clients[email], address)
        words = f"{1000 * seconds:.0f} ms"
        yield words if seconds < TO_REACH or (email, _, address) in FILES else f"{words} (missed)", statements


def _fetch(client: FlaskClient, address: str) -> tuple[float, int]:
    """What the fastest tenth of the answers took at most, and the statements of one.

    What other programs of the machine take from the slower ones says nothing about the board.
    """
    times, heard = [], 0
    for _ in range(TIMES):
        with listening() as statements:
            began = time.perf_counter()
            answer = client.get(address)
            times.append(time.perf_counter() - began)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        heard = len(statements)
    return sorted(times)[len(times) // 10], heard


def _signed_in(app: Flask, email: str) -> FlaskClient:
    client = app.test_client()
    with app.app_context():
        account = account_with_email(email)
        if account is None:
            raise LookupError(email)
        session_id = account.get_id()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = session_id, True
    return client


def _table(columns: Sequence[Sequence[tuple[str, int]]]) -> Iterator[str]:
    yield "| 400 awards, 4,000 check-ins | SQLite | PostgreSQL | statements |"
    yield "| --- | --- | --- | --- |"
    for (_, what, _), *cells in zip((*PAGES, *FILES), *columns, strict=True):
        yield f"| {what} | {' | '.join(words for words, _ in cells)} | {cells[0][1]} |"


def main() -> None:
    """Measure on both databases, in one process and without a server in between."""
    rows = _table([measure(kind) for kind in ("SQLite", "PostgreSQL")])
    text = "\n".join([f"Measured on {machine()}: what the fastest tenth of {TIMES} answers took at most.", "", *rows])
    write_section("boards", text)
    print(text)


if __name__ == "__main__":
    main()
