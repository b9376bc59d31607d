"""A slow phone costs nobody a thread: what stands between the server and the app, and the server with all of it."""

import asyncio
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from pbvote import bodies
from pbvote.cli.front import environ_of, run
from tests.fronting import FORM, Sent, a_scope, asked, serving
from tests.serving import answers, free_port, in_a_loop_of_its_own


def test_a_head_reaches_the_app_as_it_was_sent() -> None:
    headers = [("host", "h"), ("cookie", "a=1"), ("cookie", "b=2"), ("x-forwarded-for", "1"), ("x-forwarded-for", "2")]
    headers += [("x_forwarded_for", "9"), ("user-agent", "ł")]
    environ = environ_of(a_scope("/results/Łódź", *headers, FORM, ("content-length", "3")))
    assert environ.pop("HTTP_USER_AGENT") == "ł".encode().decode("latin-1")
    assert environ == {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/results/Łódź".encode().decode("latin-1"),
        "QUERY_STRING": "a=%41&b=" + "ł".encode().decode("latin-1"),
        "REMOTE_ADDR": "::1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "5000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "CONTENT_TYPE": FORM[1],
        "CONTENT_LENGTH": "3",
        "HTTP_HOST": "h",
        "HTTP_COOKIE": "a=1; b=2",
        "HTTP_X_FORWARDED_FOR": "1,2",
    }


def test_other_peoples_pages_come_while_a_body_has_not(app: Flask) -> None:
    """One thread only, and a hundred bodies that do not come: the page beside them does."""

    async def ask() -> Sent:
        async with serving(app, threads=1) as served:
            slow = [Sent(b"code=x") for _ in range(100)]
            head = a_scope("/v/paper", FORM, ("content-length", "6"))
            waiting = [asyncio.ensure_future(served(head, one)) for one in slow]
            await asyncio.sleep(0)
            await served(a_scope("/healthz", method="GET"), other := Sent())
            assert all(one.answered[0] == 0 for one in slow)
            for one in slow:
                one.arrived.set()
            await asyncio.gather(*waiting)
            assert {one.answered[0] for one in slow} == {404}
            return other

    assert in_a_loop_of_its_own(ask()).answered[0] == 200


@pytest.mark.parametrize(
    ("path", "headers", "status", "sentence"),
    [
        ("/v/cast", [("content-length", str(bodies.BALLOT_BYTES + 1))], 413, "could not read that"),
        ("/sign-in", [("content-length", str(bodies.FORM_BYTES + 1))], 413, "Send a smaller file"),
        ("/v/cast", [("transfer-encoding", "chunked")], 411, "could not read that"),
        ("/sign-in", [("transfer-encoding", "chunked")], 411, "without saying how long it is"),
        ("/v/cast", [("content-length", "8")], 408, "could not read that"),
        ("/sign-in", [("content-length", "8")], 408, "took too long"),
    ],
)
def test_a_body_that_is_not_read_is_answered_with_a_sentence(
    app: Flask, monkeypatch: pytest.MonkeyPatch, path: str, headers: list[tuple[str, str]], status: int, sentence: str
) -> None:
    monkeypatch.setattr(bodies, "BALLOT", bodies.BodyLimit(bodies.BALLOT_BYTES, 0.01))
    monkeypatch.setattr(bodies, "FORM", bodies.BodyLimit(bodies.FORM_BYTES, 0.01))
    app.config["WTF_CSRF_ENABLED"] = True  # a body that is not read brings no token, and that is not what is wrong
    answer = asked(app, a_scope(path, FORM, *headers), Sent())
    assert answer[0] == status
    assert sentence in answer[2]
    assert answer[1]["Connection"] == "close"
    assert answer[1]["Content-Security-Policy"]


def test_large_bodies_take_a_share_of_the_memory_and_ballots_always_find_room(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "FORM", bodies.BodyLimit(bodies.FORM_BYTES, 1, together_bytes=0))
    large = asked(app, a_scope("/sign-in", FORM, ("content-length", str(bodies.BALLOT_BYTES + 1))), Sent())
    assert large[0] == 503
    sent = Sent(b"code=x")
    sent.arrived.set()
    assert asked(app, a_scope("/v/paper", FORM, ("content-length", "6")), sent)[0] == 404


def test_the_room_that_a_large_body_took_is_given_back(app: Flask) -> None:
    async def ask() -> int:
        async with serving(app) as served:
            head = a_scope("/sign-in", FORM, ("content-length", str(bodies.BALLOT_BYTES + 1)))
            await served(head, gone := Sent(is_gone=True))
            assert gone.answered[0] == 0
            return int(served._large_bytes.total())

    assert in_a_loop_of_its_own(ask()) == 0


def test_the_app_holds_the_size_of_a_ballot_itself(app: Flask) -> None:
    """Also where another server is in front of it."""
    large = {"code": "x" * bodies.BALLOT_BYTES}
    assert app.test_client().post("/v/paper", data=large).status_code == 413
    assert app.test_client().post("/sign-in", data=large).status_code == 422


def test_an_app_that_raises_is_a_bare_500_and_ends_its_request(caplog: pytest.LogCaptureFixture) -> None:
    class Parts(list[bytes]):
        is_closed = False

        def close(self) -> None:
            self.is_closed = True

    parts = Parts([b"a", b"b"])

    def good(environ: Any, start_response: Any) -> Parts:
        start_response("201 Created", [("X-A", "b")])
        return parts

    def bad(environ: Any, start_response: Any) -> Parts:
        raise RuntimeError("no app")

    assert run(good, {}) == (201, [("X-A", "b")], b"ab")
    assert parts.is_closed
    assert run(bad, {}).status == 500
    assert "no app" in caplog.text  # log_lines.py leaves the words out
    assert "no app" not in str(run(bad, {}))


# --- the server with all of it ----------------------------------------------------------------------------------------

SERVE = """
import ast, sys
from flask.cli import ScriptInfo
from pbvote.app import create_app
from pbvote.cli.serve import serve_command
from tests.serving import with_a_slow_page
settings, folder = ast.literal_eval(sys.argv[1]), sys.argv[2]
serve_command.main(sys.argv[3:], obj=ScriptInfo(create_app=lambda: with_a_slow_page(create_app(settings), folder)))
"""


@pytest.fixture
def served(app: Flask, tmp_path: Path) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """`pbvote serve` with two threads; yields its port and process."""
    port = free_port()
    settings = {"INSTANCE_PATH": str(tmp_path), "DATABASE_URL": app.config["DATABASE_URL"]}
    command = [sys.executable, "-c", SERVE, repr(settings), str(tmp_path), "--port", str(port), "--threads", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as process:
        try:
            deadline = time.monotonic() + 30
            while not answers(port):
                assert time.monotonic() < deadline, "the server did not start"
                assert process.poll() is None, "the server did not stay"
                time.sleep(0.05)
            yield port, process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def get(port: int, path: str) -> tuple[int, bytes]:
    """One page over a connection of its own."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()


HALF_A_REQUEST = {
    "nothing": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: x\r\nX-Sl",
    "half a ballot": b"POST /v/cast HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ncode=",
    "half a form": b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nemail=",
}


def test_phones_that_send_half_a_request_stop_nobody(served: tuple[int, "subprocess.Popen[bytes]"]) -> None:
    port, _ = served
    with contextlib.ExitStack() as phones:
        for half in HALF_A_REQUEST.values():
            for _ in range(40):
                phone = phones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
                phone.sendall(half)
        for path in ("/healthz", "/", "/v/"):
            assert get(port, path)[0] == 200


def test_a_stop_finishes_what_was_begun_and_says_nothing_of_who_asked(
    served: tuple[int, "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    port, process = served
    got: list[tuple[int, bytes]] = []
    asking = threading.Thread(target=lambda: got.append(get(port, "/slow")))
    asking.start()
    while not (tmp_path / "began").exists():
        time.sleep(0.01)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as strange:
        strange.sendall(b"\0\1 no request\r\n\r\n")
        assert b" 400 " in strange.recv(99)
    process.terminate()
    while answers(port):
        time.sleep(0.01)
    (tmp_path / "go").touch()
    asking.join()
    assert got == [(200, b"finished\n")]
    said, complained = process.communicate(timeout=30)
    assert process.returncode == 0
    assert said.decode() == f"Serving on http://127.0.0.1:{port} (stop with Ctrl+C)\n"
    assert complained == b""
