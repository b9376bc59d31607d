"""Many `.pb` files counted with all cores, one line each."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from pbvote.cli.printing import say, say_json
from pbvote.cli.tally_report import rule_label
from pbvote.tally import Rule, count
from pbvote.tally.pabulib import PabulibFile, read_pabulib

RuleFor = Callable[[PabulibFile], Rule]
_WIDTH = 60


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and those that end in `.pb` in the directories, by name."""
    return [file for path in paths for file in (sorted(path.glob("*.pb")) if path.is_dir() else [path])]


def count_many(files: Sequence[Path], rule_for: RuleFor, *, is_json: bool) -> bool:
    """Print one line per file, and a total; whether any of them could not be counted."""
    with closing(_count_all(files, rule_for)) as counted:
        lines = list(_show(counted, is_json=is_json))
    if not is_json:
        say(_total(lines))
    return any("error" in line for line in lines)


def _show(lines: Iterable[dict[str, Any]], *, is_json: bool) -> Iterator[dict[str, Any]]:
    for line in lines:
        say_json(line) if is_json else say(_line(line))
        yield line


def _count_all(files: Sequence[Path], rule_for: RuleFor) -> Generator[dict[str, Any], None, None]:
    cores = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, len(files))
    if cores < 2:
        yield from map(partial(_count_one, rule_for=rule_for), files)
        return
    pool = ProcessPoolExecutor(cores)
    try:
        work = [pool.submit(_count_one, file, rule_for) for file in files]
        yield from (one.result() for one in work)
    finally:
        pool.shutdown(cancel_futures=True)  # at once, if nobody reads the lines any more


def _count_one(path: Path, rule_for: RuleFor) -> dict[str, Any]:
    """One file as the JSON line says it; `error` in place of an outcome if it can't be counted."""
    began = perf_counter()
    try:
        file = read_pabulib(path)
        rule = rule_for(file)
        outcome = count(file.election, rule)
    except (ValueError, OSError) as error:
        return {"file": path.name, "error": str(error)}
    in_order = [bid.ref for bid in file.election.bids if file.official and bid.ref in file.official]
    return {
        "file": path.name,
        "rule": rule_label(rule),
        "funded": list(outcome.funded),
        "official": None if file.official is None else in_order,
        "waiting": list(outcome.waiting),
        "seconds": round(perf_counter() - began, 6),
    }


def _line(line: dict[str, Any]) -> str:
    name = line["file"].removesuffix(".pb")
    name = name if len(name) <= _WIDTH else f"{name[: _WIDTH - 1]}…"
    if "error" in line:
        return f"{name:<{_WIDTH}}  {line['error']}"
    said = f"{len(line['funded']):>4} funded"
    if line["official"] is None:
        verdict = "no official outcome"
    elif set(line["funded"]) == set(line["official"]):
        verdict = "as official"
    else:
        verdict = f"official: {len(line['official'])}, {_difference(line)}"
    return f"{name:<{_WIDTH}}  {line['rule']:<18}{said}  {verdict}"


def _difference(line: dict[str, Any]) -> str:
    funded, official = line["funded"], line["official"]
    also = [f"+{ref}" for ref in official if ref not in funded]
    gone = [f"-{ref}" for ref in funded if ref not in official]
    return " ".join((*also, *gone))


def _total(lines: Sequence[dict[str, Any]]) -> str:
    counted = [line for line in lines if "error" not in line]
    official = [line for line in counted if line["official"] is not None]
    equal = sum(set(line["funded"]) == set(line["official"]) for line in official)
    bad = len(lines) - len(counted)
    refused = f"; {bad:,} could not be counted" if bad else ""
    return f"{len(counted):,} files counted; {equal:,} of {len(official):,} official outcomes come out{refused}."
