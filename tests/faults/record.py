"""What the tests in full numbers found, kept for `python -m tests.faults.proof`, which writes it into docs/proof.md."""

import json
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

from pbvote.core.clock import today
from tests.faults import IS_FULL
from tests.house import HOUSE

RECORD = Path(HOUSE, "build", "faults.jsonl")


def note(fault: str, /, **figures: Any) -> None:
    """Add a line about a fault, where the tests run in full: small numbers prove little and are not kept.

    A fault may come in parts, each a test of its own, which says so: `part`.
    """
    if not IS_FULL:
        return
    RECORD.parent.mkdir(exist_ok=True)
    line = json.dumps({"fault": fault, "on": today().isoformat(), **figures})
    with RECORD.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def noted() -> dict[str, list[dict[str, Any]]]:
    """The newest line of each part of each fault."""
    lines = RECORD.read_text(encoding="utf-8").splitlines() if RECORD.exists() else []
    newest = {(line["fault"], line.get("part")): line for line in map(json.loads, lines)}
    found: dict[str, list[dict[str, Any]]] = {}
    for (fault, _), line in newest.items():
        found.setdefault(fault, []).append(line)
    return found


def spread(seconds: Iterable[float]) -> dict[str, float]:
    """The middle and the longest of some times, for a line."""
    ordered = sorted(seconds)
    return {"median_s": round(median(ordered), 2), "longest_s": round(ordered[-1], 2)}
