"""What tests of a real server need."""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
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


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    """Look again and again, for so long at most."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


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


PROGRAM = """
from flask.cli import ScriptInfo
from pbvote.app import create_app
from pbvote.cli.serve import serve_command

def weakened():
    app = create_app({{'INSTANCE_PATH': {instance!r}}})
    with app.app_context():
        {weaken}
    return app

info = ScriptInfo(create_app=weakened)
serve_command.main(['--port', '{port}', '--workers', '{workers}', '--threads', '8'], obj=info)
"""


@contextlib.contextmanager
def server(
    instance: Path, url: str, port: int, workers: int, errors: IO[bytes] | None = None, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """pbvote as a council serves it, in a process group of its own. What it writes down goes to `errors`.

    `settings` are its own (`BASE_URL`).
    """
    program = PROGRAM.format(instance=str(instance), port=port, workers=workers, weaken="pass")
    environment = {**os.environ, **_settings(url)} | {f"PBVOTE_{name}": value for name, value in settings.items()}
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=errors,
    ) as process:
        try:
            _wait_for(port, lambda: process.poll() is None)
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def forked_server(instance: Path, url: str, port: int, workers: int, weaken: str = "pass") -> Iterator[int]:
    """The same from a process that has everything imported, for tests that start many; yields the process's number.

    `weaken` is a line that makes its app worse.
    """
    program = PROGRAM.format(instance=str(instance), port=port, workers=workers, weaken=weaken)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pbvote.app", "pbvote.cli.serve"])
    process = context.Process(target=_become, args=(program, _settings(url)))
    process.start()
    assert process.pid
    try:
        _wait_for(port, process.is_alive)
        yield process.pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.join()


def _become(program: str, settings: dict[str, str]) -> None:
    os.setsid()
    os.environ.update(settings)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    exec(program, {})  # noqa: S102  # the same as the other server runs


def _settings(url: str) -> dict[str, str]:
    return {"PBVOTE_DATABASE_URL": url, "PBVOTE_SECRET_KEY": "not secret: a test's", "PBVOTE_KEYS_DIR": ""}


def _wait_for(port: int, is_there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while not answers(port):
        assert time.monotonic() < deadline, "the server did not start"
        assert is_there(), "the server did not stay"
        time.sleep(0.05)
