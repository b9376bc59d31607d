"""PostgreSQL goes away in the middle of a request: the voter reads a page of ours, whenever it happened."""

import contextlib
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from pbvote.db import db
from tests.checked_client import CheckedClient
from tests.factories import sign_in
from tests.hall import open_poll_codes, stored
from tests.pages import SCORES, open_paper, text_of

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@contextlib.contextmanager
def ended_after(app: Flask, url: str, statements: int) -> Iterator[list[str]]:
    """Every connection of the app ends once it has sent this many statements; yields those that were sent."""
    sent: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)
        if len(sent) == statements:
            with psycopg.connect(url, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )

    with app.app_context():
        engine = db.engine
    event.listen(engine, "after_cursor_execute", count)
    try:
        yield sent
    finally:
        event.remove(engine, "after_cursor_execute", count)


@pytest.mark.parametrize("path", ["/", "/v/{slug}", "/desk/", "/desk/events/{slug}", "/people", "/readyz"])
def test_a_page_is_whole_or_says_that_it_can_not_be_reached(
    app: Flask, client: CheckedClient, database_url: str, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    open_poll_codes(app)
    sign_in(client, "organiser@council.example")
    seen = set()
    for statements in range(1, 100):
        with ended_after(app, database_url, statements) as sent:
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
            assert "We can't store votes just now." in text_of(answer)
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
