"""PostgreSQL goes away in the middle of a request: the voter reads a page of ours, whenever it happened."""

import contextlib
from collections.abc import Iterator
from unittest.mock import Mock

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from pbvote.db import db
from tests import checked_client
from tests.checked_client import CheckedClient
from tests.factories import sign_in
from tests.hall import open_poll_codes, slug, stored
from tests.pages import SCORES, open_paper, text_of

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def end_connections(url: str) -> None:
    """End every connection to this database but the one that does it, as a restart does."""
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@contextlib.contextmanager
def ended_after(app: Flask, url: str, statements: int, *, for_good: bool = False) -> Iterator[list[str]]:
    """Every connection of the app ends once it has sent this many statements; yields those that were sent.

    `for_good`: and after each one that follows.
    """
    sent: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement == "BEGIN":
            return  # only what the page itself asks is counted
        sent.append(statement)
        if len(sent) == statements or (for_good and len(sent) > statements):
            end_connections(url)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "after_cursor_execute", count)
    try:
        yield sent
    finally:
        event.remove(engine, "after_cursor_execute", count)


def allow_a_second_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page take twice as many statements: what meets a connection that has ended is read twice."""
    for budget in ("PAGES_QUERIES", "VOTERS_QUERIES"):
        monkeypatch.setattr(checked_client, budget, 2 * getattr(checked_client, budget))


@pytest.mark.parametrize("path", ["/", "/v/{slug}", "/desk/", "/desk/events/{slug}", "/people", "/readyz"])
def test_a_page_is_whole_or_says_that_it_can_not_be_reached(
    app: Flask,
    client: CheckedClient,
    database_url: str,
    path: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    allow_a_second_reading(monkeypatch)
    open_poll_codes(app)
    sign_in(client, "organiser@council.example")
    seen = set()
    for statements in range(1, 100):
        with ended_after(app, database_url, statements, for_good=True) as sent:
            answer = client.get(path.format(slug="sale-2026"))
        seen.add(answer.status_code)
        assert answer.status_code in {200, 404, 503}
        if answer.status_code == 503:
            assert answer.headers["Retry-After"]
            assert "very busy" not in text_of(answer)
        if len(sent) < statements:
            break
    else:
        pytest.fail("too many statements")
    # Where the first statement is the last, the page is whole.
    assert statements <= 2 or len(seen) == 2 or path == "/readyz"
    assert "organiser@council.example" not in caplog.text


@pytest.mark.parametrize("path", ["/", "/v/{slug}", "/desk/events/{slug}", "/readyz"])
def test_a_page_that_only_reads_is_read_again_on_a_fresh_connection(
    app: Flask,
    client: CheckedClient,
    database_url: str,
    path: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    allow_a_second_reading(monkeypatch)
    open_poll_codes(app)
    sign_in(client, "organiser@council.example")
    usual = client.get(path.format(slug=slug(app))).status_code
    for statements in range(1, 100):
        with ended_after(app, database_url, statements) as sent:
            assert client.get(path.format(slug=slug(app))).status_code == usual
        if len(sent) < statements:
            break
    assert "503" not in caplog.text


def test_a_restart_costs_no_reader_a_page_however_many_connections_were_pooled(
    app: Flask, client: CheckedClient, database_url: str
) -> None:
    open_poll_codes(app)
    with app.app_context():
        held = [db.engine.connect() for _ in range(5)]
        for connection in held:
            connection.execute(sa.text("SELECT 1"))
            connection.close()
    end_connections(database_url)
    answers = [client.get("/").status_code for _ in range(6)]
    assert answers == [200] * 6


def test_what_writes_is_never_sent_again_by_itself(app: Flask, client: CheckedClient, database_url: str) -> None:
    [code] = open_poll_codes(app, 1)
    fields = {**open_paper(client, code), **SCORES}
    view = Mock(wraps=app.view_functions["casting.cast"])
    app.view_functions["casting.cast"] = view
    with ended_after(app, database_url, 1):
        assert client.post("/v/cast", data=fields).status_code == 503
    assert view.call_count == 1


def test_a_vote_is_stored_once_whenever_the_database_went_away(
    app: Flask, client: CheckedClient, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    codes = open_poll_codes(app, 40)
    for statements, code in enumerate(codes, start=1):
        fields = open_paper(client, code)
        with ended_after(app, database_url, statements) as sent:
            answer = client.post("/v/cast", data={**fields, **SCORES})
        if answer.status_code != 200:
            assert answer.status_code == 503
            assert answer.headers["Retry-After"]
            assert "We can’t store votes just now." in text_of(answer)
            assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
        with app.app_context():
            db.engine.dispose()  # the test reads by a connection that nobody has ended
        assert len(stored(app)) == statements
        assert code not in caplog.text
        if len(sent) < statements:
            break
    else:
        pytest.fail("too many statements")
    with app.app_context(), pytest.raises(sa.exc.ProgrammingError):
        db.session.execute(sa.text("SELECT nothing"))
