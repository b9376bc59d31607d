"""The server in front, as deploy/one-machine sets it up, really running: what it passes on, keeps and writes down."""

import contextlib
import http.client
import http.server
import json
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from pbvote.bodies import BALLOT_BYTES
from pbvote.db import db
from pbvote.voters_path import UNNOTED
from tests.factories import an_event, writing
from tests.in_front import nginx_before
from tests.serving import free_port, server

MEGABYTE = 1024 * 1024
A_SECRET = "K7QF9M2TXW4R"


class Told(http.server.BaseHTTPRequestHandler):
    """Answers with what reached it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        told = {"headers": {name.lower(): value for name, value in self.headers.items()}, "length": len(body)}
        said = json.dumps(told | {"filling": "to compress" * 500}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextlib.contextmanager
def telling() -> Iterator[int]:
    """The port of a server that tells what reached it."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Told) as listening:
        listening.daemon_threads = True  # nginx keeps its connections open
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        try:
            yield listening.server_port
        finally:
            listening.shutdown()


def too_large(megabytes: int) -> dict[str, Any]:
    """A request that announces a body just beyond these: it is refused before anything of it is read."""
    return {"method": "POST", "headers": {"Content-Length": str(megabytes * MEGABYTE + 1)}}


def test_what_is_passed_on(tmp_path: Path) -> None:
    claims = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "Accept-Encoding": "gzip, br"}
    with telling() as port, nginx_before(port, tmp_path) as front:
        status, headers, body = front.ask("/my/today", headers=claims | {"X-Forwarded-Proto": "http"})
        assert status == 200
        assert "Content-Encoding" not in headers
        passed = json.loads(body)["headers"]
        assert passed["x-forwarded-for"] == "127.0.0.1"
        assert "forwarded" not in passed
        assert passed["x-forwarded-proto"] == "https"
        assert passed["host"] == "localhost"
        assert passed["accept-encoding"] == "gzip, br"
        # Pages that only say what has changed: nginx asks for all of a page that it may keep.
        for known, reaches in (({"Cookie": "a=1"}, True), ({}, False)):
            told = json.loads(front.ask("/desk/", headers=known | {"If-None-Match": '"x"'})[2])["headers"]
            assert ("if-none-match" in told) is reaches
        # A body that comes in pieces is read whole, and so has a length.
        pieces = front.ask("/sign-in", iter([b"a" * 100] * 3))
        told = json.loads(pieces[2])
        assert (told["length"], told["headers"]["content-length"]) == (300, "300")
        assert "transfer-encoding" not in told["headers"]
        for path, most in (("/sign-in", 2), ("/v/cast", 2), ("/desk/bids/1/photo", 16), ("/desk/awards/1/report", 16)):
            assert front.ask(path, bytes(most * MEGABYTE))[0] == 200, path
            assert front.ask(path, **too_large(most))[0] == 413, path
        assert front.ask("/my/groups/1", bytes(16 * MEGABYTE + 1))[0] == 200
        assert not list((tmp_path / "proxy").rglob("*.*"))
        plain_one = http.client.HTTPConnection("localhost", front.plain_port, timeout=10)
        with contextlib.closing(plain_one):
            plain_one.request("GET", f"/v?code={A_SECRET}")
            assert plain_one.getresponse().getheader("Location") == f"https://localhost/v?code={A_SECRET}"
        assert A_SECRET not in front.logs()


def test_pbvote_behind_it(app: Flask, database_url: str, tmp_path: Path) -> None:
    port, folder = free_port(), tmp_path / "nginx"
    folder.mkdir()
    with writing(app):
        slug = an_event().slug
    public = {"BASE_URL": "https://localhost", "PROXIES": "1"}
    with (
        (tmp_path / "errors").open("wb") as errors,
        server(tmp_path, database_url, port, 1, errors, **public) as process,
        nginx_before(port, folder) as front,
    ):
        asks_for = {"Accept-Encoding": "gzip, br"}
        status, headers, page = front.ask(f"/v/{slug}", headers=asks_for)
        assert status == 200
        assert headers["Content-Encoding"] in {"br", "gzip"}  # pbvote's own: it is the same for everybody
        assert headers["Strict-Transport-Security"]
        paper = front.ask("/v/paper", f"code={A_SECRET}".encode(), headers=asks_for)
        assert paper[0] == 404
        assert "Content-Encoding" not in paper[1]
        assert "Content-Encoding" not in front.ask("/sign-in", headers=asks_for | {"Cookie": "a=1"})[1]
        much = front.ask("/v/cast", b"code=" + bytes(BALLOT_BYTES))
        assert much[0] == 413
        assert b"could not read that" in much[2]  # in the voter's words
        assert front.ask("/v/cast", **too_large(2))[0] == 413
        style = next(part for part in front.ask("/sign-in")[2].decode().split('"') if part.endswith(".css"))
        untold = [f"/{part}/none" for part in UNNOTED]
        for path in (f"/v/{slug}/now", "/results/", "/my/today", style, f"/sign-in?next={A_SECRET}", *untold):
            front.ask(path)
        assert front.ask(f"/v/{slug}", headers={"Cookie": "session=mine"})[0] == 200
        assert front.kept() == {f"/v/{slug}", f"/v/{slug}/now", style}
        _nothing_is_told(front.logs(), slug)
        assert (tmp_path / "errors").read_text() == ""
        _lose_the_rounds(app)
        failed = front.ask(f"/?next={A_SECRET}", headers={"Cookie": "session=mine"})
        line = json.loads((tmp_path / "errors").read_text())
        assert failed[0] == 503
        assert line["reference"] in failed[2].decode()
        assert (line["view"], line["message"]) == ("home.front", "503: the database failed: SQLITE_ERROR")
        os.kill(process.pid, signal.SIGKILL)
        os.killpg(process.pid, signal.SIGKILL)
        assert front.ask(f"/v/{slug}", headers=asks_for)[2] == page
        away = front.ask("/sign-in")
        assert (away[0], away[1]["Retry-After"], away[1]["Cache-Control"]) == (503, "5", "no-store")
        assert "Wait a few seconds" in away[2].decode()
        assert front.ask(f"/v/{slug}", headers={"Cookie": "session=mine"})[0] == 503
        assert front.ask("/v/paper", b"code=x")[0] == 503
        _nothing_is_told(front.logs(), slug)


def _lose_the_rounds(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE round RENAME TO lost"))


def _nothing_is_told(logs: str, slug: str) -> None:
    """The log says which part of the house was asked, and neither what for, nor by whom; of voters nothing."""
    assert " GET /sign-in 200 " in logs
    for word in (*(f"/{part}" for part in UNNOTED), "/static", slug, A_SECRET, "127.0.0.1", "code", "today", "python"):
        assert word not in logs.lower(), word
