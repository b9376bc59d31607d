"""Where Alembic meets the app: its engine, its tables, and their types frozen in plain SQLAlchemy."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

from pbvote.db import Base, UtcDateTime, db


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """Write our own types as what the database sees, so that a migration never changes with the code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Migrate over the app's own engine."""
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_item=render_item, **options)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
