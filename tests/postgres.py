"""A throw-away PostgreSQL cluster, made when the first test asks for it and gone with the tests."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _programs() -> Path | None:
    """Where Debian keeps the server's programs, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: -int(path.parts[-3]))
    return found[0].parent if found else None


def _as_server(*command: str | Path) -> None:
    """Run a program of the server's; as the user postgres where we are root, since initdb refuses root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *map(str, command)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def cluster() -> Iterator[str]:
    """A running server reached over a socket in its own folder; yields its address without a database's name.

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
    data = folder / "data"
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=120"
    try:
        _as_server(programs / "initdb", "-D", data, "-U", "pbvote", "-A", "trust", "-E", "UTF8", "--no-sync")
        _as_server(programs / "pg_ctl", "-D", data, "-w", "-o", settings, "-l", folder / "log", "start")
        try:
            yield f"postgresql://pbvote@/{{name}}?host={folder}"
        finally:
            _as_server(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
