"""How much of the processor other processes take, as Linux counts it: steady where clocks on the wall are not."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_TICKS = os.sysconf("SC_CLK_TCK")
# Of `/proc/PID/stat`, behind the name, which may hold anything.
_PARENT, _SESSION, _OWN, _OF_ENDED_CHILDREN = 1, 3, slice(11, 13), slice(13, 15)


@dataclass(frozen=True, slots=True)
class Shares:
    """What was taken over a while, as shares of one core."""

    server: float
    database: float
    """PostgreSQL's own processes; 0 for SQLite, which has none."""

    @property
    def together(self) -> float:
        """All that serving takes."""
        return self.server + self.database


class Meter:
    """What a server takes of the processor, and the database behind it. `leader` leads the session of the server."""

    def __init__(self, leader: int, url: str) -> None:
        self._leader, self._database = leader, _server_behind(url)
        self._last = self._now()

    def since_last(self) -> Shares:
        """The shares since this was asked last."""
        before, self._last = self._last, self._now()
        seconds, server, database = (now - then for now, then in zip(self._last, before, strict=True))
        return Shares(server / seconds, database / seconds)

    def _now(self) -> tuple[float, float, float]:
        database = _seconds(self._database, _PARENT) if self._database else 0.0
        return time.perf_counter(), _seconds(self._leader, _SESSION), database


def _server_behind(url: str) -> int:
    """The first process of the PostgreSQL server on this machine that the address leads to; 0 for SQLite."""
    if url.startswith("sqlite"):
        return 0
    folder = parse_qs(urlsplit(url).query)["host"][0]
    return int(Path(folder, "data", "postmaster.pid").read_text(encoding="ascii").splitlines()[0])


def _seconds(leader: int, kinship: int) -> float:
    """Processor seconds of a process and of those that name it so, since they began."""
    ticks = 0
    for pid, fields in _processes():
        if pid == leader or int(fields[kinship]) == leader:
            ticks += sum(map(int, fields[_OWN]))
        if pid == leader:
            ticks += sum(map(int, fields[_OF_ENDED_CHILDREN]))
    return ticks / _TICKS


def _processes() -> Iterator[tuple[int, list[str]]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = Path(folder, "stat").read_text(encoding="utf-8", errors="replace")
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has just ended
            yield int(folder.name), stat.rpartition(")")[2].split()
