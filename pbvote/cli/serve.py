"""The command that serves: granian in front of the app's threads, and the conditions under which a vote is safe."""

import atexit
import multiprocessing
import os
import resource
import shutil
import socket
import tempfile
from importlib import import_module
from pathlib import Path

import click
from flask import Flask
from flask.cli import ScriptInfo, pass_script_info
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from pbvote.cli.front import Front, Measuring
from pbvote.cli.printing import Failure, say
from pbvote.config import SERVED_AT
from pbvote.db import db
from pbvote.doctor.findings import Level
from pbvote.doctor.places import database_lies_locally
from pbvote.log_lines import write_log_lines
from pbvote.memory import settle_memory

THREADS = 16
CONNECTIONS = 4096  # in each process; a hall's phones open a handful each
HEAD_SECONDS = 15  # for a request's head, and between two requests of a connection
HEAD_BYTES = 32 * 1024
STOPPING_SECONDS = 20


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
    say(f"Serving on http://{host}:{port} (stop with Ctrl+C)")
    write_log_lines()
    measuring = _begin_metrics(app)
    front = Front(app, threads, is_one_of_many=workers > 1, measuring=measuring)
    settle_memory()  # before the workers begin, who inherit all that is loaded
    _server(host, port, workers).serve(target_loader=lambda: front, wrap_loader=False)


def _begin_metrics(app: Flask) -> Measuring | None:
    """Where the settings name an address for them, answer there; gives what counts requests in each process."""
    setting = str(app.config["METRICS_LISTEN"])
    if not setting:
        return None
    host, _, port = setting.rpartition(":")
    if not host:
        raise Failure(f"PBVOTE_METRICS_LISTEN names no address before the port: {setting}. Write 127.0.0.1:9109.")
    folder = tempfile.mkdtemp(prefix="pbvote-metrics-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # read when the library is first imported
    metrics = import_module("pbvote.cli.metrics")
    try:
        metrics.serve_metrics(app, host, int(port))
    except (OSError, ValueError) as error:
        raise Failure(f"Can't serve metrics on {setting} ({error}).") from error
    return lambda: metrics.Requests(app, metrics.CollectorRegistry()).note


def _server(host: str, port: int, workers: int) -> MPServer:
    """granian, set up for phones that come without a proxy."""
    _allow_open_files()
    # The workers inherit the app that was looked at; a fresh process would have to be told how to make it again.
    multiprocessing.set_start_method("fork", force=True)
    return MPServer(
        "pbvote",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        loop=Loops.asyncio,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_SECONDS * 1000, max_buffer_size=HEAD_BYTES),
        websockets=False,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        log_access=False,
        log_dictconfig={"handlers": {}, "loggers": {"_granian": {"propagate": True}}},
        log_level=LogLevels.error,
        workers_kill_timeout=STOPPING_SECONDS,
        respawn_failed_workers=True,
    )


def _allow_open_files() -> None:
    """Let this process hold as many connections as the system allows; many systems begin at 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


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
    for finding in database_lies_locally():
        if finding.level is Level.UNSAFE:
            raise click.UsageError(f"{finding.sentence} {finding.advice}")
