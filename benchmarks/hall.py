"""Two halls at the same hour: `python -m benchmarks.hall` writes them into benchmarks/README.md.

In one, phones wait for voting to open. In the other, people vote within ten seconds, beside screens, consoles and
doors. All come from one address, and each phone has a connection of its own.
"""

import random
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
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
from benchmarks.watchers import Answers, Watching, watching
from pbvote.db import db
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import PollState

VOTES = "sale-2014"
CHANCE = 2014


@dataclass(frozen=True, slots=True)
class Size:
    """How many there are, and how many seconds each part takes."""

    phones: int = 300
    screens: int = 5
    consoles: int = 2
    doors: int = 2
    voters: int = 500
    settling: float = 15
    """Until most pages have asked at least once."""
    waiting: float = 30
    voting: float = 10
    rounds: int = 5


@dataclass(frozen=True)
class Round:
    """People who voted, and what became of everybody meanwhile."""

    voted: load.Results
    beside: Sequence[Answers]
    server: Shares
    generators: float
    """What the phones and pages themselves took, as a share of one core."""

    def slowest_of(self, name: str, share: float) -> float:
        """The seconds within which this share of the answers to all pages of a name came."""
        seconds = sorted(value for answers in self.beside for value in answers.seconds.get(name, []))
        return seconds[min(len(seconds) - 1, int(share * len(seconds)))] if seconds else 0.0


@dataclass
class Found:
    """What one database came to."""

    waiting: Shares
    waited: Answers
    """What phones and screens were told while nobody voted."""
    rounds: list[Round] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """Connections that were not taken, or ended before their answer."""
        watched = [self.waited, *(answers for each in self.rounds for answers in each.beside)]
        return sum(answers.lost for answers in watched) + sum(each.voted.refused for each in self.rounds)

    @property
    def errors(self) -> int:
        """Answers that say that something was wrong."""
        watched = [self.waited, *(answers for each in self.rounds for answers in each.beside)]
        told = [(status, number) for answers in watched for (_, status), number in answers.statuses.items()]
        told += [pair for each in self.rounds for pair in each.voted.statuses.items()]
        return sum(number for status, number in told if status >= 400)


def measure(kind: str, size: Size) -> Found:
    """Both halls on a throw-away database."""
    with tempfile.TemporaryDirectory() as folder, database(kind, folder) as url:
        app = council(folder, url)
        prepare(app)
        return meet(app, url, WORKERS[kind], size)


def meet(app: Flask, url: str, workers: int, size: Size) -> Found:
    """First those who wait and the screens alone; then everybody, beside as many voters as there are."""
    wait = waiting_phones(app, planned_event(app), size.phones) + at_work(app, VOTES, screens=size.screens)
    work = at_work(app, VOTES, consoles=size.consoles, doors=size.doors)
    with serving("council", app.instance_path, url, workers) as (port, leader), watching(port, wait) as waiting:
        meter = Meter(leader, url)
        time.sleep(size.settling)
        waiting.answers(), meter.since_last()
        time.sleep(size.waiting)
        found = Found(meter.since_last(), waiting.answers())
        with watching(port, work) as working:
            load.run(
                port, voters(app, more_codes(app, max(1, size.voters // 10)), 1)
            )  # so that no first time is measured
            for _ in range(size.rounds):
                people = voters(app, more_codes(app, size.voters), size.voting)
                found.rounds.append(_vote(people, port, meter, (waiting, working)))
    return found


def _vote(people: Sequence[load.Client], port: int, meter: Meter, others: Sequence[Watching]) -> Round:
    for each in others:
        each.answers()
    meter.since_last()
    began = time.process_time()
    voted = load.run(port, people)
    server, taken = meter.since_last(), time.process_time() - began
    beside = [each.answers() for each in others]
    return Round(voted, beside, server, (taken + sum(each.processor for each in beside)) / voted.elapsed)


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

    def row(title: str, cell: Callable[[Found], str], to_reach: str = "") -> str:
        return f"| {title} | {' | '.join(map(cell, found.values()))} | {to_reach} |"

    def step(name: str) -> Callable[[Found], str]:
        return lambda one: _times(lambda share: (each.voted.percentile(name, share) for each in one.rounds))

    def watched(name: str) -> Callable[[Found], str]:
        return lambda one: _times(lambda share: (each.slowest_of(name, share) for each in one.rounds))

    rate, waiting = "answers a second", f"{size.phones} phones and {size.screens} screens wait"
    return "\n".join(
        [
            f"| of one core, while {waiting} | {' | '.join(found)} | to reach |",
            "| --- " * (len(found) + 2) + "|",
            row("**the server**", lambda one: _percent(one.waiting.together), "below 10 %"),
            row("of that PostgreSQL’s own processes", lambda one: _percent(one.waiting.database)),
            row(rate, lambda one: f"{sum(one.waited.statuses.values()) / size.waiting:,.0f}"),
            "",
            f"| while {size.voters} vote within {size.voting:.0f} s | {' | '.join(found)} | to reach |",
            "| --- " * (len(found) + 2) + "|",
            row("first page", step("page")),
            row("ballot paper", step("paper")),
            row("**vote**", step("cast"), "p99 below 700"),
            row("a waiting phone asks", watched("phone")),
            row("a screen asks", watched("screen")),
            row("a console asks", watched("console")),
            row("**refused**", lambda one: str(one.refused), "0"),
            row("errors", lambda one: str(one.errors), "0"),
            row("the server, of one core", lambda one: _percent(median(each.server.together for each in one.rounds))),
            row("phones and pages themselves", lambda one: _percent(median(each.generators for each in one.rounds))),
        ]
    )


def _percent(share: float) -> str:
    return f"{100 * share:,.1f} %"


def _times(of: Callable[[float], Iterable[float]]) -> str:
    """p50 / p95 / p99 in milliseconds, each the median of the rounds: a neighbour may spoil one of them."""
    return " / ".join(f"{median(of(share)) * 1000:,.0f}" for share in (0.5, 0.95, 0.99))


def main() -> None:
    """Measure both databases and write the section."""
    size = Size()
    found = {kind: measure(kind, size) for kind in WORKERS}
    beside = f"{size.phones} waiting phones, {size.screens} screens, {size.consoles} consoles and {size.doors} doors"
    text = "\n".join(
        [
            f"Measured on {machine()}: {beside}.",
            f"Times are p50 / p95 / p99 in milliseconds, medians of {size.rounds} rounds. The phones share the cores",
            f"with the server. Beside PostgreSQL it has {WORKERS['PostgreSQL']} processes.",
            "",
            table(found, size),
        ]
    )
    write_section("hall", text)
    print(text)


if __name__ == "__main__":
    main()
