"""Whether a vote could be stored now. The disk is asked for room: a write that is taken back would ask it for none.

Nothing is written to the database. On SQLite a file without a name takes the room beside it and is gone; PostgreSQL is
made to sort more than its memory may hold, so that it writes to its own disk.
"""

import os
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from pbvote.db import db

ROOM_BYTES = 256 * 1024
"""More than a hundred votes take in SQLite's log."""
KNOWN_FOR_SECONDS = 5
_SPILL = "SELECT count(*) FROM generate_series(1, 20000)"


class NoRoom(Exception):
    """A vote could not be stored: the disk is full or broken, or the database takes no writes."""


@dataclass
class _Looked:
    """When this process last found room: anybody may ask, and a disk that syncs all the time serves nobody."""

    at: float = -KNOWN_FOR_SECONDS
    turn: threading.Lock = field(default_factory=threading.Lock)


def require_room() -> None:
    """Raise `NoRoom`, or the database's own `sqlalchemy.exc.OperationalError`, unless a vote could be stored."""
    looked: _Looked = current_app.extensions.setdefault("pbvote-storage", _Looked())
    with looked.turn:
        if time.monotonic() - looked.at < KNOWN_FOR_SECONDS:
            return
        if db.engine.dialect.name == "postgresql":
            _look_postgresql()
        elif file := db.engine.url.database:
            _look_beside(Path(file))
        looked.at = time.monotonic()


def _look_beside(database: Path) -> None:
    try:
        # Never open the database's own file here: closing it would let go of SQLite's locks.
        if not os.access(database, os.W_OK):
            raise NoRoom
        with tempfile.TemporaryFile(dir=database.parent) as probe:
            probe.write(bytes(ROOM_BYTES))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        raise NoRoom from error


def _look_postgresql() -> None:
    if db.session.scalar(sa.text("SHOW transaction_read_only")) == "on":
        raise NoRoom
    db.session.execute(sa.text("SET LOCAL work_mem = '64kB'"))
    db.session.scalar(sa.text(_SPILL))
