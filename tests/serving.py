"""What tests of a real server need."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, TypeVar

from flask import Flask

T = TypeVar("T")
STARTING_SECONDS = 90  # on a busy machine


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody answers there."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def in_a_loop_of_its_own(work: Coroutine[Any, Any, T]) -> T:
    """What the work gives, in a thread that has no event loop: the browser tests leave one running in theirs."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


def with_a_slow_page(app: Flask, folder: str) -> Flask:
    """The app with a page that says when it has begun and ends when it is told to."""

    @app.get("/slow")
    def slow() -> str:
        Path(folder, "began").touch()
        while not Path(folder, "go").exists():
            time.sleep(0.01)
        return "finished\n"

    return app


@contextlib.contextmanager
def server(
    instance: Path, url: str, port: int, workers: int, errors: IO[bytes] | None = None, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """pbvote as a council serves it, in a process group of its own. What it writes down goes to `errors`.

    `settings` are its own (`BASE_URL`).
    """
    program = (
        "import sys; from pbvote.app import create_app; from flask.cli import ScriptInfo; "
        "from pbvote.cli.serve import serve_command; "
        f"info = ScriptInfo(create_app=lambda: create_app({{'INSTANCE_PATH': {str(instance)!r}}})); "
        f"serve_command.main(['--port', '{port}', '--workers', '{workers}', '--threads', '8'], obj=info)"
    )
    secret = "not secret: a test's"
    environment = {**os.environ, "PBVOTE_DATABASE_URL": url, "PBVOTE_SECRET_KEY": secret, "PBVOTE_KEYS_DIR": ""}
    environment |= {f"PBVOTE_{name}": value for name, value in settings.items()}
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=errors,
    ) as process:
        try:
            deadline = time.monotonic() + STARTING_SECONDS
            while not answers(port):
                assert time.monotonic() < deadline, "the server did not start"
                assert process.poll() is None, "the server did not stay"
                time.sleep(0.05)
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
