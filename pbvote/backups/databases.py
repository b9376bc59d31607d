"""A database as one file, while it is in use, and back: SQLite's own copy of itself, or what `pg_dump` writes.

What is copied is the database of one moment: nobody waits for it, and nothing that is committed later is in it.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from pbvote.core.disks import sync_folder
from pbvote.db import db
from pbvote.files.models import StoredFile


class CannotCopy(Exception):
    """The database can't be copied or restored; the text says why."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What the copy of a database holds."""

    revision: str
    rows: dict[str, int]
    files: list[str]
    """The digests of the files that its rows name, each once."""


def kind() -> str:
    """`sqlite` or `postgresql`."""
    return db.engine.dialect.name


def name_in_archive() -> str:
    """What the copy is called in a backup."""
    return {"sqlite": "database.sqlite", "postgresql": "database.pgdump"}[kind()]


def copy_database(place: Path) -> Copied:
    """Copy the database into a new file, as it stands now. Raises `CannotCopy`."""
    return _copy_sqlite(place) if kind() == "sqlite" else _copy_postgresql(place)


def put_database(copied: Path) -> None:
    """Bring a database back into one that `require_empty` has found empty. Raises `CannotCopy`, and changes nothing."""
    db.session.remove()
    db.engine.dispose()
    if kind() == "sqlite":
        _put_sqlite(copied)
    else:
        _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(copied))


def require_empty() -> None:
    """Raise `CannotCopy` where the database holds a table already."""
    if sa.inspect(db.engine).get_table_names():
        raise CannotCopy("This database is in use. Set PBVOTE_DATABASE_URL to an empty one.")


def what_is_there() -> Copied:
    """What the database holds now."""
    with db.engine.connect() as connection:
        return _counted(connection)


def _copy_sqlite(place: Path) -> Copied:
    source = f"file:{_sqlite_file().resolve()}?mode=rw"  # one that is not there is not made
    with closing(sqlite3.connect(source, uri=True)) as here, closing(sqlite3.connect(place)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")  # all of it in one file
    copy = sa.create_engine(f"sqlite:///{place}")
    with copy.connect() as connection:
        found = _counted(connection)
    copy.dispose()
    return found


def _put_sqlite(copied: Path) -> None:
    target = _sqlite_file()
    new = target.with_suffix(".restoring")
    try:
        with copied.open("rb") as source, new.open("wb") as file:
            new.chmod(0o600)
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        for left in ("-wal", "-shm"):  # of the empty one
            target.with_name(target.name + left).unlink(missing_ok=True)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    sync_folder(target.parent)


def _sqlite_file() -> Path:
    return Path(db.engine.url.database or "")


def _copy_postgresql(place: Path) -> Copied:
    with _one_moment() as (connection, snapshot):
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges", f"--file={place}")
        return _counted(connection)


@contextmanager
def _one_moment() -> Iterator[tuple[sa.Connection, str]]:
    """A connection that sees the database as it is now until it ends, and what another may see the same by."""
    with db.engine.connect() as connection:
        connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        yield connection, connection.execute(sa.text("SELECT pg_export_snapshot()")).scalar_one()


def _run(program: str, *options: str) -> None:
    """One of PostgreSQL's programs on this database. The password goes by the environment, which others can't read."""
    url = db.engine.url.set(drivername="postgresql")
    address = url.set(password=None).render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    try:
        subprocess.run(  # noqa: S603  # no shell, and nothing that a visitor sent
            [program, f"--dbname={address}", *options], env=environment, check=True, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise CannotCopy(f"{program} is not installed here: install Debian’s postgresql-client.") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines() or ["it said nothing."]
        raise CannotCopy(f"{program} could not: {said[-1]}") from error


def _counted(connection: sa.Connection) -> Copied:
    """What the tables hold that are there: those of a backup may be of an earlier version than this one's."""
    revision = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
    count = sa.select(sa.func.count())
    rows = {
        name: connection.execute(count.select_from(sa.table(name))).scalar_one()
        for name in sorted(sa.inspect(connection).get_table_names())
    }
    files = connection.execute(sa.select(StoredFile.digest).distinct().order_by(StoredFile.digest)).scalars()
    return Copied(revision, rows, list(files))
