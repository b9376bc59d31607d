"""Two halls at the same hour: `python -m benchmarks.hall` writes them into benchmarks/README.md.

In one, phones wait for voting to open. In the other, people vote within ten seconds, beside screens, consoles and doors.
All come from one address, and each phone has a connection of its own.
"""

import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import sqlalchemy as sa
from flask import Flask

from benchmarks import load
from benchmarks.casts import WORKERS, casts, database, more_codes, prepare
from benchmarks.hall_pages import at_work, waiting_phones
from benchmarks.page import machine, write_section
from benchmarks.processor import Meter, Shares
from benchmarks.servers import council, serving
from benchmarks.watchers import Answers, watching
from pbvote.db import db
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import PollState

VOTES = "sale-2014"
STEPS = {"page": "the first page", "paper": "the ballot paper", "cast": "**the vote**"}
WATCHED = {"phone": "a waiting phone’s question", "screen": "a screen’s question"}
CHANCE = 2014


@dataclass(frozen=True, slots=True)
class Size:
    """How many there are, and how long each part takes."""

    phones: int = 300
    screens: int = 5
    consoles: int = 2
    doors: int = 2
    voters: int = 500
    settling: float = 25
    """Seconds, until every page has asked at least once."""
    waiting: float = 30
    voting: float = 10
    rounds: int = 3


@dataclass
class Found:
    """What one database came to."""

    waiting: Shares = Shares(0, 0)
    waited: Answers = field(default_factory=Answers)
    """What phones and screens were told while nobody voted."""
    voting: list[Shares] = field(default_factory=list)
    """Of each round of votes, as everything below."""
    voted: list[load.Results] = field(default_factory=list)
    beside: list[Answers] = field(default_factory=list)
    """What all other pages were told meanwhile."""
    generators: list[float] = field(default_factory=list)
    """What the phones and pages themselves took, as shares of one core."""

    @property
    def statuses(self) -> Counter[int]:
        """All answers by status."""
        told = [self.waited, *self.beside]
        return sum((answers.by_status() for answers in told), sum((each.statuses for each in self.voted), Counter()))

    @property
    def refused(self) -> int:
        """Connections that were not taken, or ended before their answer."""
        return sum(each.refused for each in self.voted) + sum(each.lost for each in (self.waited, *self.beside))


def measure(kind: str, size: Size) -> Found:
    """First those who wait and the screens alone; then everybody, beside as many voters as there are."""
    with tempfile.TemporaryDirectory() as folder, database(kind, folder) as url:
        app = council(folder, url)
        prepare(app)
        wait = waiting_phones(app, planned_event(app), size.phones)
        shown = at_work(app, VOTES, screens=size.screens)
        work = at_work(app, VOTES, consoles=size.consoles, doors=size.doors)
        found = Found()
        with serving("council", folder, url, WORKERS[kind]) as server, watching(server.port, wait + shown) as watched:
            meter = Meter(server.leader, url)
            time.sleep(size.settling)
            watched.answers(), meter.since_last()
            time.sleep(size.waiting)
            found.waited, found.waiting = watched.answers(), meter.since_last()
            with watching(server.port, work) as worked:
                load.run(server.port, voters(app, more_codes(app, 50), 1))  # so that no first time is measured
                for _ in range(size.rounds):
                    people = voters(app, more_codes(app, size.voters), size.voting)
                    watched.answers(), worked.answers(), meter.since_last()
                    began = time.process_time(), time.perf_counter()
                    found.voted.append(load.run(server.port, people))
                    found.voting.append(meter.since_last())
                    taken, seconds = time.process_time() - began[0], time.perf_counter() - began[1]
                    answers = [watched.answers(), worked.answers()]
                    found.beside += answers
                    taken += sum(each.processor for each in answers)
                    found.generators.append(taken / seconds)
    return found


def planned_event(app: Flask) -> str:
    """The slug of the demonstration's event whose poll is not open yet."""
    with app.app_context():
        wanted = sa.select(Event.slug).where(Event.poll == PollState.PLANNED).order_by(Event.id).limit(1)
        return db.session.scalars(wanted).one()


def voters(app: Flask, codes: Sequence[str], seconds: float) -> list[load.Client]:
    """A phone for each code; they arrive at moments of chance. What is sent last stands first."""
    chance = random.Random(CHANCE)
    address = f"/v/{VOTES}"
    page = app.test_client().get(address).get_data(as_text=True)
    files = [("file", load.get(path)) for path in re.findall(r"/static/[\w.-]+\.(?:css|js)", page)]
    clients = []
    for code, cast in zip(codes, casts(app, codes), strict=True):
        paper = ("paper", load.post("/v/paper", {"code": code, "lang": "en", "event": VOTES}))
        steps = [cast, paper, *files, ("page", load.get(address))]
        clients.append(load.Client(steps, starts_at=chance.uniform(0, seconds)))
    return clients


def table(found: dict[str, Found], size: Size) -> str:
    """What was found, a column for each database, with what is to be reached."""
    rows = [["", *found, "to reach"], ["---"] * (len(found) + 2)]
    waits = f"{size.phones} phones and {size.screens} screens that wait: the server, of one core"
    rows.append([f"**{waits}**", *(percent(each.waiting.together) for each in found.values()), "below 10 %"])
    rows.append(
        ["– of that the database’s processes", *(percent(each.waiting.database) for each in found.values()), ""]
    )
    rate = (f"{sum(each.waited.statuses.values()) / size.waiting:,.0f}" for each in found.values())
    rows.append(["– answers a second", *rate, ""])
    for name, title in STEPS.items():
        told = (" / ".join(_typical(each, name, share) for share in (0.5, 0.95, 0.99)) for each in found.values())
        rows.append([title, *told, "p99 below 700 ms" if name == "cast" else ""])
    for name, title in WATCHED.items():
        told = (" / ".join(_beside(each, name, share) for share in (0.5, 0.95, 0.99)) for each in found.values())
        rows.append([f"{title} meanwhile", *told, ""])
    rows.append(["**refused**", *(str(each.refused) for each in found.values()), "0"])
    errors = (sum(number for status, number in each.statuses.items() if status >= 400) for each in found.values())
    rows.append(["**errors**", *map(str, errors), "0"])
    busy = (percent(median(shares.together for shares in each.voting)) for each in found.values())
    rows.append(["the server while they vote, of one core", *busy, ""])
    rows.append(["the phones and pages themselves", *(percent(median(each.generators)) for each in found.values()), ""])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def percent(share: float) -> str:
    """A share of one core."""
    return f"{100 * share:,.1f} %"


def _typical(found: Found, step: str, share: float) -> str:
    """The median of the rounds, in milliseconds: a neighbour's busy moment may spoil one."""
    return f"{median(each.percentile(step, share) for each in found.voted) * 1000:,.0f}"


def _beside(found: Found, name: str, share: float) -> str:
    seconds = sorted(value for each in found.beside for value in each.seconds.get(name, []))
    return f"{seconds[min(len(seconds) - 1, int(share * len(seconds)))] * 1000:,.0f}" if seconds else "–"


def main() -> None:
    """Measure both databases and write the section."""
    size = Size()
    found = {kind: measure(kind, size) for kind in WORKERS}
    text = "\n".join(
        [
            f"Measured on {machine()}: {size.phones} phones wait in one hall. In another {size.voters} people vote within",
            f"{size.voting:.0f} s, beside {size.screens} screens, {size.consoles} consoles and {size.doors} doors. Times are",
            f"p50 / p95 / p99 in milliseconds, the medians of {size.rounds} rounds. The phones share the cores with the server.",
            "",
            table(found, size),
        ]
    )
    write_section("hall", text)
    print(text)


if __name__ == "__main__":
    main()
