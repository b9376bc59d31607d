"""The one way to write, on both databases."""

import threading
import time
from fractions import Fraction
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import check

from pbvote.app import create_app
from pbvote.call.rounds.models import Share
from pbvote.call.rounds.service import settle_share
from pbvote.core.fair_lock import FairLock
from pbvote.db import begin_write, db, read_row
from pbvote.localities.models import Locality
from pbvote.localities.service import add_locality
from pbvote.people.models import Account
from pbvote.people.service import add_account
from pbvote.tally import Rule, TieKey
from pbvote.vote.events.holding import hold
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.opening import VotingOpened
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import RANKED, an_event, the_event, writing
from tests.pages import text_of


@both_databases
def test_a_change_outside_begin_write_is_refused(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(RuntimeError, match="outside begin_write"):
            add_locality("sale", "Sale")
        db.session.rollback()
        with pytest.raises(RuntimeError, match="outside begin_write"):
            db.session.execute(sa.update(Locality).values(name="Elsewhere"))
        db.session.rollback()


@both_databases
def test_the_right_to_write_ends_with_the_commit(app: Flask) -> None:
    with app.app_context():
        begin_write()
        add_locality("sale", "Sale")
        db.session.commit()
        with pytest.raises(RuntimeError, match="outside begin_write"):
            add_locality("stretford", "Stretford")


def test_begin_write_comes_before_changes(app: Flask) -> None:
    with app.app_context():
        db.session.add(Locality(slug="sale", name="Sale"))
        with pytest.raises(RuntimeError, match="before anything"):
            begin_write()


@both_databases
def test_writers_wait_for_each_other_and_nothing_is_lost(app: Flask) -> None:
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with writing(app):
                count = db.session.scalar(sa.select(sa.func.count()).select_from(Locality))
                time.sleep(0.002)
                add_locality(f"l-{number}", f"Locality {number} after {count}")
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Locality)) == 12


def test_the_fair_lock_serves_in_order() -> None:
    lock, served = FairLock(), []
    assert lock.acquire(1)

    def wait(number: int) -> None:
        assert lock.acquire(5)
        served.append(number)
        lock.release()

    threads = []
    for number in range(8):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(lock._queue) <= number:
            time.sleep(0.001)
    lock.release()
    for thread in threads:
        thread.join()
    assert served == list(range(8))
    assert lock.acquire(0)


def test_the_fair_lock_gives_up_in_time_and_stays_usable() -> None:
    lock = FairLock()
    assert lock.acquire(1)
    assert not lock.acquire(0.01)
    lock.release()
    assert lock.acquire(0)


def test_sqlite_is_opened_so_that_a_commit_survives_a_power_cut(app: Flask) -> None:
    with app.app_context():
        settings = {
            name: db.session.scalar(sa.text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


@both_databases
def test_models_and_migrations_agree(app: Flask) -> None:
    with app.app_context():
        check()


CHANGES = ("UPDATE ledger SET body = '{}'", "UPDATE ledger SET hash = 'x' WHERE seq = 1", "DELETE FROM ledger")
TRUNCATIONS = ("TRUNCATE ledger", "TRUNCATE event CASCADE")


@pytest.mark.parametrize(
    ("database_url", "attack"),
    [
        *(("sqlite", attack) for attack in CHANGES),
        *(("postgresql", attack) for attack in CHANGES + TRUNCATIONS),
    ],
    indirect=["database_url"],
)
def test_the_ledger_refuses_every_change(app: Flask, attack: str) -> None:
    with writing(app):
        write_entry(an_event(), VotingOpened(0, ""), None)
    with app.app_context():
        before = db.session.execute(sa.text("SELECT * FROM ledger")).all()
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            db.session.execute(sa.text(attack))
        db.session.rollback()
        assert db.session.execute(sa.text("SELECT * FROM ledger")).all() == before
        assert len(before) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_close_waits_for_casts_and_casts_for_a_close(app: Flask) -> None:
    with writing(app):
        an_event()
    order: list[str] = []
    is_held, may_end = threading.Event(), threading.Event()

    def hold_to_cast() -> None:
        with app.app_context():
            begin_write()
            event = the_event()
            hold(event, is_shared=True)
            is_held.set()
            may_end.wait(5)
            order.append("cast")
            db.session.rollback()

    def hold_to_close() -> None:
        with app.app_context():
            begin_write()
            event = the_event()
            hold(event)
            order.append("close")
            db.session.rollback()

    caster = threading.Thread(target=hold_to_cast)
    caster.start()
    assert is_held.wait(5)
    closer = threading.Thread(target=hold_to_close)
    closer.start()
    time.sleep(0.05)
    may_end.set()
    caster.join()
    closer.join()
    assert order == ["cast", "close"]


def test_the_keys_and_the_secret_lie_beside_the_database_for_their_owner_alone(tmp_path: Path) -> None:
    app = create_app({"INSTANCE_PATH": str(tmp_path), "DATABASE_URL": "sqlite://", "KEYS_DIR": "", "SECRET_KEY": ""})
    secret = tmp_path / "secret_key"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert app.config["SECRET_KEY"] == secret.read_text().strip()
    assert app.config["KEYS_DIR"] == tmp_path / "keys"


@both_databases
def test_a_rule_that_is_stored_as_json_comes_back_as_itself(app: Flask) -> None:
    rule = Rule("greedy-threshold", ties=(TieKey.VOTES, TieKey.DRAW), threshold=7, minimum_mean=Fraction(5, 2))
    with writing(app):
        share = an_event(rules=RANKED).share
        settle_share(share, {"count_rule": rule})
    with app.app_context():
        share = the_event().share
        assert share.count_rule == rule
        assert share.ballot_rules == RANKED
        held = db.session.scalar(sa.select(sa.cast(sa.type_coerce(Share.count_rule, sa.JSON()), sa.Text)))
        assert held
        assert '"5/2"' in held


@both_databases
def test_a_row_that_is_read_alone_leaves_the_connection_as_it_was(app: Flask) -> None:
    by_slug = sa.select(Locality.name).where(Locality.slug == sa.bindparam("slug"))
    with app.app_context():
        for _ in range(2):
            assert read_row(by_slug, {"slug": "sale"}) is None
            assert not db.session().in_transaction()
            begin_write()
            add_locality("sale", "Sale")
            # Within a transaction it sees what that has written; nobody else does, and a rollback takes it back.
            row = read_row(by_slug, {"slug": "sale"})
            assert row
            assert row.name == "Sale"
            with db.engine.connect() as other:
                assert other.execute(by_slug, {"slug": "sale"}).one_or_none() is None
            db.session.rollback()
        assert read_row(by_slug, {"slug": "sale"}) is None


@both_databases
def test_a_constraint_that_decides_a_race_is_a_409_and_its_values_are_in_no_log(
    app: Flask, client: CheckedClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(app):
        add_account("Ann", "ann@somewhere.example")

    def loses_the_race() -> str:
        begin_write()
        db.session.add(Account(name="Ann", email="ann@somewhere.example"))
        db.session.flush()
        return "stored twice"

    monkeypatch.setitem(app.view_functions, "home.front", loses_the_race)
    refused = client.get("/")
    assert refused.status_code == 409
    assert "Go back, look at the page again, and decide." in text_of(refused)
    assert "account" in caplog.text
    assert "ann@somewhere.example" not in caplog.text
