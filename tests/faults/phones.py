"""Phones that vote without a pause at a served pbvote, and the ledger of what each of them was told.

The ledger lies in the test's memory: nothing that happens to the server or to its disk touches it.
"""

import contextlib
import http.client
import random
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from pbvote.db import begin_write, db
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.finding import slip_with
from tests.factories import the_event
from tests.hall import text_of_mark


@dataclass
class Phone:
    """A phone that sends one vote after another with its slip, and notes what it was told."""

    code: str
    definition: str
    chance: random.Random
    version: int = 0
    sent: list[int] = field(default_factory=list)
    acknowledged: list[int] = field(default_factory=list)
    first_at: float = 0.0
    """When this server first acknowledged a vote of its, by the clock that only runs forward."""
    is_tired: bool = False

    def vote_until_heard(self, port: int, votes: int) -> None:
        """Vote until so many votes were acknowledged, over a network that loses some of what is said."""
        while len(self.acknowledged) < votes:
            self.vote(port, votes)

    def vote(self, port: int, most: int | None = None) -> None:
        """Send a vote until the server is gone, or so many were acknowledged.

        What is not answered is sent again first, as the page does.
        """
        mark = self.sent[-1] if len(self.sent) > len(self.acknowledged) else None
        self.first_at, self.is_tired = 0.0, False
        while not self.is_tired and len(self.acknowledged) != most:
            if mark is None:
                mark = self.chance.choice([mark for mark in range(1, 6) if self.acknowledged[-1:] != [mark]])
                self.sent.append(mark)
            try:
                status = self._post(port, mark)
            except (OSError, http.client.HTTPException):
                return
            assert status == 200, status
            self.first_at = self.first_at or time.monotonic()
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


def phones_with(app: Flask, codes: Sequence[str]) -> list[Phone]:
    """A phone for each slip. Whatever was voted before is forgotten and flushed, and no connection is open."""
    with app.app_context():
        begin_write()
        db.session.execute(sa.delete(Ballot))
        db.session.commit()
        definition = Paper.of(the_event()).definition
        if db.engine.name == "postgresql":
            with db.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("CHECKPOINT")
    let_go(app)
    return [Phone(code, definition, random.Random(number)) for number, code in enumerate(codes)]


@contextlib.contextmanager
def voting(phones: Sequence[Phone], port: int) -> Iterator[None]:
    """While all of them vote, each at least once on average; usually the server is gone at the end."""
    threads = [threading.Thread(target=phone.vote, args=(port,)) for phone in phones]
    for thread in threads:
        thread.start()
    try:
        wait_for_votes(phones, seconds=60)
        yield
    finally:
        for phone in phones:
            phone.is_tired = True
        for thread in threads:
            thread.join()


def wait_for_votes(phones: Sequence[Phone], seconds: float) -> None:
    """Until the server has acknowledged as many more votes as there are phones."""
    before, deadline = acknowledged_by(phones), time.monotonic() + seconds
    while acknowledged_by(phones) < before + len(phones):
        assert time.monotonic() < deadline, "the server answers nobody"
        time.sleep(0.02)


def acknowledged_by(phones: Sequence[Phone]) -> int:
    """How many votes were acknowledged so far."""
    return sum(len(phone.acknowledged) for phone in phones)


@dataclass(frozen=True, slots=True)
class Harm:
    """What became of acknowledged ballots: how many slips' last one is not there, there twice, or another."""

    lost: int = 0
    doubled: int = 0
    changed: int = 0


def harm_to(app: Flask, phones: Sequence[Phone]) -> Harm:
    """What the box holds beside what the phones were told.

    Each slip has one ballot: the last that was acknowledged, or the one that was under way when the server died.
    """
    lost = changed = 0
    with app.app_context():
        rows = db.session.execute(sa.select(Ballot.ballot_tag, Ballot.choices, Ballot.version)).all()
        stored = {row.ballot_tag: (row.choices, row.version) for row in rows}
        voted = sum(bool(phone.sent) for phone in phones)
        doubled = max(0, len(rows) - min(len(stored), voted))
        for phone in phones:
            text, version = stored.get(slip_with(phone.code).ballot_tag, ("", 0))
            if version < phone.version:
                lost += 1
            elif version > phone.version + 1:
                doubled += 1
            elif version == phone.version:
                changed += text != (text_of_mark(phone.acknowledged[-1]) if phone.acknowledged else "")
            else:  # stored, and the answer was lost with the server
                changed += text != text_of_mark(phone.sent[-1])
    let_go(app)
    return Harm(lost, doubled, changed)


def let_go(app: Flask) -> None:
    """Leave no connection of this process open: what holds a file of a dead disk keeps it from leaving."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
