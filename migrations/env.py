"""Where Alembic meets the app: its engine, its tables, and their types frozen in plain SQLAlchemy."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

from pbvote.db import Base, UtcDateTime, db
from pbvote.json_columns import JsonOf, JsonOfEach


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """Write our own types as what the database sees, so that a migration never changes with the code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JsonOf | JsonOfEach):
        return "sa.JSON()"
    return False


def run() -> None:
    """Migrate over the app's own engine."""
    options = current_app.extensions["migrate"].configure_args
    is_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        if is_sqlite:
            # A table that others refer to is altered by making it again. The switch works outside a transaction only,
            # and the connection is thrown away afterwards.
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        context.configure(connection=connection, target_metadata=Base.metadata, render_item=render_item, **options)
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise RuntimeError(f"rows that refer to nothing after the migration: {broken[:5]}")
        connection.commit()
        if is_sqlite:
            connection.invalidate()


run()
