"""`kill -9` of the server in the middle of an event: it comes back with the same poll, scene, timer and reveals."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from flask import Flask

from pbvote.db import db
from pbvote.vote.poll.closing import close_poll
from tests.conftest import both_databases
from tests.factories import cast, count_closed, the_event, writing
from tests.hall import FIRST, SECOND, THIRD, open_poll_codes, organiser_does, slug
from tests.passes import COMPERE, a_phone
from tests.serving import answers, free_port, server

PAGE_STATE = "state"
"""Of the light answer: a mark of the poll's state, and of what the page holds."""


class Compere:
    """A compere's phone that talks to a served pbvote."""

    def __init__(self, app: Flask, port: int) -> None:
        phone = a_phone(app, COMPERE, "Cleo")
        self._home, self._port = COMPERE.home(slug(app)), port
        token = phone.get_cookie("hall-device", path=self._home)
        assert token
        self._headers = {
            "Cookie": f"hall-device={token.value}",
            "Content-Type": "application/json",
            "Sec-Fetch-Site": "same-origin",
            "X-Own-Script": "1",
        }

    def sees(self) -> dict[str, Any]:
        """All that the hall is shown, without the moment of the answer and the pace, which follows the clock."""
        told: dict[str, Any] = json.loads(self._ask("GET", "/now"))
        return {name: value for name, value in told.items() if name not in {"at", "pace"}}

    def press(self, move: str, **more: object) -> dict[str, Any]:
        """Press a button, and see what it did."""
        self._ask("POST", "/move", {"move": move, "seen": self.sees()["version"], **more})
        return self.sees()

    def _ask(self, method: str, path: str, body: dict[str, object] | None = None) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, f"{self._home}{path}", json.dumps(body) if body else None, self._headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            assert answer.status == 200, text
            return text


def kill(process: subprocess.Popen[bytes], port: int) -> None:
    """As the out-of-memory killer does it, or somebody who pulls the plug; back when its last process is gone."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 20
    while answers(port):
        assert time.monotonic() < deadline, "something of the server is left"
        time.sleep(0.02)


@both_databases
def test_a_killed_server_comes_back_with_the_same_poll_scene_timer_and_reveals(app: Flask, tmp_path: Path) -> None:
    codes = open_poll_codes(app, 3)
    for code in codes:
        with writing(app):
            cast(code, {FIRST: 5, SECOND: 4, THIRD: 1})
    port = free_port()
    compere = Compere(app, port)
    with app.app_context():
        url, workers = app.config["DATABASE_URL"], 1 if db.engine.dialect.name == "sqlite" else 2
        first = the_event().running_order[0].bid_id
    with server(tmp_path, url, port, workers) as process:
        compere.press("present", bid=first)
        compere.press("more")
        before = compere.press("start")
        kill(process, port)
    assert (before["scene"], before["bid"], before["allowed"]) == ("presenting", first, 210)
    assert before["since"], "the timer runs"
    with server(tmp_path, url, port, workers) as process:
        assert compere.sees() == before, "the timer has run on, and everything else is as it was"
        organiser_does(app, close_poll)
        organiser_does(app, count_closed)
        compere.press("show", scene="announcement")
        compere.press("reveal", reveal=1)
        before = compere.press("reveal", reveal=2)
        kill(process, port)
    assert (before["scene"], before["revealed"], before[PAGE_STATE][:6]) == ("announcement", 2, "sealed")
    with server(tmp_path, url, port, workers):
        assert compere.sees() == before
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
