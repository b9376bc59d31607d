"""How the work grows with the ballots: `python -m benchmarks.counts` writes it into benchmarks/README.md.

Each figure comes from a process of its own, so that its peak memory is its own.
"""

import json
import resource
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from random import Random

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from benchmarks.page import machine, write_section
from pbvote.app import create_app
from pbvote.core.keys import EventKey
from pbvote.db import begin_write, db
from pbvote.demonstration.service import load_demonstration
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.tally import BallotKind, BallotRules, Choices, encode_choices
from pbvote.vote.count.account import ByHand, state_account
from pbvote.vote.count.acts import Counting
from pbvote.vote.count.code_account import MismatchReason
from pbvote.vote.count.counting import agree_to_count
from pbvote.vote.count.finishing import steps
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Ballot, PaperEntry
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import Slip, SlipState

BALLOTS = (1_000, 10_000, 100_000, 1_000_000)
KINDS = {
    "choose": BallotRules(BallotKind.APPROVAL, min_choices=1, max_choices=3),
    "score": BallotRules(BallotKind.SCORE, min_points=1, max_points=5, must_score_all=True),
}
MOST = {"choose": 1_000_000, "score": 100_000}
"""A million ballots of which no two are alike are no election that anybody holds with 11 bids, and fill the memory."""

SLUG, BATCH = "sale-2014", 20_000


def main() -> None:
    """Measure each number of ballots and each kind in a process of its own, and write the section."""
    table = [
        "| ballots | choose up to 3 of 11: agree and count · seal · memory · longest wait | score 11 bids: the same |",
        "| --- | --- | --- |",
    ]
    for number in BALLOTS:
        table.append(f"| {number:,} | {' | '.join(_cell(kind, number) for kind in KINDS)} |")
    text = "\n".join(table)
    write_section("count", f"Measured on {machine()}, SQLite.\n\n{text}")
    print(text)


def _cell(kind: str, number: int) -> str:
    if number > MOST[kind]:
        return "–"
    took = _measured(kind, number)
    return f"{took['count']:.2f} s · {took['seal']:.2f} s · {took['peak']:.0f} MB · {took['wait'] * 1000:.0f} ms"


def _measured(*arguments: object) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.counts", *map(str, arguments)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def measure_count(kind: str, number: int) -> dict[str, float]:
    """Count and seal this many ballots, while somebody else writes all the time."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            {
                "INSTANCE_PATH": folder,
                "DATABASE_URL": f"sqlite:///{folder}/pbvote.sqlite",
                "KEYS_DIR": Path(folder, "keys"),
            }
        )
        with app.app_context():
            upgrade()
            _load(KINDS[kind], number)
            looked_at = Counting.of(_event())
            waiting = Waiting(app)
            began = time.perf_counter()
            begin_write()
            agree_to_count(_event(), _person(), "witness 1", looked_at.seen)
            db.session.commit()
            times: dict[str, float] = {}
            for step in steps(_event(), _person()):
                if step.name == "study":
                    break
                if step.is_write:
                    begin_write()
                step.do()
                db.session.commit()
                times[step.name] = time.perf_counter() - began
            longest = waiting.end()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"count": times["count"], "seal": times["seal"] - times["count"], "peak": peak, "wait": longest}


class Waiting:
    """Another writer, as a cast at another event: it writes every 20 ms, and notes how long it has waited."""

    def __init__(self, app: Flask) -> None:
        self._app, self._longest, self._is_over = app, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._write)
        self._thread.start()

    def _write(self) -> None:
        with self._app.app_context():
            while not self._is_over.wait(0.02):
                began = time.perf_counter()
                begin_write()
                db.session.execute(sa.update(Account).where(Account.id == 0).values(name="nobody"))
                db.session.commit()
                self._longest = max(self._longest, time.perf_counter() - began)

    def end(self) -> float:
        """Stop it; its longest wait in seconds."""
        self._is_over.set()
        self._thread.join()
        return self._longest


def _event() -> Event:
    event = event_called(SLUG)
    if event is None:
        raise LookupError(SLUG)
    return event


def _person() -> Account:
    person = account_with_email("olivia@council.example")
    if person is None:
        raise LookupError("olivia")
    return person


def _load(rules: BallotRules, number: int) -> None:
    """The demonstration, its open event closed with this many ballots more."""
    begin_write()
    load_demonstration(password_hash="!")
    event = _event()
    event.share.ballot_rules = rules
    for table in (Ballot, PaperEntry):
        db.session.execute(sa.delete(table).where(table.event_id == event.id))
    references = [slot.bid.reference for slot in event.running_order]
    db.session.commit()
    key, chance = key_ring().read(SLUG), Random(1)
    for start in range(0, number, BATCH):
        begin_write()
        _put_in(_event().id, key, start, min(BATCH, number - start), rules.kind, references, chance)
        db.session.commit()
    begin_write()
    close_poll(_event(), _person())
    voted = turnout_of(_event())
    state_account(_event(), ByHand(0, voted, MismatchReason.UNKNOWN, "", _person().id))
    db.session.commit()


def _put_in(
    event: int, key: EventKey, start: int, number: int, kind: BallotKind, references: list[str], chance: Random
) -> None:
    """A batch of live slips that voted."""
    tags = sorted(secrets.token_bytes(32) for _ in range(number))
    slips = [
        {"event_id": event, "code_tag": tag, "serial": f"S-{10_000 + start + index}", "envelope": 999}
        for index, tag in enumerate(tags)
    ]
    ballots = [
        {"ballot_tag": tag, "choices": encode_choices(kind, _choices(kind, references, chance))}
        for tag in sorted(tag for tag, _ in key.of_many(tags))
    ]
    db.session.execute(sa.insert(Slip).values(state=SlipState.LIVE), slips)
    db.session.execute(sa.insert(Ballot).values(event_id=event, version=1), ballots)


def _choices(kind: BallotKind, references: list[str], chance: Random) -> Choices:
    if kind is BallotKind.SCORE:
        return {reference: chance.randint(1, 5) for reference in references}
    return tuple(chance.sample(references, chance.randint(1, 3)))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure_count(sys.argv[1], int(sys.argv[2]))))
    else:
        main()
