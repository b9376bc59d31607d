"""A power cut: what a phone was told is on the disk, and what was not flushed is gone. Two controls lose votes."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from flask_migrate import upgrade

from tests.conftest import AppMaker
from tests.faults import only_in_full
from tests.faults.phones import Harm, Phone, acknowledged_by, harm_to, let_go, phones_with, voting
from tests.faults.power import Disk, cut_power, family_of, flush_less, kill_all
from tests.faults.record import note, spread
from tests.hall import open_poll_codes
from tests.postgres import Server, server_in
from tests.serving import forked_server, free_port

PHONES = 8
DATABASES = ["sqlite", "postgresql"]
pytestmark = only_in_full
"""PostgreSQL takes its time to be made and to come back."""

LESS_FLUSHED = (
    "from pbvote.db import db, sa; "
    "sa.event.listen(db.engine, 'connect', lambda connection, _: connection.execute('PRAGMA synchronous = NORMAL'))"
)


class Host(NamedTuple):
    """A host with its power: the disk with everything on it, pbvote, and PostgreSQL where it has one."""

    disk: Disk
    app: Flask
    codes: list[str]
    postgres: Server | None

    @property
    def url(self) -> str:
        """Where its database is."""
        return str(self.app.config["DATABASE_URL"])

    def processes(self, pbvote: int) -> list[int]:
        """All that runs on it."""
        return [*family_of(pbvote), *(family_of(self.postgres.process) if self.postgres else [])]


@contextmanager
def host_with(database: str, disk: Disk, sqlite_pattern: Path, make_app: AppMaker) -> Iterator[Host]:
    """A host whose poll is open, everything about it flushed."""
    if database == "sqlite":
        content = sqlite_pattern.read_bytes()
        Path(disk.folder, "pbvote.sqlite").write_bytes(content)
        yield prepared(disk, make_app, f"sqlite:///{disk.folder}/pbvote.sqlite", None)
        return
    with server_in(disk.folder / "postgres") as postgres:
        postgres.make()
        postgres.start()
        try:
            yield prepared(disk, make_app, postgres.address.format(name="postgres"), postgres)
        finally:
            kill_all(family_of(postgres.process))


def prepared(disk: Disk, make_app: AppMaker, url: str, postgres: Server | None) -> Host:
    """The host, with slips for everybody."""
    app = make_app(DATABASE_URL=url, INSTANCE_PATH=str(disk.folder))
    if postgres:
        with app.app_context():
            upgrade()
    codes = open_poll_codes(app, PHONES)
    let_go(app)
    disk.settle()
    return Host(disk, app, codes, postgres)


def vote_until_the_cut(host: Host, phones: list[Phone], number: int, weaken: str = "pass") -> float:
    """Let everybody vote, cut the power, switch it on again. Seconds from a start to the first vote, without the disk.

    Of what lay in the disk's own cache all is lost, or half, or a tenth.
    """
    port, chance, begun = free_port(), random.Random(number), time.monotonic()
    workers = 2 if host.postgres else 1
    with forked_server(host.disk.folder, host.url, port, workers, weaken) as pbvote, voting(phones, port):
        time.sleep(chance.random())
        cut_power(host.disk, host.processes(pbvote), kept=(0.0, 0.5, 0.9)[number % 3], seed=number)
    served = min(phone.first_at for phone in phones if phone.first_at) - begun
    begun = time.monotonic()
    if host.postgres:
        host.postgres.start()
    return time.monotonic() - begun + served


@pytest.mark.parametrize("database", DATABASES)
def test_a_vote_that_was_acknowledged_outlives_a_power_cut(
    disk: Disk, sqlite_pattern: Path, make_app: AppMaker, database: str
) -> None:
    cuts, waits = 50, []
    with host_with(database, disk, sqlite_pattern, make_app) as host:
        phones = phones_with(host.app, host.codes)
        disk.settle()
        for number in range(cuts):
            waits.append(vote_until_the_cut(host, phones, number))
            assert harm_to(host.app, phones) == Harm()
    acknowledged = acknowledged_by(phones)
    note(f"power cut, {database}", times=cuts, acknowledged=acknowledged, lost=0, doubled=0, changed=0, **spread(waits))


@pytest.mark.parametrize("database", DATABASES)
def test_a_database_told_to_flush_less_loses_votes_on_the_same_disk(
    disk: Disk, sqlite_pattern: Path, make_app: AppMaker, database: str
) -> None:
    cuts, lost, acknowledged = 10, 0, 0
    with host_with(database, disk, sqlite_pattern, make_app) as host:
        if host.postgres:
            flush_less(host.url)
        for number in range(cuts):
            phones = phones_with(host.app, host.codes)
            disk.settle()
            vote_until_the_cut(host, phones, number, "pass" if host.postgres else LESS_FLUSHED)
            acknowledged += acknowledged_by(phones)
            harm = harm_to(host.app, phones)
            assert harm.lost, "a bench that sees no loss here would see none anywhere"
            lost += harm.lost
    note(f"control: power cut, {database} flushes less", times=cuts, acknowledged=acknowledged, lost=lost)
