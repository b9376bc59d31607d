"""`pbvote doctor` tries the server in front, and says which timer has not run."""

import contextlib
import datetime as dt
import http.server
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.doctor import in_front, timers
from pbvote.doctor.findings import Level
from tests.conftest import AppMaker
from tests.factories import writing
from tests.in_front import make_certificate, nginx_before
from tests.serving import free_port, server


class Careless(http.server.BaseHTTPRequestHandler):
    """A server in front that passes addresses on and compresses."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("X-Pbvote-Seen-As", self.headers.get("X-Forwarded-For", ""))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextlib.contextmanager
def careless(folder: Path, days: int) -> Iterator[int]:
    """Its port; its certificate is valid for so many days."""
    make_certificate(folder, days)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "fullchain.pem", folder / "privkey.pem")
    with http.server.HTTPServer(("127.0.0.1", 0), Careless) as listening:
        listening.socket = context.wrap_socket(listening.socket, server_side=True)
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        try:
            yield listening.server_port
        finally:
            listening.shutdown()


def found_at(app: Flask, port: int) -> list[tuple[Level, str]]:
    """What is found of the server in front on that port."""
    with app.app_context():
        found = list(in_front.of_front("localhost", port))
    assert all(bool(finding.advice) is (finding.level is not Level.OK) for finding in found)
    return [(finding.level, finding.sentence) for finding in found]


def test_the_nginx_of_the_guide_does_as_it_should(
    app: Flask, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, folder = free_port(), tmp_path / "nginx"
    folder.mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "fullchain.pem"))
    with server(tmp_path, database_url, port, 1, PROXIES="1"), nginx_before(port, folder) as front:
        found = found_at(app, front.port)
        with app.app_context():
            app.config["SECRET_KEY"] = "another"
            stranger = list(in_front.of_front("localhost", front.port))[1]
    assert [level for level, _ in found] == [Level.OK] * 3
    assert "HTTPS works. The certificate is valid until" in found[0][1]
    assert "another installation" in stranger.sentence


def test_a_careless_one_is_found_out(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with careless(tmp_path, days=10) as port:
        assert "refuse the certificate" in found_at(app, port)[0][1]  # nobody has signed it
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "fullchain.pem"))
        ends, addresses, compresses = found_at(app, port)
    assert {level for level, _ in (ends, addresses, compresses)} == {Level.WARNING}
    assert "any address that a visitor claims" in addresses[1]
    assert "compresses pages (gzip)" in compresses[1]
    [(level, sentence)] = found_at(app, free_port())
    assert (level, "could not be asked" in sentence) == (Level.WARNING, True)


def test_a_trial_on_this_computer_is_not_asked(make_app: AppMaker) -> None:
    for address in ("https://localhost", "http://grants.council.example"):
        with make_app(BASE_URL=address).app_context():
            assert list(in_front.front_does_as_it_should()) == []


def test_the_app_tells_nobody_else_which_address_it_saw(app: Flask) -> None:
    answer = app.test_client().get("/healthz", headers={"X-Pbvote-Doctor": "let me in"})
    assert "X-Pbvote-Seen-As" not in answer.headers


def test_a_question_of_the_doctors_is_answered_for_a_minute_alone(app: Flask) -> None:
    with app.app_context():
        asked = {"X-Pbvote-Doctor": str(in_front._signer().dumps(""))}
    for seconds, is_told in ((59, True), (62, False)):
        with time_machine.travel(now() + dt.timedelta(seconds=seconds), tick=False):
            answer = app.test_client().get("/healthz", headers=asked)
            assert ("X-Pbvote-Seen-As" in answer.headers) is is_told, seconds


@pytest.mark.parametrize(
    ("command", "longest"),
    [
        ("send-mail", dt.timedelta(minutes=15)),
        *((each, dt.timedelta(days=2)) for each in ("backup", "tidy", "sweep-files")),
    ],
)
def test_a_command_may_be_silent_for_so_long(make_app: AppMaker, command: str, longest: dt.timedelta) -> None:
    app = make_app(SMTP_HOST="127.0.0.1", SMTP_PORT=1)
    with writing(app):
        timers.note_command(command)
    for more, level in ((-60, Level.OK), (60, Level.WARNING)):
        with time_machine.travel(now() + longest + dt.timedelta(seconds=more), tick=False), app.app_context():
            found = {finding.sentence.split("`")[1]: finding.level for finding in timers.timers_run()}
            db.session.rollback()
        assert found[f"pbvote {command}"] is level


def test_each_timer_that_has_not_run_is_named(make_app: AppMaker) -> None:
    app = make_app(SMTP_HOST="127.0.0.1", SMTP_PORT=1)
    with app.app_context():
        never = [finding.sentence for finding in timers.timers_run()]
        db.session.rollback()
    assert [sentence.split("`")[1] for sentence in never] == [f"pbvote {name}" for name in timers.TIMERS]
    assert all("has never run" in sentence for sentence in never)
    for command in ("tidy", "sweep-files", "send-mail"):
        said = app.test_cli_runner().invoke(args=[command])
        assert said.exit_code == 0, said.output
    with writing(app):
        run = db.session.get(timers.CommandRun, "tidy")
        assert run
        run.ran_at = now() - dt.timedelta(days=3)
    with app.app_context():
        found = {finding.sentence.split("`")[1]: finding for finding in timers.timers_run()}
        db.session.rollback()
    assert [finding.level for finding in found.values()] == [Level.OK, Level.WARNING, Level.WARNING, Level.OK]
    assert "since " in found["pbvote tidy"].sentence
    assert "pbvote@tidy.timer" in found["pbvote tidy"].advice
