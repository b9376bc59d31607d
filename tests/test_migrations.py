"""A council's database goes from one version to the next with all that is in it."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from pbvote.db import db
from tests.conftest import AppMaker, both_databases

ROWS = """
INSERT INTO account (id, email, name, totp_used_step, session_key, is_disabled, is_demonstration, created_at)
VALUES (1, 'a@council.example', 'A', 0, 'k', false, false, '2026-01-01 00:00:00');
INSERT INTO locality (id, slug, name, is_imported) VALUES (1, 'sale', 'Sale', false);
INSERT INTO round (id, slug, name, currency, pot_pence, state, is_demonstration, is_imported, created_at)
VALUES (1, 'r', 'R', 'GBP', 100, 'open', false, false, '2026-01-01 00:00:00');
INSERT INTO share (id, round_id, locality_id, share_pence, cap_pence, bids_open_on, bids_close_on, minimum_age,
                   who_may_vote, format, ballot_rules, count_rule, is_locked, has_opened, is_counted)
VALUES (1, 1, 1, 100, 100, '2026-01-01', '2026-01-02', 0, '', 'pitches', '{}', '{}', true, true, false);
INSERT INTO event (id, slug, share_id, name, place, starts_at, ends_at, poll)
VALUES (1, 'sale-2026', 1, 'Sale', 'Hall', '2026-01-03 00:00:00', '2026-01-03 02:00:00', 'open');
INSERT INTO ledger (event_id, seq, prev, type, body, at, actor, hash)
VALUES (1, 1, 'x', 'open', '{}', '2026-01-03 00:00:00', 1, 'y');
"""


@pytest.fixture
def app_of_first_version(make_app: AppMaker) -> Flask:
    """An app whose database is as the first version left it, with an event and its ledger."""
    app = make_app()
    with app.app_context():
        downgrade(revision="0001")
        with db.engine.begin() as connection:
            for row in ROWS.strip().split(";\n"):
                connection.exec_driver_sql(row.removesuffix(";"))
    return app


@both_databases
def test_what_a_poll_has_stays_and_the_ledger_stays_closed(app_of_first_version: Flask) -> None:
    with app_of_first_version.app_context():
        upgrade()
        with db.engine.begin() as connection:
            assert connection.exec_driver_sql("SELECT slug, poll FROM event").one() == ("sale-2026", "open")
            assert connection.exec_driver_sql("SELECT publishes_ballots FROM share").scalar_one() in {0}
            connection.exec_driver_sql("UPDATE event SET poll = 'sealed'")
        for attack in ("UPDATE ledger SET hash = 'z'", "DELETE FROM ledger"):
            with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as connection:
                connection.exec_driver_sql(attack)
        with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE event SET poll = 'somewhere'")
        with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE event SET share_id = 7")


@both_databases
def test_the_way_back_works_too(app_of_first_version: Flask) -> None:
    with app_of_first_version.app_context():
        for _ in range(2):
            upgrade()
            downgrade(revision="0001")
        with db.engine.begin() as connection:
            assert connection.exec_driver_sql("SELECT type, hash FROM ledger").one() == ("open", "y")
