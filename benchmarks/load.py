"""A load generator that costs little: raw HTTP/1.1 over kept connections, one loop, no parsing beyond the head.

It shares this machine's cores with the server that it measures, so each of its own microseconds is one that the server
lacks. Loopback only.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST = "127.0.0.1"


def get(path: str) -> bytes:
    """A GET as a browser sends it, without what no server of ours reads."""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()


def post(path: str, fields: dict[str, str]) -> bytes:
    """A form's POST."""
    body = urlencode(fields).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


@dataclass
class Client:
    """One connection, and what it still sends: pairs of a name and a request. Waits for each answer."""

    requests: list[tuple[str, bytes]]
    starts_at: float = 0.0
    """Seconds after the beginning at which it connects."""
    sent_at: float = 0.0
    received: bytearray = field(default_factory=bytearray)
    connection: socket.socket = field(init=False)


@dataclass
class Results:
    """What came back: seconds by name, statuses, and how long all of it took."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    elapsed: float = 0.0
    refused: int = 0
    """Connections that the server did not take, or closed without an answer."""

    def percentile(self, name: str, share: float) -> float:
        """The time, in seconds, within which this share of the requests of a name was answered."""
        ordered = sorted(self.seconds.get(name, [0.0]))
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def run(port: int, clients: Sequence[Client], most_seconds: float = 120.0) -> Results:
    """Let the clients send all they have, each when its time has come. Raises `TimeoutError` after `most_seconds`."""
    return _Run(port, clients, most_seconds).run()


class _Run:
    def __init__(self, port: int, clients: Sequence[Client], most_seconds: float) -> None:
        self._port = port
        self._waiting = sorted(clients, key=lambda client: -client.starts_at)
        self._selector = selectors.DefaultSelector()
        self._results = Results()
        self._open = 0
        self._most_seconds = most_seconds

    def run(self) -> Results:
        began = time.perf_counter()
        while self._waiting or self._open:
            now = time.perf_counter() - began
            if now > self._most_seconds:
                raise TimeoutError(f"{self._open} connections wait for their answers")
            while self._waiting and self._waiting[-1].starts_at <= now:
                self._connect(self._waiting.pop())
            next_start = self._waiting[-1].starts_at - now if self._waiting else 1.0
            for key, _ in self._selector.select(max(0.0, min(1.0, next_start))):
                self._read(key.data)
        self._results.elapsed = time.perf_counter() - began
        return self._results

    def _connect(self, client: Client) -> None:
        client.connection = socket.create_connection((HOST, self._port), timeout=10)
        client.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.connection.setblocking(False)
        self._selector.register(client.connection, selectors.EVENT_READ, client)
        self._open += 1
        self._send(client)

    def _send(self, client: Client) -> None:
        if not client.requests:
            self._close(client)
            return
        client.received.clear()
        client.sent_at = time.perf_counter()
        client.connection.sendall(client.requests[-1][1])

    def _read(self, client: Client) -> None:
        try:
            piece = client.connection.recv(1 << 18)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            piece = b""
        if not piece:
            self._results.refused += 1
            self._close(client)
            return
        client.received += piece
        end = client.received.find(b"\r\n\r\n")
        if end < 0 or len(client.received) < end + 4 + length_of(client.received[:end]):
            return
        name, _ = client.requests.pop()
        self._results.seconds.setdefault(name, []).append(time.perf_counter() - client.sent_at)
        self._results.statuses[int(client.received[9:12])] += 1
        if b"\r\nconnection: close" in client.received[:end].lower() and client.requests:
            self._reconnect(client)
        else:
            self._send(client)

    def _reconnect(self, client: Client) -> None:
        self._close(client)
        self._connect(client)

    def _close(self, client: Client) -> None:
        self._selector.unregister(client.connection)
        client.connection.close()
        self._open -= 1


def length_of(head: bytearray) -> int:
    """How many bytes follow the head of an answer. Raises `ValueError` where it does not say so."""
    at = head.lower().find(b"content-length:")
    if at < 0:
        raise ValueError("an answer without its length")
    return int(head[at + 15 :].split(b"\r\n", 1)[0])


def over(connections: int, requests: Sequence[tuple[str, bytes]]) -> list[Client]:
    """The requests, dealt out to so many connections."""
    return [Client(list(requests[number::connections])) for number in range(connections)]


def warm(port: int, make: Callable[[], Sequence[tuple[str, bytes]]], connections: int) -> None:
    """Send some requests first, so that no first time is measured."""
    run(port, over(connections, make()))
