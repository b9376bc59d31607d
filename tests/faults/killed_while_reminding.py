"""A process that reminds, and is killed after some of the letters: see `test_reminding`."""

import os
import signal
from multiprocessing import get_context
from unittest import mock

import time_machine

from pbvote.app import create_app
from pbvote.people.models import Account

_WRITES = "pbvote.grants.reminding.service.write_to", "pbvote.grants.reminding.digests.write_to"


def remind_until(instance: str, url: str, when: str, letters: int) -> None:
    """Run the command at a moment, and die as in a power cut before this letter's transaction ends."""
    app = create_app({"INSTANCE_PATH": instance, "DATABASE_URL": url, "SECRET_KEY": "not secret: a test's"})
    left = letters

    def write_to(reader: Account, subject: str, parts: tuple[str, ...], page: str) -> None:
        nonlocal left
        real(reader, subject, parts, page)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    from pbvote.grants.mentors.letters import write_to as real

    with (
        time_machine.travel(when, tick=False),
        mock.patch(_WRITES[0], write_to),
        mock.patch(_WRITES[1], write_to),
        mock.patch("pbvote.grants.reminding.service.BATCH", 2),
        mock.patch("pbvote.grants.reminding.digests.PEOPLE", 1),
    ):
        result = app.test_cli_runner().invoke(args=["remind"])
        os._exit(result.exit_code)


def exit_codes(instance: str, url: str, when: str, letters: list[int]) -> list[int | None]:
    """Let processes remind at the same time, each until its letter (0: to the end); how each ended.

    They are forks, which have everything imported. No connection may be open here.
    """
    context = get_context("fork")
    processes = [context.Process(target=remind_until, args=(instance, url, when, until)) for until in letters]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]
