"""What was seen, as a table."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from benchmarks.page import machine
from deploy.cluster.building import HOUSE

PAGE: Final = HOUSE / "deploy/README.md"
FIGURES: Final = HOUSE / "deploy/cluster.json"
_BEGIN, _END = "<!-- cluster-test: begin -->", "<!-- cluster-test: end -->"


@dataclass(frozen=True)
class Row:
    """One trial."""

    name: str
    found: dict[str, int]
    """How many votes were acknowledged, and how many of them were lost, changed, or came from nowhere."""
    waited: float
    """The longest time without a vote, in seconds."""
    statuses: dict[str, int]
    surprises: list[str]
    has_changed_hands: bool
    is_over: bool = False
    """Whether the cluster did not come back."""

    @property
    def is_good(self) -> bool:
        """Whether every vote that was acknowledged is in the box, once and unchanged."""
        wrong = ("lost", "changed", "from nowhere")
        return not any(self.found.get(word, 0) for word in wrong) and not self.surprises

    @property
    def line(self) -> str:
        """The trial in a line."""
        said = {word: self.found.get(word, 0) for word in ("acknowledged", "lost", "changed", "from nowhere")}
        return f"{self.name}: {said}, {self.waited:.1f} s without a vote, {self.statuses}, {self.surprises}"


def table_of(rows: Sequence[Row]) -> list[str]:
    """The trials by kind, and all together; of the seconds the median and the longest."""
    head = "| what goes wrong | times | acknowledged | lost | changed | from nowhere | seconds without a vote |"
    kinds = {row.name: [each for each in rows if each.name == row.name] for row in rows}
    return [head, "| --- | --- | --- | --- | --- | --- | --- |", *(_row(*each) for each in kinds.items()), _all(rows)]


def _all(rows: Sequence[Row]) -> str:
    return "| " + " | ".join(f"**{cell.strip()}**" for cell in _row("all", rows).strip("| ").split(" | ")) + " |"


def _row(name: str, rows: Sequence[Row]) -> str:
    words = ("acknowledged", "lost", "changed", "from nowhere")
    sums = " | ".join(f"{sum(row.found.get(word, 0) for row in rows):,}" for word in words)
    waits = [row.waited for row in rows]
    figures = (statistics.median(waits), max(waits))
    return f"| {name} | {len(rows)} | {sums} | {' · '.join(f'{figure:.1f}' for figure in figures)} |"


def kept() -> tuple[list[Row], list[Row]]:
    """The trials and the controls that `--write` kept."""
    told = json.loads(FIGURES.read_text(encoding="utf-8"))

    def rows(name: str) -> list[Row]:
        return [Row(**row) for row in told[name]]

    return rows("trials"), rows("control")


def write(rows: Sequence[Row], control: Sequence[Row], is_kept: bool) -> None:
    """Print the tables, and write them where it is asked for."""
    changed = sum(row.has_changed_hands for row in rows)
    text = [f"Measured on {machine()}: {len(rows)} trials, in {changed} of which another database came to lead.", ""]
    text += table_of(rows)
    if control:
        text += ["", "The control, with asynchronous replication. It must lose:", "", *table_of(control)]
    print("\n".join(text))
    if is_kept:
        page = PAGE.read_text(encoding="utf-8")
        before, after = page.split(_BEGIN)[0], page.split(_END)[1]
        PAGE.write_text(f"{before}{_BEGIN}\n" + "\n".join(text) + f"\n{_END}{after}", encoding="utf-8")
        told = {"trials": [asdict(row) for row in rows], "control": [asdict(row) for row in control]}
        FIGURES.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
