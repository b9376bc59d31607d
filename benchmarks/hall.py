"""A hall that votes: `python -m benchmarks.hall` writes it into benchmarks/README.md.

500 phones behind one address, each with a connection of its own: the start page, the ballot paper, the vote.
"""

import random
import tempfile
from collections.abc import Sequence

from flask import Flask

from benchmarks import load
from benchmarks.casts import WORKERS, casts, database, more_codes, prepare
from benchmarks.page import machine, write_section
from benchmarks.servers import council, serving

PHONES = 500
SECONDS = (60, 10)
STEPS = ("start", "paper", "cast")
CHANCE = 2014


def phones(app: Flask, codes: Sequence[str], seconds: float) -> list[load.Client]:
    """A phone for each code; they arrive at moments of chance. What is sent last stands first."""
    chance = random.Random(CHANCE)
    clients = []
    for code, cast in zip(codes, casts(app, codes), strict=True):
        paper = ("paper", load.post("/v/paper", {"code": code, "lang": "en", "event": "sale-2014"}))
        start = ("start", load.get("/v/sale-2014"))
        clients.append(load.Client([cast, paper, start], starts_at=chance.uniform(0, seconds)))
    return clients


def measure(kind: str, seconds: float) -> str:
    """A row of the table."""
    with tempfile.TemporaryDirectory() as folder, database(kind, folder) as url:
        app = council(folder, url)
        prepare(app)
        with serving("council", folder, url, WORKERS[kind]) as port:
            load.run(port, load.over(4, casts(app, more_codes(app, 50))))  # so that no first time is measured
            results = load.run(port, phones(app, more_codes(app, PHONES), seconds))
    times = [
        f"{results.percentile(step, 0.5) * 1000:,.0f} / {results.percentile(step, 0.99) * 1000:,.0f}" for step in STEPS
    ]
    others = sum(number for status, number in results.statuses.items() if status != 200) + results.refused
    cells = [f"{kind}, within {seconds:.0f} s", *times, f"{results.elapsed:.0f} s", str(others)]
    print(*cells, flush=True)
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure both databases, in a hall that takes its time and in one that votes at once."""
    rows = [measure(kind, seconds) for kind in WORKERS for seconds in SECONDS]
    text = "\n".join(
        [
            f"Measured on {machine()}: {PHONES} phones, p50 / p99 in milliseconds. The phones share the cores with the",
            "server. To reach within 10 s: a p99 of the vote below 700 ms, and nobody refused.",
            "",
            "| hall | start page | ballot paper | vote | all done after | refused or failed |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows,
        ]
    )
    write_section("hall", text)
    print(text)


if __name__ == "__main__":
    main()
