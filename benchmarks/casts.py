"""How many votes a second: `python -m benchmarks.casts` writes it into benchmarks/README.md.

pbvote, a bare Flask view with one durable INSERT behind the same server, and the database alone, in interleaved rounds.
"""

import contextlib
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence

import psycopg
from flask import Flask
from flask_migrate import upgrade

from benchmarks import load
from benchmarks.page import machine, write_section
from benchmarks.servers import BARE_TABLE, council, open_sqlite, serving
from pbvote.db import begin_write, db
from pbvote.demonstration.service import load_demonstration
from pbvote.vote.casting.papers import paper_of
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.slips.finding import slip_with
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.postgres import cluster

CONNECTIONS = 16
ROUNDS = 5
CASTS = 1500
WORKERS = {"SQLite": 1, "PostgreSQL": 2}
TO_REACH = 0.40


def open_event() -> Event:
    """The demonstration's open event."""
    event = event_called("sale-2014")
    if event is None:
        raise LookupError("sale-2014")
    return event


def prepare(app: Flask) -> None:
    """Migrate the database and load the demonstration."""
    with app.app_context():
        upgrade()
        begin_write()
        load_demonstration(password_hash="!")
        db.session.commit()


def more_codes(app: Flask, number: int) -> list[str]:
    """Codes of live slips that have not voted."""
    with app.app_context():
        begin_write()
        codes = [slip.code for slip in make_slips(open_event(), number, None, SlipState.LIVE)]
        db.session.commit()
        return codes


def casts(app: Flask, codes: Sequence[str]) -> list[tuple[str, bytes]]:
    """A cast for each code, as the ballot paper sends it."""
    with app.app_context():
        paper = paper_of(slip_with(codes[0]).event)
        marks = {f"bid-{line.number}": str(1 + line.number % 5) for line in paper.lines}
        fields = {"lang": "en", "definition": paper.definition, "seen": "0", "event": paper.event_slug, **marks}
    return [("cast", load.post("/v/cast", {"code": code, **fields})) for code in codes]


@contextlib.contextmanager
def database(kind: str, folder: str) -> Iterator[str]:
    """The address of a throw-away database."""
    if kind == "SQLite":
        yield f"sqlite:///{folder}/pbvote.sqlite"
        return
    with cluster() as address:
        with psycopg.connect(address.format(name="postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE pbvote")
        yield address.format(name="pbvote")


def measure(kind: str, rounds: int = ROUNDS) -> list[str]:
    """A column of the table: casts a second of pbvote, of the bare view and of the database, and the ratio."""
    rates: dict[str, list[float]] = {"pbvote": [], "bare": [], "database": []}
    workers = WORKERS[kind]
    with tempfile.TemporaryDirectory() as folder, database(kind, folder) as url:
        app = council(folder, url)
        prepare(app)
        _make_bare_table(url)
        with serving("council", folder, url, workers) as ours, serving("bare", folder, url, workers) as theirs:
            for number in range(rounds + 1):
                requests = casts(app, more_codes(app, CASTS))
                alone = _rate_of_database(url, number)
                pair = [_rate(port, requests) for port in (ours.port, theirs.port)]
                if number:  # the first round warms everything up
                    for name, rate in zip(rates, [*pair, alone], strict=True):
                        rates[name].append(rate)
                print(kind, number, *(round(rate) for rate in [*pair, alone]), flush=True)
    ours_, bare_, alone_ = (statistics.median(rates[name]) for name in rates)
    ratios = [one / other for one, other in zip(rates["pbvote"], rates["bare"], strict=True)]
    return [f"{ours_:,.0f}", f"{bare_:,.0f}", f"{alone_:,.0f}", f"{statistics.median(ratios):.2f}"]


def _rate(port: int, requests: Sequence[tuple[str, bytes]]) -> float:
    """Requests a second. Raises `RuntimeError` where one was not stored."""
    results = load.run(port, load.over(CONNECTIONS, requests))
    if set(results.statuses) != {200} or results.refused:
        raise RuntimeError(f"not every cast was stored: {results.statuses}, {results.refused} refused")
    return len(requests) / results.elapsed


def _make_bare_table(url: str) -> None:
    if url.startswith("sqlite"):
        open_sqlite(url.removeprefix("sqlite:///")).execute(BARE_TABLE)
    else:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(BARE_TABLE)


def _rate_of_database(url: str, round_: int) -> float:
    """Durable INSERTs a second, each a transaction: in a row on SQLite, over 16 connections on PostgreSQL."""
    rows = [(f"{round_}-{number}", "x") for number in range(CASTS)]
    began = time.perf_counter()
    if url.startswith("sqlite"):
        with contextlib.closing(open_sqlite(url.removeprefix("sqlite:///"))) as connection:
            for row in rows:
                connection.execute("INSERT INTO bare VALUES (?, ?)", row)
    else:
        threads = [
            threading.Thread(target=_insert, args=(url, rows[number::CONNECTIONS])) for number in range(CONNECTIONS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return CASTS / (time.perf_counter() - began)


def _insert(url: str, rows: Sequence[tuple[str, str]]) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for row in rows:
            connection.execute("INSERT INTO bare VALUES (%s, %s)", row)


def main() -> None:
    """Measure both databases and write the section."""
    columns = {kind: measure(kind) for kind in WORKERS}
    names = [
        "pbvote",
        "bare Flask view, same server, one durable INSERT",
        "the database alone",
        f"**pbvote / bare** (to reach: {TO_REACH:.2f})",
    ]
    rows = [
        f"| {name} | " + " | ".join(column[at] for column in columns.values()) + " |" for at, name in enumerate(names)
    ]
    text = "\n".join(
        [
            f"Measured on {machine()}: {CONNECTIONS} connections, medians of {ROUNDS} interleaved rounds of {CASTS:,}",
            "casts. The client shares the cores with the servers.",
            "",
            "| casts a second | SQLite | PostgreSQL, 2 workers |",
            "| --- | --- | --- |",
            *rows,
        ]
    )
    write_section("casts", text)
    print(text)


if __name__ == "__main__":
    main()
