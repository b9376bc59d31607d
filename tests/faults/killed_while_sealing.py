"""A process that counts and seals, and is killed at one moment of it: see `test_sealing`."""

import os
import signal
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from unittest import mock

from pbvote.app import create_app
from pbvote.db import begin_write, db
from pbvote.people.service import account_with_email
from pbvote.vote.count.finishing import steps
from tests.factories import agree_with_witness, the_event

STEPS = ("agree", "totals", "count", "box", "key", "log", "seal", "study")
MOMENTS = [f"{when} {name}" for name in STEPS for when in ("before", "in the middle of", "after")]
"""In the middle: the step is done and not committed. Of a step that comes in batches, the first."""


class Mortal:
    """Dies at its moment: as in a power cut, without clean-up."""

    def __init__(self, moment: str) -> None:
        self.moment = moment

    def reaches(self, moment: str) -> None:
        """Die, where this is the moment."""
        if moment == self.moment:
            os.kill(os.getpid(), signal.SIGKILL)


def die_or_flush(mortal: Mortal, moment: str, flush: Callable[[int], None], file: int) -> None:
    """Die in place of flushing, where this is the moment. Else the file is flushed: a power cut may come later."""
    mortal.reaches(moment)
    flush(file)


def count_and_seal(instance: str, url: str, moment: str) -> None:
    """Count and seal, and die on the way."""
    app = create_app({"INSTANCE_PATH": instance, "DATABASE_URL": url, "SECRET_KEY": "not secret: a test's"})
    mortal = Mortal(moment)
    batches = mock.patch.multiple("pbvote.vote.count.counting", BATCH=2)
    with app.app_context(), batches, mock.patch.multiple("pbvote.vote.count.sealing", BATCH=5):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        mortal.reaches("before agree")
        begin_write()
        agree_with_witness(the_event(), organiser)
        mortal.reaches("in the middle of agree")
        db.session.commit()
        mortal.reaches("after agree")
        for step in steps(the_event(), organiser):
            mortal.reaches(f"before {step.name}")
            if step.is_write:
                begin_write()
            with mock.patch("os.fsync", partial(die_or_flush, mortal, f"in the middle of {step.name}", os.fsync)):
                step.do()
            mortal.reaches(f"in the middle of {step.name}")
            db.session.commit()
            mortal.reaches(f"after {step.name}")


def exit_code_of_one_killed(instance: str, url: str, moment: str) -> int | None:
    """Let a process of its own count and seal until its moment; minus the signal that ended it.

    It is a fork, which has everything imported: there are many moments. No connection may be open here.
    """
    process = get_context("fork").Process(target=count_and_seal, args=(instance, url, moment))
    process.start()
    process.join()
    return process.exitcode
