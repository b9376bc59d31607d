"""Figures for Prometheus, at an address of their own: `docs/decisions/metrics.md` says what they never tell.

Each process that serves writes what it counts into a file that they share; one more process adds up and answers.
"""

import multiprocessing
import os
import shutil
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from flask import Flask
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from pbvote.db import db
from pbvote.doctor.surroundings import OVERDUE
from pbvote.doctor.timers import last_runs
from pbvote.log_lines import log_failure
from pbvote.mail.service import failed_letters, overdue_letters
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import TAKES_CHOICES, TAKES_VOTES
from pbvote.voters_path import UNNOTED

WINDOW_SECONDS: Final = 30
STEP: Final = 10
"""What these doors answer is told in tens, and once the half minute is over: as the console tells of phones."""
_HELD: Final = frozenset({*UNNOTED, "static"})
"""What a phone asks of the last when it comes to a ballot for the first time."""
_ROUGHLY: Final = 10_000_000
"""A disk’s bytes are told in so many: each vote makes SQLite’s files a little longer."""
_BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Requests:
    """What one process has answered, by the first part of the address (its door) and the status's class."""

    def __init__(self, app: Flask, registry: CollectorRegistry, clock: Callable[[], float] = time.time) -> None:
        self._doors = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
        self._clock = clock
        labels = ["door", "status"]
        self._answered = Counter("pbvote_requests", "Requests answered", labels, registry=registry)
        took = "Seconds until the answer, without those that a body took to arrive"
        self._took = Histogram("pbvote_request_seconds", took, ["door"], registry=registry, buckets=_BUCKETS)
        self._held: dict[tuple[str, str], list[float]] = defaultdict(list)
        self._window = 0

    def note(self, path: str, status: int, seconds: float) -> None:
        """Count one answer. It is called in the server's event loop alone."""
        door = path.split("/")[1] if "/" in path else ""
        door, status_class = door if door in self._doors else "other", f"{status // 100}xx"
        window = int(self._clock()) // WINDOW_SECONDS
        if window != self._window:
            self._window = window
            self._tell_held()
        if door in _HELD:
            self._held[door, status_class].append(seconds)
        else:
            self._tell(door or "front", status_class, [seconds])

    def _tell_held(self) -> None:
        """Whole tens of what the half minutes before brought; the rest waits for more."""
        for (door, status_class), held in self._held.items():
            whole = len(held) // STEP * STEP
            self._tell(door, status_class, sorted(held[:whole]))
            del held[:whole]

    def _tell(self, door: str, status_class: str, seconds: list[float]) -> None:
        if seconds:
            self._answered.labels(door, status_class).inc(len(seconds))
        for one in seconds:
            self._took.labels(door).observe(one)


class State(Collector):
    """What the database and the disks say when they are asked."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures of this moment; of a database that does not answer, that alone."""
        with self._app.app_context():
            try:
                found = list(_of_database())
            except sa.exc.SQLAlchemyError:
                found = []
            finally:
                db.session.remove()
            is_up = "Whether the database answers"
            yield GaugeMetricFamily("pbvote_database_up", is_up, value=float(bool(found)))
            yield from found
            yield _of_disks(self._app)


def _of_database() -> Iterator[GaugeMetricFamily]:
    is_open = sa.select(sa.func.count()).select_from(Event).where(Event.poll.in_(TAKES_VOTES | TAKES_CHOICES))
    yield GaugeMetricFamily("pbvote_open_polls", "Polls that take votes or choices", value=db.session.scalar(is_open))
    # Not how many wait: that rises the moment somebody leaves an address on an event’s page.
    waited = f"Letters that nobody has tried to send for {OVERDUE.seconds // 60} minutes"
    yield GaugeMetricFamily("pbvote_letters_overdue", waited, value=overdue_letters(OVERDUE))
    yield GaugeMetricFamily("pbvote_letters_failed", "Letters that were given up", value=failed_letters())
    meaning = "When a command of a timer last ran to its end"
    ran = GaugeMetricFamily("pbvote_last_run_timestamp_seconds", meaning, labels=["command"])
    for command, moment in last_runs().items():
        ran.add_metric([command], moment.timestamp())
    yield ran


def _of_disks(app: Flask) -> GaugeMetricFamily:
    free = GaugeMetricFamily("pbvote_disk_free_bytes", "What is free where pbvote writes", labels=["folder"])
    for name, folder in (("instance", Path(app.instance_path)), ("files", app.config["FILES_DIR"])):
        if folder.is_dir():
            free.add_metric([name], shutil.disk_usage(folder).free // _ROUGHLY * _ROUGHLY)
    return free


def page_of(registry: CollectorRegistry) -> type[BaseHTTPRequestHandler]:
    """What answers at `/metrics`, and at no other address."""

    class Page(BaseHTTPRequestHandler):
        timeout = 5  # seconds: whoever says nothing keeps the next one waiting

        def do_GET(self) -> None:
            is_there = self.path == "/metrics"
            body = generate_latest(registry) if is_there else b""
            self.send_response(200 if is_there else 404)
            self.send_header("Content-Type", CONTENT_TYPE_LATEST)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    return Page


class _Listening(HTTPServer):
    """Writes a failure down as the rest of the server does: the library would print the scraper's address."""

    def handle_error(self, _request: object, _address: object) -> None:
        log_failure(sys.exc_info()[1])


def serve_metrics(app: Flask, host: str, port: int) -> None:
    """Begin a process that answers at this address, and ends with the one that began it."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(State(app))
    server = _Listening((host, port), page_of(registry))  # an address that is taken is found here
    multiprocessing.get_context("fork").Process(target=_answer, args=(server, os.getpid()), daemon=True).start()
    server.socket.close()


def _answer(server: HTTPServer, begun_by: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the server, not before
    server.timeout = 1
    while os.getppid() == begun_by:
        server.handle_request()
