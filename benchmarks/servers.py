"""Servers to measure: pbvote, and a bare Flask view with one durable INSERT, both behind `pbvote serve`."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
from flask import Flask, request
from flask.cli import ScriptInfo

from pbvote.app import create_app
from pbvote.cli.serve import serve_command
from pbvote.db import db

STARTING_SECONDS = 30
BARE_TABLE = "CREATE TABLE IF NOT EXISTS bare (tag TEXT PRIMARY KEY, choices TEXT NOT NULL)"


def council(folder: str, url: str) -> Flask:
    """pbvote on a throw-away database."""
    return create_app(
        {
            "INSTANCE_PATH": folder,
            "DATABASE_URL": url,
            "KEYS_DIR": Path(folder, "keys"),
            "SECRET_KEY": "not secret: a benchmark's",
        }
    )


def bare(folder: str, url: str) -> Flask:
    """The least that could store a vote: one view, the database's own driver, one INSERT, one commit to the disk."""
    app = Flask("bare", instance_path=folder)
    address = url.replace("postgresql://", "postgresql+psycopg://")
    app.config.from_mapping(BASE_URL="http://127.0.0.1", SQLALCHEMY_DATABASE_URI=address)
    db.init_app(app)
    store = _store_in_sqlite(url) if url.startswith("sqlite") else _store_in_postgres(url)

    @app.post("/v/cast")
    def cast() -> str:
        store(request.form["code"], request.form.get("bid", ""))
        return "We have your vote."

    return app


class _store_in_sqlite:  # noqa: N801 - used as a function
    def __init__(self, url: str) -> None:
        self._path = url.removeprefix("sqlite:///")
        self._local = threading.local()
        self._turn = threading.Lock()

    def __call__(self, tag: str, choices: str) -> None:
        if not hasattr(self._local, "connection"):
            self._local.connection = open_sqlite(self._path)
        with self._turn:
            self._local.connection.execute("INSERT INTO bare VALUES (?, ?)", (tag, choices))


class _store_in_postgres:  # noqa: N801 - used as a function
    def __init__(self, url: str) -> None:
        self._url = url
        self._local = threading.local()

    def __call__(self, tag: str, choices: str) -> None:
        if not hasattr(self._local, "connection"):
            self._local.connection = psycopg.connect(self._url, autocommit=True)
        self._local.connection.execute("INSERT INTO bare VALUES (%s, %s)", (tag, choices))


def open_sqlite(path: str) -> sqlite3.Connection:
    """A connection that writes as durably as pbvote's own."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA busy_timeout = 10000")
    return connection


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served(NamedTuple):
    """A server that runs."""

    port: int
    leader: int
    """The process that leads its session: all that it takes of the processor is found by it."""


@contextlib.contextmanager
def serving(kind: str, folder: str, url: str, workers: int) -> Iterator[Served]:
    """`council` or `bare` behind `pbvote serve`, in a session of its own."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.servers", kind, folder, url, str(port), str(workers)]
    with subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + STARTING_SECONDS
            while not _answers(port):
                if time.monotonic() > deadline or process.poll() is not None:
                    raise RuntimeError(f"the server of {kind} did not start")
                time.sleep(0.05)
            yield Served(port, process.pid)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def main(kind: str, folder: str, url: str, port: str, workers: str) -> None:
    """Serve until stopped."""
    app = {"council": council, "bare": bare}[kind](folder, url)
    serve_command.main(["--port", port, "--workers", workers], obj=ScriptInfo(create_app=lambda: app))


if __name__ == "__main__":
    main(*sys.argv[1:])
