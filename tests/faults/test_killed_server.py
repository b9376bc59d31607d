"""`kill -9` of the server under load: what a phone was told is in the box, once."""

import contextlib
import http.client
import os
import random
import re
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.finding import slip_with
from tests.conftest import both_databases
from tests.factories import the_event
from tests.faults import times
from tests.hall import open_poll_codes, text_of_mark
from tests.serving import free_port, server

PHONES = 8


@dataclass
class Phone:
    """A phone that sends one vote after another with its slip, and notes what it was told."""

    code: str
    definition: str
    chance: random.Random
    version: int = 0
    sent: list[int] = field(default_factory=list)
    acknowledged: list[int] = field(default_factory=list)

    def vote(self, port: int) -> None:
        """Send a vote until the server is gone. What is not answered is sent again first, as the page does."""
        mark = self.sent[-1] if len(self.sent) > len(self.acknowledged) else None
        while True:
            if mark is None:
                mark = self.chance.choice([mark for mark in range(1, 6) if self.acknowledged[-1:] != [mark]])
                self.sent.append(mark)
            try:
                status = self._post(port, mark)
            except (OSError, http.client.HTTPException):
                return
            assert status == 200, status
            self.acknowledged.append(mark)
            self.version += 1
            mark = None

    def _post(self, port: int, mark: int) -> int:
        marks = {f"bid-{number}": str(mark if number == 1 else 1) for number in (1, 2, 3)}
        body = {"code": self.code, "lang": "en", "definition": self.definition, "seen": str(self.version), **marks}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        with contextlib.closing(connection):
            connection.request(
                "POST", "/v/cast", urlencode(body), {"Content-Type": "application/x-www-form-urlencoded"}
            )
            answer = connection.getresponse()
            page = answer.read().decode()
            assert answer.status != 200 or re.search("We have your vote", page)
            return answer.status


@both_databases
def test_a_vote_that_was_acknowledged_outlives_the_server(app: Flask, tmp_path: Path) -> None:
    codes = open_poll_codes(app, PHONES)
    with app.app_context():
        definition = Paper.of(the_event()).definition
        url, workers = app.config["DATABASE_URL"], 1 if db.engine.dialect.name == "sqlite" else 2
        db.session.remove()
        db.engine.dispose()
    phones = [Phone(code, definition, random.Random(number)) for number, code in enumerate(codes)]
    chance = random.Random(2014)
    port = free_port()
    for _ in range(times(few=2, full=50)):
        with server(tmp_path, url, port, workers) as process:
            threads = [threading.Thread(target=phone.vote, args=(port,)) for phone in phones]
            for thread in threads:
                thread.start()
            wait_for_votes(phones, seconds=60)
            time.sleep(chance.random())
            os.killpg(process.pid, signal.SIGKILL)
            for thread in threads:
                thread.join()
        check(app, phones)


def wait_for_votes(phones: list[Phone], seconds: float) -> None:
    """Until the server has acknowledged as many more votes as there are phones."""
    before, deadline = acknowledged_by(phones), time.monotonic() + seconds
    while acknowledged_by(phones) < before + len(phones):
        assert time.monotonic() < deadline, "the server answers nobody"
        time.sleep(0.02)


def acknowledged_by(phones: list[Phone]) -> int:
    """How many votes were acknowledged so far."""
    return sum(len(phone.acknowledged) for phone in phones)


def check(app: Flask, phones: list[Phone]) -> None:
    """Each slip has one ballot: the last that was acknowledged, or the one that was under way when the server died."""
    with app.app_context():
        rows = db.session.execute(sa.select(Ballot.ballot_tag, Ballot.choices, Ballot.version)).all()
        stored = {row.ballot_tag: (row.choices, row.version) for row in rows}
        assert len(rows) == len(stored) <= len(phones)
        for phone in phones:
            text, version = stored.get(slip_with(phone.code).ballot_tag, ("", 0))
            if version == phone.version:
                expected = text_of_mark(phone.acknowledged[-1]) if phone.acknowledged else ""
            else:
                assert version == phone.version + 1  # stored, and the answer was lost with the server
                expected = text_of_mark(phone.sent[-1])
            assert text == expected
        db.session.remove()
        db.engine.dispose()
