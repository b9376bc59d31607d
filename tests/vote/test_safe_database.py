"""A poll opens only on a database that keeps what it acknowledges and notes nothing beside it."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import begin_write, db
from pbvote.doctor.database import of_postgresql
from pbvote.doctor.findings import Level, Unsafe
from pbvote.people.service import account_with_email
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.states import PollState
from tests.conftest import both_databases
from tests.factories import an_event, the_event, writing

AS_SHIPPED = {
    "synchronous_commit": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "0",
    "track_commit_timestamp": "off",
    "auto_explain.log_min_duration": "",
    "pgaudit.log": "",
}
TELLING = {
    "log_statement": "mod",
    "log_min_duration_statement": "250ms",
    "log_min_duration_sample": "0",
    "log_transaction_sample_rate": "0.5",
    "log_parameter_max_length_on_error": "64B",
    "track_commit_timestamp": "on",
    "auto_explain.log_min_duration": "0",
    "pgaudit.log": "write",
}
NEEDS_A_RESTART = "track_commit_timestamp"


def found(**changed: str) -> list[tuple[str, Level]]:
    """What is found of PostgreSQL's settings as they ship, but for these."""
    return [(finding.about, finding.level) for finding in of_postgresql({**AS_SHIPPED, **changed})]


GOOD = [("durability", Level.OK), ("secrecy", Level.OK)]


@pytest.mark.parametrize("setting", TELLING)
def test_each_setting_that_tells_too_much_is_refused_by_its_name(setting: str) -> None:
    assert found() == GOOD
    durable, refused = of_postgresql({**AS_SHIPPED, setting: TELLING[setting]})
    assert durable.level is Level.OK
    assert refused.level is Level.UNSAFE
    assert re.fullmatch(rf"The database .+ \({setting}\)\. That could show who voted how\.", refused.sentence)
    assert refused.advice.startswith(f"Set {setting} = {AS_SHIPPED[setting] or 'none'} ") or setting.startswith("auto")


@pytest.mark.parametrize("setting", ["log_min_duration_statement", "log_min_duration_sample"])
def test_slow_statements_may_be_logged_without_what_they_hold(setting: str) -> None:
    assert found(**{setting: "0", "log_parameter_max_length": "0"}) == GOOD


def test_statements_that_change_tables_may_be_logged() -> None:
    assert found(log_statement="ddl") == GOOD


@pytest.mark.parametrize(
    ("setting", "value"),
    [("synchronous_commit", "off"), ("synchronous_commit", "local"), ("fsync", "off"), ("full_page_writes", "off")],
)
def test_a_commit_that_a_power_cut_undoes_is_refused(setting: str, value: str) -> None:
    assert found(**{setting: value}) == [("durability", Level.UNSAFE), ("secrecy", Level.OK)]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("setting", sorted(TELLING.keys() - {NEEDS_A_RESTART}))
def test_postgresql_itself_is_asked_at_the_opening(app: Flask, setting: str) -> None:
    with writing(app):
        an_event()
    with app.app_context():
        name = db.session.scalar(sa.text("SELECT current_database()"))
        begin_write()
        db.session.execute(sa.text(f"ALTER DATABASE {name} SET {setting} = '{TELLING[setting]}'"))
        db.session.commit()
        db.engine.dispose()  # the setting is for new connections
        begin_write()
        organiser = account_with_email("organiser@council.example")
        assert organiser
        with pytest.raises(Unsafe, match=r"Voting can't open\.$") as refused:
            open_poll(the_event(), organiser)
        assert f"({setting})" in refused.value.finding.sentence
        db.session.rollback()
        assert the_event().poll is PollState.PLANNED


@both_databases
def test_a_database_as_it_comes_is_good_enough(app: Flask) -> None:
    with writing(app):
        an_event()
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        open_poll(the_event(), organiser)
