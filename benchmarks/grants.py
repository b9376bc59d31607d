"""Files of 30,000 grants: `python -m benchmarks.grants` writes it into benchmarks/README.md.

Each is made in a process of its own, as somebody's download would be: read from the database, written to the disk.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from benchmarks.boards_data import ORGANISER, fill
from benchmarks.page import machine, write_section
from pbvote.app import create_app
from pbvote.call.bids.models import Bid, BidState
from pbvote.call.groups.models import Group
from pbvote.db import begin_write, db
from pbvote.grants.awards.models import Award, AwardState
from pbvote.memory import settle_memory
from pbvote.people.service import account_with_email
from pbvote.public_account.giving.service import publish

NUMBERS: Final = (30, 30_000)
TO_REACH: Final = 20.0
FILES: Final = (
    ("360Giving data as JSON", "/open/360giving.json"),
    ("the same as CSV", "/open/360giving.csv"),
    ("**the same as XLSX**", "/open/360giving.xlsx"),
    ("the register as XLSX", "/register/all/grants.xlsx"),
)
SUMMARY: Final = "We plant beans and herbs for everybody who lives near. We dig, we cook and we eat together. " * 4


def add_grants(number: int) -> None:
    """So many grants, in bulk, in the events of `fill`; and the file is public."""
    fill(awards=12, check_ins=1)
    model = db.session.scalars(sa.select(Award).order_by(Award.id)).all()
    events = {award.event_id: award for award in model}
    slots = list(events.items())
    rounds = dict(db.session.execute(sa.select(Award.event_id, Bid.round_id).join(Bid, Bid.id == Award.bid_id)).all())
    first = 1_000
    groups = [{"id": first + at, "name": f"Neighbours {at}", "registered_number": ""} for at in range(number)]
    bids, awards = [], []
    for at in range(number):
        event_id, like = slots[at % len(slots)]
        said = {"title": f"Beans for street {at}", "summary": SUMMARY, "state": BidState.SHORTLISTED}
        keys = {"id": first + at, "group_id": first + at, "round_id": rounds[event_id], "reference": f"N-{at}"}
        bids.append(keys | said)
        promised = {"award_pence": 25_000 + at, "decision_id": like.decision_id, "state": AwardState.SIGNED}
        awards.append({"event_id": event_id, "bid_id": first + at, "told_at": like.told_at, **promised})
    for table, rows in ((Group, groups), (Bid, bids), (Award, awards)):
        db.session.execute(sa.insert(table), rows)
    publish(account_with_email(ORGANISER) or sys.exit("no organiser"))


def make(folder: str, number: int) -> None:
    """A database with so many grants."""
    app = _app(folder)
    with app.app_context():
        upgrade()
        begin_write()
        add_grants(number)
        db.session.commit()


def fetch(folder: str, address: str) -> None:
    """Print the seconds of processor time, the most memory and the size of one download, as JSON."""
    client = _app(folder).test_client()
    client.get("/open")  # what is loaded once
    settle_memory()
    began, size = time.process_time(), 0
    answer = client.get(address, buffered=False)
    for part in answer.response:
        size += len(part)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": time.process_time() - began, "memory": most, "size": size / 1e6}))


def _app(folder: str) -> Flask:
    settings = {"COUNCIL_ID": "GB-LAE-TST", "GRANTS_PREFIX": "360G-test", "KEYS_DIR": Path(folder, "keys")}
    return create_app({"INSTANCE_PATH": folder, "DATABASE_URL": f"sqlite:///{folder}/grants.sqlite", **settings})


def _in_a_process(verb: str, *args: str) -> str:
    command = [sys.executable, "-m", "benchmarks.grants", verb, *args]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _rows() -> Iterator[str]:
    yield f"| {NUMBERS[1]:,} grants | processor time | file | most memory | with {NUMBERS[0]} grants |"
    yield "| --- | --- | --- | --- | --- |"
    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
        for folder, number in ((few, NUMBERS[0]), (many, NUMBERS[1])):
            _in_a_process("make", folder, str(number))
        for what, address in FILES:
            little, much = (json.loads(_in_a_process("fetch", folder, address)) for folder in (few, many))
            missed = "" if much["seconds"] < TO_REACH else " (missed)"
            figures = f"{much['seconds']:.1f} s{missed} | {much['size']:.1f} MB | {much['memory']:.0f} MB"
            yield f"| {what} | {figures} | {little['memory']:.0f} MB |"


def main() -> None:
    """Measure, and write the section."""
    text = "\n".join([f"Measured on {machine()}, SQLite.", "", *_rows()])
    write_section("grants", text)
    print(text)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", folder, number]:
            make(folder, int(number))
        case ["fetch", folder, address]:
            fetch(folder, address)
        case _:
            main()
