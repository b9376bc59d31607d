"""`python -m tests.faults.proof` writes the figures of the last `make test-faults` into docs/proof.md.

A figure that was not taken on this machine stays a line that says so.
"""

from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.page import machine
from tests.faults.record import noted
from tests.house import HOUSE

PAGE = Path(HOUSE, "docs", "proof.md")
NOT_TAKEN = "not taken"


class Fault(NamedTuple):
    """A line of the page: what is done, and the test that does it."""

    noted_as: str
    words: str
    test: str


FAULTS = (
    Fault("kill -9 of the server, sqlite", "`kill -9` of the server under load, SQLite", "test_killed_server.py"),
    Fault("kill -9 of the server, postgresql", "the same, PostgreSQL, two workers", "test_killed_server.py"),
    Fault("kill -9 of PostgreSQL and the server", "`kill -9` of PostgreSQL and the server", "test_killed_server.py"),
    Fault("power cut, sqlite", "power cut under load, SQLite", "test_power_cut.py"),
    Fault("power cut, postgresql", "power cut under load, PostgreSQL", "test_power_cut.py"),
    Fault("power cut in the count and the seal", "power cut in the count and the seal", "test_power_cut_acts.py"),
    Fault("fifty hands", "fifty hands on one slip at once, both databases", "test_casting.py"),
    Fault("the close falls anywhere", "the close among casts under way, both databases", "test_casting.py"),
    Fault("clocks", "clocks that jump, and hours that come twice or never, from opening to seal", "test_clocks.py"),
    Fault("bad network, sqlite", "a network that delays, cuts and repeats, SQLite", "test_bad_network.py"),
    Fault("bad network, postgresql", "the same, PostgreSQL", "test_bad_network.py"),
)
CONTROLS = (
    Fault(
        "control: power cut, sqlite flushes less",
        "power cut, SQLite with `synchronous = NORMAL`",
        "test_power_cut.py",
    ),
    Fault(
        "control: power cut, postgresql flushes less",
        "power cut, PostgreSQL with `synchronous_commit = off`",
        "test_power_cut.py",
    ),
    Fault(
        "control: kill -9, synchronous_commit=off",
        "`kill -9` of PostgreSQL with `synchronous_commit = off`",
        "test_killed_server.py",
    ),
)


def lines_of(faults: tuple[Fault, ...], found: dict[str, list[dict[str, Any]]]) -> list[str]:
    """A line of the table for each."""
    return [_line(fault, found.get(fault.noted_as, [])) for fault in faults]


def _line(fault: Fault, parts: list[dict[str, Any]]) -> str:
    if not parts:
        return f"| {fault.words} | {NOT_TAKEN} | | | | | | `{fault.test}` |"
    sums = [
        sum(part.get(name, 0) for part in parts) for name in ("times", "acknowledged", "lost", "doubled", "changed")
    ]
    seconds = [f"{part['median_s']:.1f} / {part['longest_s']:.1f} s" for part in parts if "median_s" in part]
    if fault in CONTROLS:  # they count what is lost alone
        cells = [*(f"{number:,}" for number in sums[:3]), "–", "–"]
    else:
        cells = [f"{number:,}" for number in sums]
    cells.append(seconds[0] if len(parts) == 1 and seconds else "–")
    return f"| {fault.words} | {' | '.join(cells)} | `{fault.test}` |"


def tables() -> str:
    """Both tables, and what they were measured on."""
    found = noted()
    head = "| times | acknowledged | lost | doubled | changed | to the first vote | test |\n|" + " --- |" * 8
    days = sorted({part["on"] for parts in found.values() for part in parts})
    measured = f"Measured on {days[-1]}, {machine()}." if days else "Nothing was measured yet."
    promised = "\n".join(lines_of(FAULTS, found))
    controls = "\n".join(lines_of(CONTROLS, found))
    return f"{measured}\n\n| fault {head}\n{promised}\n\n| control, which must lose {head}\n{controls}"


def write(text: str) -> None:
    """Put it between the marks."""
    page = PAGE.read_text(encoding="utf-8")
    begin, end = "<!-- faults: begin -->", "<!-- faults: end -->"
    PAGE.write_text(f"{page.split(begin)[0]}{begin}\n{text}\n{end}{page.split(end)[1]}", encoding="utf-8")


if __name__ == "__main__":
    write(tables())
