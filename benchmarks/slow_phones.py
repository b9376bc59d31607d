"""How long another's page takes beside slow phones: `python -m benchmarks.slow_phones` writes it into README.md.

    python -m benchmarks.slow_phones [--phones 300] [--seconds 20] [--address HOST:PORT]

Each attack lasts `--seconds`; whoever is cut off comes again within a second. `pbvote serve` stands alone, without a
proxy, on a database of its own. `--address` measures a server that runs already; it must be on this machine.
"""

import argparse
import contextlib
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import quantiles

from flask_migrate import upgrade

from benchmarks.page import machine, write_section
from pbvote.app import create_app
from pbvote.db import begin_write, db
from pbvote.demonstration.service import load_demonstration

LOOPBACK = "127.0.0.1"
STARTING_SECONDS = 60
GIVING_UP_SECONDS = 10
PAUSE_SECONDS = 0.05
SERVE = """
import ast, sys
from flask.cli import ScriptInfo
from pbvote.app import create_app
from pbvote.cli.serve import serve_command
settings = ast.literal_eval(sys.argv[1])
serve_command.main(sys.argv[2:], obj=ScriptInfo(create_app=lambda: create_app(settings)))
"""
PAGES = ("/v/sale-2014", "/healthz", "/")
Address = tuple[str, int]


@dataclass(frozen=True)
class Attack:
    """What each slow phone sends: something at once, then the rest by one byte a second."""

    title: str
    at_once: bytes
    dripped: bytes = b""


def _head(path: str, length: int) -> bytes:
    kind = "application/x-www-form-urlencoded"
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n".encode()


ATTACKS = (
    Attack("nobody", b""),
    Attack("idle connections", b""),
    Attack("slow heads", b"GET /v/sale-2014 HTTP/1.1\r\nHost: x\r\n", b"X-Slow: " + b"a" * 4000),
    Attack("slow bodies to /v/cast", _head("/v/cast", 4000), b"code=" + b"a" * 3995),
    Attack("slow bodies to /sign-in", _head("/sign-in", 4000), b"email=" + b"a" * 3994),
    Attack("large slow bodies to /sign-in", _head("/sign-in", 2_000_000), b"email=" + b"a" * 3994),
)


@dataclass
class SlowPhones:
    """Phones that keep their connections busy and send next to nothing."""

    attack: Attack
    address: Address
    number: int
    cut_off: int = 0
    _sockets: list[tuple[socket.socket, int]] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)

    @contextlib.contextmanager
    def around(self) -> Iterator[None]:
        """All of them connected and dripping, until the block ends."""
        self._sockets = [self._connect() for _ in range(self.number)]
        dripping = threading.Thread(target=self._drip)
        dripping.start()
        try:
            yield
        finally:
            self._ended.set()
            dripping.join()
            for phone, _ in self._sockets:
                phone.close()

    def _connect(self) -> tuple[socket.socket, int]:
        phone = socket.create_connection(self.address, timeout=GIVING_UP_SECONDS)
        phone.sendall(self.attack.at_once)
        phone.setblocking(False)
        return phone, 0

    def _drip(self) -> None:
        while not self._ended.wait(1):
            for place, (phone, sent) in enumerate(self._sockets):
                try:
                    self._send_one(phone, sent)
                    self._sockets[place] = phone, sent + 1
                except OSError:
                    self.cut_off += 1
                    phone.close()
                    with contextlib.suppress(OSError):
                        self._sockets[place] = self._connect()

    def _send_one(self, phone: socket.socket, sent: int) -> None:
        """One byte more. Raises `OSError` when the server has ended the connection."""
        with contextlib.suppress(BlockingIOError):
            if not phone.recv(4096):
                raise ConnectionResetError
        phone.send(self.attack.dripped[sent : sent + 1])


def fetch(address: Address, path: str) -> float:
    """The seconds that a page takes over a fresh connection. Raises `OSError` when it does not come."""
    began = time.perf_counter()
    with socket.create_connection(address, timeout=GIVING_UP_SECONDS) as phone:
        phone.sendall(f"GET {path} HTTP/1.1\r\nHost: {address[0]}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while received := phone.recv(65536):
            answer += received
    if b" 200 " not in answer[:16]:
        raise ConnectionError(answer[:80])
    return time.perf_counter() - began


def measure(attack: Attack, address: Address, number: int, seconds: float) -> str:
    """A row of the table: what the others' pages took while the attack went on."""
    phones = SlowPhones(attack, address, number if attack.title != "nobody" else 0)
    taken, missing = [], 0
    with phones.around():
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for path in PAGES:
                try:
                    taken.append(fetch(address, path))
                except OSError:
                    missing += 1
            time.sleep(PAUSE_SECONDS)
    parts = quantiles(taken, n=100) if len(taken) > 1 else [GIVING_UP_SECONDS] * 99
    longest = max(taken, default=GIVING_UP_SECONDS)
    figures = " | ".join(f"{1000 * value:,.0f} ms" for value in (parts[49], parts[98], longest))
    return f"| {attack.title} | {figures} | {missing} of {len(taken) + missing:,} | {phones.cut_off} |"


@contextlib.contextmanager
def server(*options: str) -> Iterator[Address]:
    """`pbvote serve` with the demonstration in a folder of its own."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        _lay_database(settings := {"INSTANCE_PATH": folder, "DATABASE_URL": f"sqlite:///{folder}/pbvote.sqlite"})
        command = [sys.executable, "-c", SERVE, repr(settings), "--port", str(port), *options]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                _wait_for((LOOPBACK, port), process)
                yield LOOPBACK, port
            finally:
                process.terminate()


def _lay_database(settings: dict[str, str]) -> None:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        begin_write()
        load_demonstration(password_hash="!")
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _wait_for(address: Address, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            fetch(address, "/healthz")
            return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


def table(address: Address, number: int, seconds: float) -> str:
    """Every attack, one after the other."""
    rows = ["| beside | p50 | p99 | longest | no answer | cut off |", "| --- | --- | --- | --- | --- | --- |"]
    for attack in ATTACKS:
        rows.append(measure(attack, address, number, seconds))
        print(rows[-1], flush=True)
    return "\n".join(rows)


def main() -> None:
    """Measure `pbvote serve` and write the section, or a server that runs already and only print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--address", help="HOST:PORT of a server on this machine")
    given = parser.parse_args()
    if given.address:
        host, _, port = given.address.rpartition(":")
        if not host.startswith("127."):
            parser.error("only a server on this machine is measured")
        table((host, int(port)), given.phones, given.seconds)
        return
    with server() as address:
        text = table(address, given.phones, given.seconds)
    said = f"Measured on {machine()}: {given.phones} slow phones for {given.seconds:.0f} s each."
    write_section("slow phones", f"{said}\n\n{text}")


if __name__ == "__main__":
    main()
