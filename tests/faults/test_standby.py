"""PostgreSQL with a standby that does not answer, and one that only reads: nobody is told more than two hosts know."""

import contextlib
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from flask import Flask

from pbvote.db import db
from tests.checked_client import CheckedClient
from tests.hall import open_poll_codes, stored
from tests.pages import SCORES, client_of, open_paper, text_of

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
WAITING = "datname = current_database() AND wait_event = 'SyncRep'"
OTHERS = "datname = current_database() AND pid <> pg_backend_pid()"


def ask(url: str, statement: str) -> object:
    """What a statement says, by a connection of its own."""
    with psycopg.connect(url, autocommit=True, options="-c default_transaction_read_only=off") as connection:
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def end(url: str, which: str) -> None:
    """End these connections, as a crash does: what they had committed on this host's disk stays."""
    ask(url, f"SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE {which}")  # noqa: S608


def wait_until(url: str, question: str, wanted: object) -> None:
    """Ask until this is the answer."""
    deadline = time.monotonic() + 10
    while ask(url, question) != wanted:
        assert time.monotonic() < deadline, question
        time.sleep(0.02)


@contextlib.contextmanager
def no_standby(url: str) -> Iterator[None]:
    """Every commit waits for a standby that is not there."""
    show = "SELECT current_setting('synchronous_standby_names')"
    ask(url, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    try:
        ask(url, "SELECT pg_reload_conf()")
        wait_until(url, show, "nobody")
        yield
    finally:
        ask(url, "ALTER SYSTEM RESET synchronous_standby_names")
        ask(url, "SELECT pg_reload_conf()")
        wait_until(url, show, "")


def test_a_vote_that_no_standby_has_is_not_acknowledged_however_often_it_is_sent(
    app: Flask, client: CheckedClient, database_url: str
) -> None:
    [code] = open_poll_codes(app, 1)
    fields = {**open_paper(client, code), **SCORES}
    told: list[int] = []

    def send() -> threading.Thread:
        thread = threading.Thread(
            target=lambda: told.append(client_of(app).post("/v/cast", data=fields).status_code), daemon=True
        )
        thread.start()
        wait_until(database_url, f"SELECT count(*) FROM pg_stat_activity WHERE {WAITING}", 1)  # noqa: S608
        return thread

    with no_standby(database_url):
        first = send()
        end(database_url, WAITING)
        first.join()
        assert told == [503]
        # From now on everybody sees it: as after a crash, when PostgreSQL shows what was on its own disk.
        assert len(stored(app)) == 1
        again = send()
        assert told == [503]
    again.join()
    assert told == [503, 200]


def test_nobody_waits_for_a_host_that_is_gone_for_a_quarter_of_an_hour(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        given = connection.connection.dbapi_connection.info.get_parameters()  # type: ignore[union-attr]
    assert int(given["keepalives_idle"]) + int(given["keepalives_interval"]) * int(given["keepalives_count"]) <= 15
    assert int(given["tcp_user_timeout"]) <= 10_000


def test_a_database_that_leads_no_more_is_left(app: Flask, client: CheckedClient, database_url: str) -> None:
    [code] = open_poll_codes(app, 1)
    fields = {**open_paper(client, code), **SCORES}
    name = ask(database_url, "SELECT current_database()")
    ask(database_url, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    try:
        end(database_url, OTHERS)
        assert client.get("/readyz").status_code == 503
        answer = client.post("/v/cast", data={**fields, **SCORES})
        assert answer.status_code == 503
        assert "We can’t store votes just now." in text_of(answer)
    finally:
        ask(database_url, f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
    # The connections that were there would still only read.
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    assert len(stored(app)) == 1
