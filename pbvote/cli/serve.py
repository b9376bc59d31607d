"""The command that serves: gunicorn with threads, and the conditions under which a vote is safe."""

import socket
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo, pass_script_info
from gunicorn.app.base import BaseApplication

from pbvote.cli.printing import Failure, say
from pbvote.config import SERVED_AT
from pbvote.db import db

THREADS = 16
NETWORK_FILE_SYSTEMS = frozenset({"9p", "afs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "nfs", "nfs4", "smb3"})


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn with settings from here instead of a file."""

    def __init__(self, app: Flask, settings: dict[str, Any]) -> None:
        self._app, self._settings = app, settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HOST")
@click.option("--port", type=click.IntRange(1, 65535), default=5000, show_default=True, envvar="PORT")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes; PostgreSQL only.")
@click.option("--threads", type=click.IntRange(1), default=THREADS, show_default=True, help="Threads in each process.")
@pass_script_info
def serve_command(info: ScriptInfo, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until stopped. No access log is written: it would hold the voters' addresses."""
    _require_free(host, port)
    app = info.load_app()
    with app.app_context():
        refuse_unsafe(workers)
        # Connections must not be shared over the fork.
        db.engine.dispose()
    # A command in another shell prints slips with the same address.
    Path(app.instance_path, SERVED_AT).write_text(app.config["BASE_URL"] + "\n", encoding="utf-8")
    settings = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 - a heartbeat, no data
        "graceful_timeout": 20,
        "loglevel": "error",  # a warning about a bad request would hold the sender's address
        "proc_name": "pbvote",
    }
    say(f"Serving on http://{host}:{port} (stop with Ctrl+C)")
    _Server(app, settings).run()


def _require_free(host: str, port: int) -> None:
    """Raise `Failure` where another program serves on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Failure(f"Can't serve on {host}:{port} ({error.strerror}). Choose another PORT.") from error


def refuse_unsafe(workers: int) -> None:
    """SQLite has one writing process, on a local disk; anything else would lose votes. Raises `click.UsageError`."""
    if db.engine.dialect.name != "sqlite":
        return
    if workers > 1:
        raise click.UsageError("SQLite is served by one process. Use PostgreSQL for several, or --workers 1.")
    file_system = file_system_of(Path(str(db.engine.url.database)).resolve())
    if file_system in NETWORK_FILE_SYSTEMS:
        raise click.UsageError(
            f"The database lies on a network file system ({file_system}), where SQLite's locks do not hold. "
            "Move it to a local disk, or use PostgreSQL."
        )


def file_system_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The type of the file system that the path lies on; "" where the system does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found = [line.split() for line in lines if len(line.split()) > 2]
    holding = [(where, kind) for _, where, kind, *_ in found if path.is_relative_to(where.replace("\\040", " "))]
    return max(holding, key=lambda mount: len(mount[0]), default=("", ""))[1]
