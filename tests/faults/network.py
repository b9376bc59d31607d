"""A network as bad as a hall's: it delays, cuts what is asked and what is answered, and delivers things twice or late.

It stands between phones and a served pbvote, one request to a connection, and decides by chance what happens to each.
"""

import contextlib
import random
import re
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator

PIECE = 200
"""Bytes of a request that a slow network delivers at once; of an answer, twenty times as many."""
SLOW_SECONDS = 0.02
LATE_SECONDS = 0.3
HOST = "127.0.0.1"


class BadNetwork(socketserver.ThreadingTCPServer):
    """What the phones reach in place of the server. Closing it waits until everything has arrived."""

    request_queue_size = 100

    def __init__(self, server: int, seed: int) -> None:
        super().__init__((HOST, 0), _Connection)
        self.happened: Counter[str] = Counter()
        self._server, self._chance, self._guard = server, random.Random(seed), threading.Lock()

    @property
    def port(self) -> int:
        """Where phones reach it."""
        return int(self.socket.getsockname()[1])

    def fate(self) -> str:
        """What happens to the next request."""
        with self._guard:
            fate = self._chance.choice(sorted(FATES))
            self.happened[fate] += 1
            return fate

    def reach(self) -> socket.socket:
        """A connection to the server."""
        return socket.create_connection((HOST, self._server), timeout=20)

    def ask(self, request: bytes) -> bytes:
        """What the server answers."""
        with self.reach() as connection:
            connection.sendall(request)
            return _whole(connection)

    def handle_error(self, *_: object) -> None:
        """A phone that is gone is nothing to tell."""


class _Connection(socketserver.BaseRequestHandler):
    server: BadNetwork

    def handle(self) -> None:
        request = self._request()
        FATES[self.server.fate()](self, request)

    def _request(self) -> bytes:
        """What the phone sends, asking the server to end the connection after its answer."""
        received = b""
        while not (found := re.search(rb"(?i)content-length: (\d+)\r\n(?:.*\r\n)*?\r\n", received)) or (
            len(received) < found.end() + int(found[1])
        ):
            piece = self.request.recv(65536)
            if not piece:
                raise ConnectionError
            received += piece
        return received.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)

    def well(self, request: bytes) -> None:
        """Nothing happens."""
        self.request.sendall(self.server.ask(request))

    def slowly(self, request: bytes) -> None:
        """In small pieces, both ways."""
        with self.server.reach() as connection:
            for start in range(0, len(request), PIECE):
                connection.sendall(request[start : start + PIECE])
                time.sleep(SLOW_SECONDS)
            while piece := connection.recv(PIECE * 20):
                self.request.sendall(piece)
                time.sleep(SLOW_SECONDS)

    def half_asked(self, request: bytes) -> None:
        """Cut in the middle of the request: its head and half of its body have come."""
        body = len(request.partition(b"\r\n\r\n")[2])
        with self.server.reach() as connection:
            connection.sendall(request[: -body // 2])

    def unanswered(self, request: bytes) -> None:
        """Cut after the commit: the server has answered, and nobody hears it."""
        self.server.ask(request)

    def half_answered(self, request: bytes) -> None:
        """Cut in the middle of the answer."""
        answer = self.server.ask(request)
        self.request.sendall(answer[: len(answer) // 2])

    def twice(self, request: bytes) -> None:
        """Delivered twice at once; the phone hears one of the answers."""
        other = threading.Thread(target=self.server.ask, args=(request,))
        other.start()
        answer = self.server.ask(request)
        other.join()
        self.request.sendall(answer)

    def late_too(self, request: bytes) -> None:
        """Delivered once more when the phone has long gone on."""
        self.well(request)
        self.request.shutdown(socket.SHUT_RDWR)
        time.sleep(LATE_SECONDS)
        self.server.ask(request)


FATES = {
    each.__name__: each
    for each in (
        _Connection.well,
        _Connection.slowly,
        _Connection.half_asked,
        _Connection.unanswered,
        _Connection.half_answered,
        _Connection.twice,
        _Connection.late_too,
    )
}


def _whole(connection: socket.socket) -> bytes:
    answer = b""
    while piece := connection.recv(65536):
        answer += piece
    return answer


@contextlib.contextmanager
def bad_network(server: int, seed: int) -> Iterator[BadNetwork]:
    """Such a network in front of the server at this port; at the end everything has arrived."""
    with BadNetwork(server, seed) as network:
        thread = threading.Thread(target=network.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield network
        finally:
            network.shutdown()
            thread.join()
