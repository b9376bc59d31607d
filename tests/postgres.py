"""A throw-away PostgreSQL cluster, made when the first test asks for it and gone with the tests.

To make a database costs its server more than most tests do, so a test's database is emptied for the next one.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from psycopg import sql

_SHAPE = """
SELECT (SELECT string_agg(format('%s %s', oid, relname), ' ' ORDER BY oid) FROM pg_class WHERE relnamespace = home),
  (SELECT string_agg(format('%s %s %s %s', attrelid, attname, atttypid, attnotnull), ' ' ORDER BY attrelid, attnum)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = home),
  (SELECT string_agg(format('%s %s %s', oid, conname, convalidated), ' ' ORDER BY oid)
    FROM pg_constraint WHERE connamespace = home),
  (SELECT string_agg(format('%s %s %s', oid, tgname, tgenabled), ' ' ORDER BY oid) FROM pg_trigger),
  (SELECT string_agg(prosrc, ' ' ORDER BY oid) FROM pg_proc WHERE pronamespace = home),
  (SELECT string_agg(version_num, ' ') FROM alembic_version),
  (SELECT string_agg(setconfig::text, ' ') FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase
    WHERE datname = current_database())
FROM (SELECT 'public'::regnamespace AS home) AS place
"""
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
_EMPTY = """
DO $$ DECLARE name text; BEGIN
  PERFORM set_config('session_replication_role', 'replica', true);
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', name);
  END LOOP;
  PERFORM setval(seqrelid::regclass, seqstart, false) FROM pg_sequence;
END $$
"""


class Rows(NamedTuple):
    """What stands in a database: each table that has rows, and where its sequences are."""

    tables: dict[str, bytes]
    sequences: list[tuple[str, int]]


def _programs() -> Path | None:
    """Where Debian keeps the server's programs, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: -int(path.parts[-3]))
    return found[0].parent if found else None


def _as_server(*command: str | Path) -> None:
    """Run a program of the server's; as the user postgres where we are root, since initdb refuses root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *map(str, command)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Server:
    """A PostgreSQL server whose files lie in a folder that is not there yet, reached over a socket in another."""

    def __init__(self, programs: Path, sockets: Path, data: Path) -> None:
        self.address = f"postgresql://pbvote@/{{name}}?host={sockets}"
        self._programs, self._sockets, self._data = programs, sockets, data

    def make(self) -> None:
        """Let its files be made; nothing is flushed."""
        self._data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self._data, "postgres")
        making = ["-U", "pbvote", "-A", "trust", "-E", "UTF8", "--no-sync"]
        _as_server(self._programs / "initdb", "-D", self._data, *making)

    def start(self) -> None:
        """Start it; back when it answers. After a crash it first reads its log.

        It would take a process that was killed and not yet buried for a server that runs.
        """
        while Path(self._data, "postmaster.pid").exists() and Path(f"/proc/{self.process}").exists():
            time.sleep(0.05)
        settings = f"-c listen_addresses='' -c unix_socket_directories={self._sockets} -c max_connections=120"
        self._control("-o", settings, "-l", self._sockets / "log", "start")

    def stop(self) -> None:
        """End it at once, as if it had crashed."""
        self._control("-m", "immediate", "stop")

    @property
    def process(self) -> int:
        """The process whose children are all the others."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def _control(self, *command: str | Path) -> None:
        _as_server(self._programs / "pg_ctl", "-D", self._data, "-w", *command)


@contextmanager
def cluster() -> Iterator[str]:
    """A running server in a folder of its own; yields its address without a database's name."""
    with server_in(None) as server:
        server.make()
        server.start()
        try:
            yield server.address
        finally:
            server.stop()


@contextmanager
def server_in(data: Path | None) -> Iterator[Server]:
    """A server with its files there, or beside its socket. It is neither made nor started.

    Where PostgreSQL is not installed, the test is skipped; with CI=true it fails.
    """
    programs = _programs()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed: run `make test` as root, or install it")
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pbvote-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        yield Server(programs, folder, data or folder / "data")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def shape_of(address: str) -> object:
    """The tables, triggers and settings of a database: what a test must not leave changed for the next."""
    with psycopg.connect(address) as connection:
        return connection.execute(_SHAPE).fetchone()


def emptied(address: str, shape: object) -> bool:
    """Whether a test's database is as new: nobody uses it, and it has this shape. Its rows are gone then."""
    try:
        with psycopg.connect(address, options="-c lock_timeout=1s") as connection:
            others = connection.execute(_OTHERS).fetchone()
            if others != (0,) or connection.execute(_SHAPE).fetchone() != shape:
                return False
            connection.execute(_EMPTY)
    except psycopg.Error:
        return False
    return True


def rows_of(address: str) -> Rows:
    """Everything that stands in a database."""
    with psycopg.connect(address) as connection:
        names = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        tables = {}
        for name in names:
            copying = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(name))
            if name != "alembic_version" and connection.execute(_first_row(name)).fetchone():
                with connection.cursor().copy(copying) as copy:
                    tables[name] = b"".join(map(bytes, copy))
        moved = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
        return Rows(tables, connection.execute(moved).fetchall())


def _first_row(table: str) -> sql.Composed:
    return sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))


def put_rows(address: str, rows: Rows) -> None:
    """Put them into an empty database, past its triggers: they were checked where they come from."""
    with psycopg.connect(address) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        for name, stored in rows.tables.items():
            copying = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(name))
            with connection.cursor().copy(copying) as copy:
                copy.write(stored)
        for name, last in rows.sequences:
            connection.execute("SELECT setval(%s::regclass, %s)", (f'"{name}"', last))
