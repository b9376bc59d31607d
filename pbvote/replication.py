"""Where PostgreSQL has standbys: leaving one that leads no more, and acknowledging nothing that only one host has."""

from typing import Final

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext

from pbvote.db import db

_NOTE: Final = sa.text("SELECT pg_logical_emit_message(true, 'pbvote', '')")
"""A word in PostgreSQL's log of changes that changes nothing. What writes nothing waits for no standby."""

_READ_ONLY: Final = "25006"


def settle() -> None:
    """Let the commit of this transaction wait until the standbys have all that was read in it.

    After a crash PostgreSQL shows what it had on its own disk, whether or not a standby has it as well. Whoever
    acknowledges a row that was there already calls this, or the row could be gone after the next crash.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(_NOTE)


def _leave_standby(context: ExceptionContext) -> None:
    """Throw a pool's connections away where they lead to a database that only reads: it led a moment ago."""
    if getattr(context.original_exception, "sqlstate", None) == _READ_ONLY:
        context.is_disconnect = True


def init_replication(app: Flask) -> None:
    """Notice when another database has come to lead."""
    with app.app_context():
        event.listen(db.engine, "handle_error", _leave_standby)
