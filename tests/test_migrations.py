"""A database is made by its migrations, and by them alone."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from pbvote.db import db
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.opening import VotingOpened
from tests.conftest import both_databases
from tests.factories import an_event, writing


@both_databases
def test_the_way_back_leaves_nothing_and_the_way_forth_protects_the_ledger_again(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="base")
        assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
    with writing(app):
        write_entry(an_event(), VotingOpened(0, ""), None)
    with app.app_context():
        for attack in ("UPDATE ledger SET hash = 'z'", "DELETE FROM ledger"):
            with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as connection:
                connection.exec_driver_sql(attack)


@both_databases
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE share SET has_opened = true",
        "UPDATE share SET is_locked = true, is_counted = true",
        "UPDATE event SET poll = 'somewhere'",
        "UPDATE event SET share_id = 7",
    ],
)
def test_the_database_knows_the_polls_way(app: Flask, attack: str) -> None:
    with writing(app):
        an_event()
    with app.app_context(), pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
        connection.exec_driver_sql(attack)
