"""Seals a closed poll in a process of its own, and kills it after the function that is named: `INSTANCE URL STEP`."""

import os
import signal
import sys
from pkgutil import resolve_name
from typing import Any
from unittest import mock

from pbvote.app import create_app
from pbvote.db import begin_write, db
from pbvote.people.service import account_with_email
from pbvote.vote.count.finishing import finish_sealing
from tests.factories import count_with_witness, the_event

DIES_AFTER = {
    "before the count is committed": "pbvote.vote.count.sealing.write_entry",
    "after the count": "tests.faults.killed_while_sealing.counted",
    "in the middle of the key's destruction": "os.fsync",
    "after the key's destruction": "pbvote.vote.count.finishing.destroy_traces",
    "before the seal is committed": "pbvote.vote.count.finishing.seal_poll",
    "after the seal": "tests.faults.killed_while_sealing.sealed",
}


def counted() -> None:
    """The count is committed."""


def sealed() -> None:
    """The seal is committed."""


def main(instance: str, url: str, step: str) -> None:
    """Count and seal, and die on the way: as in a power cut, without clean-up."""
    app = create_app({"INSTANCE_PATH": instance, "DATABASE_URL": url, "SECRET_KEY": "not secret: a test's"})
    target = DIES_AFTER[step]
    verb = resolve_name(target)

    def do_and_die(*given: Any, **named: Any) -> None:
        verb(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context(), mock.patch(target, do_and_die):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        begin_write()
        count_with_witness(the_event(), organiser)
        db.session.commit()
        resolve_name("tests.faults.killed_while_sealing.counted")()
        finish_sealing(the_event().slug, organiser)
        resolve_name("tests.faults.killed_while_sealing.sealed")()


if __name__ == "__main__":
    main(*sys.argv[1:])
