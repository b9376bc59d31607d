"""Measure the tally, beside pabutools in the same run, and write the tables into benchmarks/README.md.

    PBVOTE_ELECTIONS=folder python -m benchmarks.tally [--limit SECONDS] [--without-pabutools]

Each figure comes from a process of its own: the least of three for pbvote, one for pabutools, which is given
`--limit` seconds. pabutools is installed into an environment that is made for it under build/ and is no part of pbvote.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from pathlib import Path

from benchmarks.page import machine, write_section

HERE = Path(__file__).parent
PABUTOOLS = "pabutools==1.2.3"
ENVIRONMENT = HERE.parent / "build" / "pabutools"


@dataclass(frozen=True)
class Row:
    """One row of the table: some work on a file, and the seconds to reach."""

    title: str
    work: str
    file: str
    to_reach: float | None = None
    has_rival: bool = True


ROWS = (
    Row("Read and group Wrocław 2015", "read", "Poland_Wroclaw_2015_150_-_500", 0.25),
    Row("Read and group all files of the folder", "read", "", None, has_rival=False),
    Row("Greedy, Łódź 2022 (90,494 ballots)", "greedy", "Poland_Lodz_2022", 0.1),
    Row("Greedy, Kraków 2024 (65,101 rankings)", "greedy", "Poland_Krakow_2024", 0.1),
    Row("Equal Shares, Warsaw 2026 (61,668 ballots)", "equalshares", "Poland_Warszawa_2026", 0.2),
    Row("Equal Shares + Add1, Warsaw 2026", "equalshares/add1", "Poland_Warszawa_2026", 2.0),
    Row("Equal Shares + Add1, Wieliczka 2023", "equalshares/add1", "Poland_Wieliczka_2023", 0.4),
    Row("Equal Shares + Add1, Łódź 2022", "equalshares/add1", "Poland_Lodz_2022", 0.5),
    Row("Equal Shares + Add1, Assen 2024", "equalshares/add1", "Netherlands_Assen_2024", 0.4),
    Row("Equal Shares + Add1, Świecie 2023", "equalshares/add1", "Poland_Swiecie_2023", 0.4),
)
SIZES = (1_000, 10_000, 100_000, 1_000_000, 5_000_000)


def measure(python: str, work: str, path: Path, limit: float, times: int = 1) -> tuple[float, float] | None:
    """The least seconds and the memory in MB of some work done in processes of its own; None over the limit."""
    command = [python, str(HERE / "tally_work.py"), work, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    results = []
    for _ in range(times):
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=limit, env=environment)
        except subprocess.TimeoutExpired:
            return None
        said = json.loads(done.stdout.splitlines()[-1])
        results.append((said["seconds"], said["bytes"] / 1e6))
    return min(results)


def shown(result: tuple[float, float] | None, limit: float) -> str:
    """A result as a cell of the table."""
    if result is None:
        return f"> {limit:.0f} s (stopped)"
    seconds, megabytes = result
    return f"{seconds:.3f} s, {megabytes:.0f} MB" if seconds < 1 else f"{seconds:.1f} s, {megabytes:.0f} MB"


def real_table(folder: Path, rival: str | None, limit: float) -> Iterator[str]:
    """Real elections, as far as the folder has them."""
    yield "| work | pabutools 1.2.3 | pbvote | to reach |"
    yield "| --- | --- | --- | --- |"
    for row in ROWS:
        path = folder / f"{row.file}.pb" if row.file else folder
        if not path.exists():
            continue
        ours = shown(measure(sys.executable, row.work, path, limit, times=3), limit)
        theirs = "–"
        if rival and row.has_rival:
            theirs = shown(measure(rival, f"pabutools-{row.work}", path, limit), limit)
        to_reach = f"{row.to_reach:g} s" if row.to_reach else "–"
        yield f"| {row.title} | {theirs} | {ours} | {to_reach} |"


def growth_table(scratch: Path, limit: float) -> Iterator[str]:
    """Generated elections from 1,000 to 5,000,000 ballots: read, grouped and counted greedily."""
    yield "| ballots | choose one of 197 | choose up to 5 of 83 |"
    yield "| --- | --- | --- |"
    for size in SIZES:
        cells = []
        for bids, choices in ((197, 1), (83, 5)):
            path = scratch / "generated.pb"
            generate(path, size, bids, choices)
            result = measure(sys.executable, "read-and-count", path, limit, times=1 if size > 1_000_000 else 3)
            cells.append(f"{shown(result, limit)} (file of {path.stat().st_size / 1e6:.1f} MB)")
        yield f"| {size:,} | {' | '.join(cells)} |"


def distinct_table(scratch: Path, limit: float) -> Iterator[str]:
    """The memory of distinct ballots, from row to row."""
    path = scratch / "distinct.pb"
    yield "| ballots of 5 of 83, no two alike | pbvote | for each ballot more than above |"
    yield "| --- | --- | --- |"
    before, last = 0, None
    for size in (1_000, 1_000_000, 2_000_000):
        generate(path, size, 83, 5, has_repeats=False)
        result = measure(sys.executable, "read-and-count", path, limit)
        each = f"{(result[1] - last[1]) / (size - before) * 1e6:.0f} bytes" if result and last else "–"
        yield f"| {size:,} | {shown(result, limit)} | {each} |"
        before, last = size, result


def generate(
    path: Path,
    voters: int,
    bids: int,
    choices: int,
    budget: int = 1_000_000,
    asks: Callable[[int], int] = lambda number: 20_000 + 700 * number,
    has_repeats: bool = True,
) -> None:
    """An election of a few popular bids and many others, with at most 50,000 distinct ballots or nothing but such."""
    dice = random.Random(2014)
    refs = [str(number) for number in range(1, bids + 1)]
    popularity = [1 / (number + 3) for number in range(bids)]
    kind = "choose-1" if choices == 1 else "approval"
    usual = [_ballot(dice, refs, popularity, choices) for _ in range(min(voters, 50_000))]
    cast = (dice.choice(usual) for _ in range(voters)) if has_repeats else map(",".join, combinations(refs, choices))
    with path.open("w", encoding="utf-8") as out:
        out.write("META\nkey;value\ndescription;Generated\ncountry;Worldwide\nunit;None\ninstance;2026\n")
        out.write(f"num_projects;{bids}\nnum_votes;{voters}\nbudget;{budget}\nvote_type;{kind}\nrule;greedy\n")
        out.write("date_begin;2026\ndate_end;2026\nPROJECTS\nproject_id;cost;name\n")
        out.writelines(f"{ref};{asks(int(ref))};Bid {ref}\n" for ref in refs)
        out.write("VOTES\nvoter_id;vote\n")
        out.writelines(f"{number};{ballot}\n" for number, ballot in enumerate(islice(cast, voters)))


def _ballot(dice: random.Random, refs: list[str], popularity: list[float], choices: int) -> str:
    return ",".join(dict.fromkeys(dice.choices(refs, popularity, k=choices)))


def hall_table(scratch: Path, limit: float) -> Iterator[str]:
    """A hall of 150 voters and 20 bids of 1,000 to 4,000 for 30,000."""
    path = scratch / "hall.pb"
    generate(path, 150, 20, 5, budget=30_000, asks=lambda number: 1_000 + 157 * number)
    yield "| how close every losing bid came, in a hall of 150 with 20 bids | pbvote | to reach |"
    yield "| --- | --- | --- |"
    for rule, to_reach in (("greedy", "0.8 s"), ("equalshares/add1", "4 s")):
        result = measure(sys.executable, f"close-{rule}", path, limit, times=3)
        yield f"| {rule} | {shown(result, limit)} | {to_reach} |"


def rival_python() -> str:
    """The interpreter of an environment that has pabutools, made if it isn't there."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", PABUTOOLS], check=True)
    return str(python)


def main() -> None:
    """Measure everything and write the README's section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=float, default=120, help="seconds for one piece of work")
    parser.add_argument("--without-pabutools", action="store_true")
    options = parser.parse_args()
    folder = Path(os.environ["PBVOTE_ELECTIONS"])
    rival = None if options.without_pabutools else rival_python()
    with tempfile.TemporaryDirectory() as scratch:
        parts = [
            [f"Measured on {machine()}. Time of the work alone, and the most memory of its whole process."],
            real_table(folder, rival, options.limit),
            growth_table(Path(scratch), options.limit),
            distinct_table(Path(scratch), options.limit),
            hall_table(Path(scratch), options.limit),
        ]
        text = "\n\n".join("\n".join(part) for part in parts)
    write_section("tally", text)
    print(text)


if __name__ == "__main__":
    main()
