"""Pages that ask again and again, as their scripts do: waiting phones, screens, consoles, doors.

One process of its own, one loop, one kept connection for each page. It remembers each answer's ETag and sends it along.
"""

import heapq
import itertools
import json
import multiprocessing
import random
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from benchmarks.load import HOST, length_of

CHANCE = 2014


@dataclass
class Beat:
    """One thing that a page asks for, or sends, again and again."""

    name: str
    path: str
    seconds: tuple[float, float]
    """The least and the most between an answer and the next question."""
    cookie: str = ""
    sends: object = None
    """What a POST holds, as JSON; None for a GET."""
    etag: str = ""

    def request(self) -> bytes:
        """As the page's script sends it."""
        lines = [f"{'GET' if self.sends is None else 'POST'} {self.path} HTTP/1.1", f"Host: {HOST}"]
        lines += ["Accept-Encoding: gzip", "Sec-Fetch-Site: same-origin"]
        lines += [f"Cookie: {self.cookie}"] if self.cookie else []
        lines += [f"If-None-Match: {self.etag}"] if self.etag else []
        body = b""
        if self.sends is not None:
            body = json.dumps(self.sends).encode()
            lines += ["Content-Type: application/json", "X-Own-Script: 1", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Answers:
    """What came back: how many of each status, and the seconds of each answer, by the beat's name."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    lost: int = 0
    """Connections that ended while an answer was due, or were not taken."""
    processor: float = 0.0
    """Seconds that this process itself took of it."""


@dataclass(eq=False)
class _Page:
    """One open page: its beats, and its one connection while it has one."""

    beats: Sequence[Beat]
    connection: socket.socket | None = None
    is_new: bool = True
    """Whether nothing was answered over this connection yet."""
    asked: Beat | None = None
    asked_at: float = 0.0
    received: bytearray = field(default_factory=bytearray)
    due: list[Beat] = field(default_factory=list)
    """Beats whose time came while another's answer was due."""


class _Loop:
    def __init__(self, port: int, pages: Sequence[Sequence[Beat]], asked_by: Connection) -> None:
        self._port, self._asked_by, self._processor = port, asked_by, 0.0
        self._chance = random.Random(CHANCE)
        self._numbers = itertools.count()
        self._times: list[tuple[float, int, _Page, Beat]] = []
        self._selector = selectors.DefaultSelector()
        self._selector.register(asked_by, selectors.EVENT_READ)
        self.answers = Answers()
        for beats in pages:
            page = _Page(beats)
            for beat in beats:
                # Whoever came in one by one asks one by one.
                self._plan(page, beat, self._chance.uniform(0, beat.seconds[1]))

    def run(self) -> None:
        """For ever. Whoever started this asks now and then what has come since."""
        while True:
            now = time.perf_counter()
            while self._times and self._times[0][0] <= now:
                _, _, page, beat = heapq.heappop(self._times)
                page.due.append(beat)
                self._ask(page)
            wait = max(0.0, self._times[0][0] - time.perf_counter()) if self._times else 1.0
            for key, _ in self._selector.select(min(1.0, wait)):
                if key.fileobj is self._asked_by:
                    self._hand_over()
                else:
                    self._read(key.data)

    def _hand_over(self) -> None:
        self._asked_by.recv()
        before, self._processor = self._processor, time.process_time()
        self.answers.processor = self._processor - before
        self._asked_by.send(self.answers)
        self.answers = Answers()

    def _plan(self, page: _Page, beat: Beat, seconds: float) -> None:
        heapq.heappush(self._times, (time.perf_counter() + seconds, next(self._numbers), page, beat))

    def _ask(self, page: _Page) -> None:
        if page.asked or not page.due:
            return
        page.asked, page.asked_at = page.due.pop(0), time.perf_counter()
        self._send(page, page.asked)

    def _send(self, page: _Page, beat: Beat) -> None:
        page.received.clear()
        try:
            if page.connection is None:
                page.is_new = True
                page.connection = socket.create_connection((HOST, self._port), timeout=10)
                page.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                page.connection.setblocking(False)
                self._selector.register(page.connection, selectors.EVENT_READ, page)
            page.connection.sendall(beat.request())
        except OSError:
            self._end(page)

    def _read(self, page: _Page) -> None:
        if page.connection is None:
            return
        try:
            piece = page.connection.recv(1 << 18)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            piece = b""
        if not piece:
            self._end(page)
            return
        page.received += piece
        end = page.received.find(b"\r\n\r\n")
        if end < 0:
            return
        status = int(page.received[9:12])
        if status == 304 or len(page.received) >= end + 4 + length_of(page.received[:end]):
            self._note(page, status, bytes(page.received[:end]))

    def _note(self, page: _Page, status: int, head: bytes) -> None:
        beat, page.asked, page.is_new = page.asked, None, False
        if beat is None:
            return
        self.answers.statuses[beat.name, status] += 1
        self.answers.seconds.setdefault(beat.name, []).append(time.perf_counter() - page.asked_at)
        beat.etag = _etag_in(head) or beat.etag
        self._plan(page, beat, self._chance.uniform(*beat.seconds))
        self._ask(page)

    def _end(self, page: _Page) -> None:
        """The connection has ended. One that rested for a while may: a question that crossed its end is asked again."""
        if page.connection is not None:
            self._selector.unregister(page.connection)
            page.connection.close()
            page.connection = None
        if page.asked and not page.is_new:
            self._send(page, page.asked)
        elif page.asked:
            self.answers.lost += 1
            self._plan(page, page.asked, self._chance.uniform(*page.asked.seconds))
            page.asked = None


def _etag_in(head: bytes) -> str:
    at = head.lower().find(b"\r\netag:")
    return head[at + 7 :].split(b"\r\n", 1)[0].strip().decode() if at >= 0 else ""


def _watch(port: int, pages: Sequence[Sequence[Beat]], asked_by: Connection) -> None:
    _Loop(port, pages, asked_by).run()


@dataclass
class Watching:
    """The pages that are open; ask it what they got."""

    _pipe: Connection

    def answers(self) -> Answers:
        """What has come since this was last asked."""
        self._pipe.send(None)
        received: Answers = self._pipe.recv()
        return received


@contextmanager
def watching(port: int, pages: Sequence[Sequence[Beat]]) -> Iterator[Watching]:
    """Open these pages, each a list of its beats, in a process of their own, until the block ends."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_watch, args=(port, pages, theirs), daemon=True)
    process.start()
    try:
        yield Watching(ours)
    finally:
        process.terminate()
        process.join()
