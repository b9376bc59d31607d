"""`kill -9` of the server under load: what a phone was told is in the box, once."""

import random
import time
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from tests.conftest import AppMaker, both_databases
from tests.faults import only_in_full, times
from tests.faults.phones import Harm, Phone, acknowledged_by, harm_to, phones_with, voting
from tests.faults.power import family_of, flush_less, kill_all
from tests.faults.record import note, spread
from tests.hall import open_poll_codes
from tests.postgres import server_in
from tests.serving import forked_server, free_port

PHONES = 8


def vote_until_the_kill(app: Flask, instance: Path, phones: list[Phone], seconds: float, others: list[int]) -> float:
    """Let everybody vote, then kill the server and these others. Seconds from its start to the first vote."""
    port, url, begun = free_port(), app.config["DATABASE_URL"], time.monotonic()
    with forked_server(instance, url, port, 1 if url.startswith("sqlite") else 2) as pbvote, voting(phones, port):
        time.sleep(seconds)
        kill_all([*family_of(pbvote), *others])
    return min(phone.first_at for phone in phones if phone.first_at) - begun


@both_databases
def test_a_vote_that_was_acknowledged_outlives_the_server(app: Flask, tmp_path: Path) -> None:
    phones = phones_with(app, open_poll_codes(app, PHONES))
    chance, kills, waits = random.Random(2014), times(few=2, full=200), []
    for _ in range(kills):
        waits.append(vote_until_the_kill(app, tmp_path, phones, chance.random(), []))
        assert harm_to(app, phones) == Harm()
    name = app.config["DATABASE_URL"].partition(":")[0]
    figures = {"acknowledged": acknowledged_by(phones), "lost": 0, "doubled": 0, "changed": 0}
    note(f"kill -9 of the server, {name}", times=kills, **figures, **spread(waits))


@only_in_full
@pytest.mark.parametrize("commit", ["on", "off"])
def test_a_vote_outlives_postgresql_only_if_it_was_flushed(make_app: AppMaker, tmp_path: Path, commit: str) -> None:
    kills, chance, waits, lost, acknowledged = 20, random.Random(2014), [], 0, 0
    with server_in(None) as postgres:
        postgres.make()
        postgres.start()
        app = make_app(DATABASE_URL=postgres.address.format(name="postgres"))
        with app.app_context():
            upgrade()
        codes = open_poll_codes(app, PHONES)
        if commit == "off":
            flush_less(app.config["DATABASE_URL"])
        try:
            for _ in range(kills):
                phones = phones_with(app, codes)
                postgres_family = family_of(postgres.process)
                served = vote_until_the_kill(app, tmp_path, phones, chance.random(), postgres_family)
                begun = time.monotonic()
                postgres.start()
                waits.append(time.monotonic() - begun + served)
                harm = harm_to(app, phones)
                acknowledged += acknowledged_by(phones)
                lost += harm.lost
                assert commit == "off" or harm == Harm()
        finally:
            kill_all(family_of(postgres.process))
    assert bool(lost) == (commit == "off"), "a bench that sees no loss here would see none anywhere"
    what = "kill -9 of PostgreSQL and the server" if commit == "on" else "control: kill -9, synchronous_commit=off"
    note(what, times=kills, acknowledged=acknowledged, lost=lost, doubled=0, changed=0, **spread(waits))
