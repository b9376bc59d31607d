"""Voters' phones, as they meet the server: a page, a ballot paper, a cast; ten of them on a network that fails.

No script runs here. With a request that got lost they do what `voter.js` does: they send the same once more.
"""

import re
import socket
import struct
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPResponse
from urllib.parse import urlencode, urlsplit

from pbvote.config import LANGUAGES
from tests.browser.day.hall import Hall, Marks
from tests.pages import fields_of

PATIENCE = 30  # seconds
RESET_AT_ONCE = struct.pack("ii", 1, 0)
CHECK_NUMBER = re.compile(r'class="check-number">\s*<strong[^>]*>([0-9A-Z]{4}) ([0-9A-Z]{4})<')
Network = Callable[[socket.socket, bytes], None]
"""How a request gets to the server. Raises `Lost` where the phone does not hear what became of it."""


class Lost(Exception):
    """The connection was cut."""


def whole(connection: socket.socket, request: bytes) -> None:
    """As it should be."""
    connection.sendall(request)


def byte_by_byte(connection: socket.socket, request: bytes) -> None:
    """A phone at the far end of the hall: a thousand small packets."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for at in range(len(request)):
        connection.sendall(request[at : at + 1])


def cut_while_sending(connection: socket.socket, request: bytes) -> None:
    """The last quarter of the request does not arrive."""
    connection.sendall(request[: -len(request) // 4])
    _cut(connection)


def cut_once_sent(connection: socket.socket, request: bytes) -> None:
    """All of the request arrives, and its answer meets nobody."""
    connection.sendall(request)
    _cut(connection)


def _cut(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_ONCE)
    raise Lost


BAD_NETWORKS: Sequence[Sequence[Network]] = [
    (cut_once_sent, whole),
    (cut_while_sending, cut_once_sent, byte_by_byte),
    (cut_once_sent, cut_once_sent, cut_once_sent, whole),
    (byte_by_byte,),
    (cut_while_sending, byte_by_byte),
]
"""What happens to a phone's casts, one after the other; the last one gets through."""


@dataclass(frozen=True)
class Answer:
    """What a phone got back."""

    status: int
    page: str


@dataclass(frozen=True)
class Phone:
    """Somebody who has scanned their slip."""

    hall: Hall
    code: str
    language: str

    def vote(self, marks: Marks, networks: Sequence[Network] = (whole,)) -> Answer:
        """Open the page and the paper, and send the marks until an answer has come."""
        assert self._ask("GET", f"/v/{self.hall.slug}").status == 200
        return self.send(self.open_paper(), marks, networks)

    def open_paper(self) -> dict[str, str]:
        """The ballot paper; what it holds beside the marks."""
        paper = self._ask("POST", "/v/paper", {"code": self.code, "lang": self.language})
        assert paper.status == 200, paper.page
        return fields_of(paper.page)

    def send(self, paper: dict[str, str], marks: Marks, networks: Sequence[Network] = (whole,)) -> Answer:
        """Send the marks until an answer has come."""
        sent = paper | {f"bid-{number}": str(mark) for number, mark in enumerate(marks, 1)}
        for network in networks:
            try:
                return self._ask("POST", "/v/cast", sent, network)
            except Lost:
                continue
        raise AssertionError("the last network of each phone lets it through")

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None, network: Network = whole) -> Answer:
        """One request over a connection of its own. No answer on the voter's path brings a cookie."""
        where = urlsplit(self.hall.address)
        body = urlencode(form or {}).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: {where.netloc}\r\nConnection: close\r\n"
        if form:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        with socket.create_connection((where.hostname or "", where.port or 0), timeout=PATIENCE) as connection:
            network(connection, f"{head}\r\n".encode() + body)
            response = HTTPResponse(connection, method=method)
            response.begin()
            page = response.read().decode()
        assert response.getheader("Set-Cookie") is None
        return Answer(response.status, page)


def all_vote(hall: Hall, marks: Sequence[Marks], networks: Sequence[Sequence[Network]] = ((whole,),)) -> list[str]:
    """As many phones as there are marks vote at once, each with a slip of its own. Their codes."""
    codes = hall.takes_slips(len(marks))
    phones = [Phone(hall, code, list(LANGUAGES)[at % len(LANGUAGES)]) for at, code in enumerate(codes)]
    with ThreadPoolExecutor(len(marks)) as threads:
        work = [
            threads.submit(phone.vote, says, networks[at % len(networks)])
            for at, (phone, says) in enumerate(zip(phones, marks, strict=True))
        ]
        hall.check_numbers += [check_number(each.result()) for each in work]
    return codes


def check_number(answer: Answer) -> str:
    """The check number of a vote that is in."""
    found = CHECK_NUMBER.search(answer.page)
    assert answer.status == 200, answer.page
    assert found, answer.page
    return "".join(found.groups())
