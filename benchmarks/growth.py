"""What grows with the number of slips: `python -m benchmarks.growth` writes it into benchmarks/README.md.

Each figure has a function of its own, which returns the rows of its table.
"""

import os
import tempfile
import time
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from benchmarks.casts import database, open_event, prepare
from benchmarks.page import machine, write_section
from benchmarks.servers import council
from pbvote.db import begin_write, db
from pbvote.vote.casting.papers import paper_of
from pbvote.vote.slips.finding import slip_with
from pbvote.vote.slips.models import Slip, SlipState
from pbvote.vote.slips.printing import make_slips

SIZES = (1_000, 1_000_000)
CASTS = 300
AT_ONCE = 50_000


def casts_by_slips(kind: str) -> str:
    """The time of a cast among few slips and among many, in one process without a server: a row of the table."""
    with tempfile.TemporaryDirectory() as folder, database(kind, folder) as url:
        app = council(folder, url)
        prepare(app)
        times = []
        for size in SIZES:
            fill(app, size)
            times.append(_cast_time(app))
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    cells = [kind, *(f"{seconds * 1000:.2f} ms" for seconds in times), f"{times[-1] / times[0]:.2f}"]
    return f"| {' | '.join(cells)} |"


def fill(app: Flask, size: int) -> None:
    """Give the demonstration's open event slips that nobody holds, until it has so many."""
    with app.app_context():
        event = open_event()
        wanted = sa.select(sa.func.count()).select_from(Slip).where(Slip.event_id == event.id)
        have = db.session.scalar(wanted) or 0
        for start in range(have, size, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, size))
            tags = sorted(os.urandom(32) for _ in numbers)
            rows = [
                {"code_tag": tag, "serial": f"G-{number}", "envelope": 0, "state": SlipState.LIVE}
                for number, tag in zip(numbers, tags, strict=True)
            ]
            begin_write()
            db.session.execute(sa.insert(Slip).values(event_id=event.id), rows)
            db.session.commit()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))


def _cast_time(app: Flask) -> float:
    """The time of a cast in seconds, of this process and PostgreSQL's: what the fastest tenth took at most.

    What other programs of the machine take from the slower ones says nothing about the number of slips.
    """
    with app.app_context():
        begin_write()
        codes = [slip.code for slip in make_slips(open_event(), CASTS, None, SlipState.LIVE)]
        db.session.commit()
        paper = paper_of(slip_with(codes[0]).event)
    client = app.test_client()
    marks = {f"bid-{line.number}": "3" for line in paper.lines}
    times = []
    for code in codes:
        fields = {"code": code, "lang": "en", "definition": paper.definition, "seen": "0", **marks}
        began = time.perf_counter()
        answer = client.post("/v/cast", data=fields)
        times.append(time.perf_counter() - began)
        if answer.status_code != 200:
            raise RuntimeError(f"a cast was answered {answer.status_code}")
    return sorted(times)[len(times) // 10]


def _casts() -> list[str]:
    return [
        f"| a cast | among {SIZES[0]:,} slips | among {SIZES[1]:,} | times (to reach: below 1.20) |",
        "| --- | --- | --- | --- |",
        *(casts_by_slips(kind) for kind in ("SQLite", "PostgreSQL")),
    ]


TABLES: tuple[Callable[[], list[str]], ...] = (_casts,)


def main() -> None:
    """Measure what there is, and write the section."""
    text = "\n".join([f"Measured on {machine()}.", *(line for table in TABLES for line in ["", *table()])])
    write_section("growth", text)
    print(text)


if __name__ == "__main__":
    main()
