"""What a cast asks the database: how often, by which index, and with which values side by side."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import begin_write, db, read_row
from pbvote.vote.casting.papers import paper_of
from pbvote.vote.poll.closing import close_poll, reopen_poll
from pbvote.vote.poll.forms import ReopenReason
from pbvote.vote.poll.models import Ballot
from pbvote.vote.slips.finding import VOTING, _statement, slip_with
from pbvote.vote.slips.models import Slip, SlipState
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker, both_databases
from tests.factories import an_open_poll, the_event, writing
from tests.hall import open_poll_codes, organiser_does
from tests.pages import SCORES, open_paper, text_of

MOST = 3
"""The slip, BEGIN (on PostgreSQL with the event's lock), and the vote; then the commit."""
SLIPS = 5_000


@pytest.fixture
def asked(app: Flask) -> Iterator[list[tuple[str, object]]]:
    """Every statement with its values, from now on."""
    statements: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        statements.append((statement, values))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", note)


def plain(values: Any) -> list[object]:
    """A statement's values as they were before the driver wrapped them."""
    found = [getattr(value, "obj", value) for value in (values.values() if isinstance(values, Mapping) else values)]
    return [bytes(value) if isinstance(value, memoryview | bytes) else value for value in found]


@both_databases
def test_a_cast_takes_three_statements(app: Flask, client: CheckedClient, asked: list[tuple[str, object]]) -> None:
    first, second = open_poll_codes(app, 2)
    client.post("/v/cast", data={**open_paper(client, first), **SCORES})
    fields = open_paper(client, second)
    asked.clear()
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    assert len(asked) == MOST, [statement for statement, _ in asked]
    assert not [statement for statement, _ in asked if "slot" in statement]  # the paper was not read again


@both_databases
def test_no_transaction_holds_the_tag_of_a_slip_and_the_tag_of_its_ballot(
    app: Flask, client: CheckedClient, asked: list[tuple[str, object]]
) -> None:
    code = open_poll_codes(app, 1)[0]
    fields = open_paper(client, code)
    with app.app_context():
        slip = slip_with(code)
        engine = db.engine
    transactions: list[list[object]] = [[]]
    asked.clear()

    def cut(*_: object) -> None:
        transactions.append([value for _, values in asked for value in plain(values)])
        asked.clear()

    for moment in ("begin", "commit", "rollback"):
        sa.event.listen(engine, moment, cut)
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    cut()
    told = [
        (repr(slip.code_tag) in repr(values), repr(slip.ballot_tag) in repr(values))
        for values in transactions
        if values
    ]
    assert (True, False) in told
    assert (False, True) in told
    assert (True, True) not in told


@both_databases
@pytest.mark.parametrize("events", [1, 2, 5])
def test_a_slip_is_found_by_its_key_however_many_events_have_slips(
    app: Flask, events: int, asked: list[tuple[str, object]]
) -> None:
    open_poll_codes(app, 1)
    with app.app_context():
        begin_write()
        rows = [
            {"code_tag": number.to_bytes(32), "serial": f"S-{number}", "envelope": 1, "state": SlipState.LIVE}
            for number in range(10_000, 10_000 + SLIPS)
        ]
        db.session.execute(sa.insert(Slip).values(event_id=the_event().id), rows)
        db.session.execute(sa.text("ANALYZE"))
        values = {f"event_{number}": number + 1 for number in range(events)}
        tags = {f"tag_{number}": bytes(32) for number in range(events)}
        asked.clear()
        assert read_row(_statement(events, VOTING), {**values, **tags}) is None
        [(statement, given)] = asked
        explain = "EXPLAIN" if db.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
        rows_of_plan = db.session.connection().exec_driver_sql(f"{explain} {statement}", given)  # type: ignore[arg-type]
        plan = [" ".join(map(str, row)) for row in rows_of_plan]
        db.session.rollback()
    of_slips = [step for step in plan if "slip" in step.lower()]
    assert of_slips
    assert not [step for step in of_slips if "SCAN slip" in step or "Seq Scan on slip" in step], plan
    assert [step for step in plan if "PRIMARY KEY" in step or "pk_slip" in step], plan


@both_databases
def test_the_paper_is_kept_from_the_opening_on_and_only_then(
    app: Flask, client: CheckedClient, asked: list[tuple[str, object]]
) -> None:
    code = open_poll_codes(app, 1)[0]
    with app.app_context():
        slip = slip_with(code)
        assert paper_of(slip.event) is paper_of(slip.event)
    for act in (close_poll, lambda event, by: reopen_poll(event, by, "witness 1", ReopenReason.CLOSED_BY_MISTAKE)):
        organiser_does(app, act)
    with app.app_context():
        assert slip_with(code).event.opening == slip.event.opening  # the same paper after it was opened again
    with writing(app):
        the_event().name = "Sale decides again"
    assert "Sale decides again" in text_of(client.post("/v/paper", data={"code": code, "lang": "en"}))


def test_two_apps_in_one_process_keep_their_papers_apart(
    make_app: AppMaker, database_url: str, tmp_path_factory: pytest.TempPathFactory, sqlite_pattern: object
) -> None:
    import shutil

    folder = tmp_path_factory.mktemp("another")
    shutil.copy(str(sqlite_pattern), folder / "pbvote.sqlite")
    apps = [make_app(), make_app(DATABASE_URL=f"sqlite:///{folder}/pbvote.sqlite", KEYS_DIR=folder / "keys")]
    papers = []
    for number, app in enumerate(apps, 2):
        with writing(app):
            _, slips = an_open_poll(1, asks=[1_000_00] * number)
        with app.app_context():
            papers.append(paper_of(slip_with(slips[0].code).event))
    assert [len(paper.lines) for paper in papers] == [2, 3]
    assert papers[0].definition != papers[1].definition


@both_databases
def test_a_cast_reads_nothing_of_the_box_but_its_own_ballot(app: Flask, client: CheckedClient) -> None:
    codes = open_poll_codes(app, 3)
    for code in codes:
        assert client.post("/v/cast", data={**open_paper(client, code), **SCORES}).status_code == 200
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == 3
