"""Phones that vote through the front, and the ledger of what they were told. Nothing in the cluster can reach it."""

import contextlib
import http.client
import itertools
import random
import re
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

PATIENCE_SECONDS: Final = 10.0
"""After which a phone takes a request for lost."""
AGAIN_SECONDS: Final = 0.25
MOST_VOTES: Final = 3
"""How often a slip votes at most: first, then in place of its own vote."""
OTHERS_WORDS: Final = frozenset({502, 503, 504})
"""What a phone may be told while nobody can store a vote: it sends the same again."""
_SHOWN = re.compile(r'<span class="bid-number">(\d+)</span>.*?<strong>(?:<span[^>]*>[^<]*</span>)?\s*(\d+)', re.DOTALL)

Marks = dict[int, int]
"""By ballot number."""


@dataclass
class SlipsLedger:
    """What was sent with one slip, and how often it was acknowledged."""

    code: str
    sent: list[Marks] = field(default_factory=list)
    acknowledged: int = 0


@dataclass
class Ledger:
    """What all phones were told, and when."""

    slips: list[SlipsLedger] = field(default_factory=list)
    acknowledged_at: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    surprises: list[str] = field(default_factory=list)
    """What no phone may ever be told."""

    def longest_wait(self, since: float, until: float) -> float:
        """The longest time in seconds in which nobody was told that a vote is in."""
        moments = [since, *(at for at in sorted(self.acknowledged_at) if since < at < until), until]
        return max(later - earlier for earlier, later in itertools.pairwise(moments))


@dataclass(frozen=True)
class Hall:
    """Where phones vote, and with what."""

    address: str
    name: str
    certificate: Path
    fields: dict[str, str]
    """What each ballot of this paper carries."""
    numbers: tuple[int, ...]
    """The bids on the paper."""


class _Connection(http.client.HTTPSConnection):
    """To the front's address, whatever its name means elsewhere."""

    def __init__(self, hall: Hall, trust: ssl.SSLContext) -> None:
        super().__init__(hall.name, timeout=PATIENCE_SECONDS, context=trust)
        self._hall, self._trust = hall, trust

    def connect(self) -> None:
        plain = socket.create_connection((self._hall.address, 443), timeout=PATIENCE_SECONDS)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self._hall.name)


class Phones:
    """So many phones at work, each with one slip after another."""

    def __init__(self, hall: Hall, codes: Sequence[str], number: int, pause: float = 0.1) -> None:
        self.ledger = Ledger()
        self._hall, self._codes, self._pause = hall, list(codes), pause
        self._trust = ssl.create_default_context(cafile=str(hall.certificate))
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(seed,), daemon=True) for seed in range(number)]

    def __enter__(self) -> Ledger:
        """Let them begin."""
        for thread in self._threads:
            thread.start()
        return self.ledger

    def __exit__(self, *_: object) -> None:
        """Let each finish its request, and put it away."""
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _work(self, seed: int) -> None:
        chance, connection = random.Random(seed), _Connection(self._hall, self._trust)
        with contextlib.closing(connection):
            while not self._is_over.is_set():
                try:
                    slip = SlipsLedger(self._codes.pop())
                except IndexError:
                    self.ledger.surprises.append("there were not enough slips")
                    return
                self.ledger.slips.append(slip)
                for _ in range(chance.randint(1, MOST_VOTES)):
                    marks = {number: chance.randint(1, 5) for number in self._hall.numbers}
                    if not self._vote(connection, slip, marks):
                        break
                    self._is_over.wait(self._pause * (0.5 + chance.random()))

    def _vote(self, connection: _Connection, slip: SlipsLedger, marks: Marks) -> bool:
        """Send the vote until it is acknowledged, as the page does. False where the phone gave up."""
        slip.sent.append(marks)
        while not self._is_over.is_set():
            status, page = self._send(connection, slip, marks)
            self.ledger.statuses[status] += 1
            if status == "200":
                slip.acknowledged += 1
                self.ledger.acknowledged_at.append(time.monotonic())
                if {int(number): int(mark) for number, mark in _SHOWN.findall(page)} != marks:
                    self.ledger.surprises.append("the answer shows another vote than the one that was sent")
                return True
            if status.isdigit() and int(status) not in OTHERS_WORDS:
                self.ledger.surprises.append(f"a vote was answered with {status}")
                return False
            self._is_over.wait(AGAIN_SECONDS)
        return False

    def _send(self, connection: _Connection, slip: SlipsLedger, marks: Marks) -> tuple[str, str]:
        """The status and the page; the name of the failure where there is no answer."""
        body = {"code": slip.code, "seen": str(slip.acknowledged), **self._hall.fields}
        body |= {f"bid-{number}": str(mark) for number, mark in marks.items()}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("POST", "/v/cast", urlencode(body), form)
            answer = connection.getresponse()
            page = answer.read().decode()
        except (OSError, http.client.HTTPException) as failure:
            connection.close()
            return type(failure).__name__, ""
        return str(answer.status), page
