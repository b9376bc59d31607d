"""Noticing that somebody tries codes, without a lock-out and without noting whose phone it was. Nothing here commits.

One guess hits one of 500 live slips with a chance below 1 in 10^13, so nobody is ever kept out: a good code is served
whatever went before, or one bad phone would block a whole hall behind one address. What is limited is the noting: each
note is a write, and anyone who tries codes as fast as they can must not fill the line in which the votes wait.
"""

import datetime as dt
import threading
import time
from collections.abc import Callable

import sqlalchemy as sa
from flask import current_app

from pbvote.core.clock import now
from pbvote.core.codes import read_code
from pbvote.db import add_one, db
from pbvote.vote.slips.models import FailedLookup

BURST = 30
PER_SECOND = 1.0
KEPT = dt.timedelta(days=7)


class Bucket:
    """Holds up to `burst` tokens and gains `per_second`. One to a process; any thread may take from it."""

    def __init__(
        self, burst: int = BURST, per_second: float = PER_SECOND, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._tokens = float(burst)
        self._filled_at = clock()
        self._guard = threading.Lock()

    def take(self) -> bool:
        """Take a token; False where there is none."""
        with self._guard:
            moment = self._clock()
            self._tokens = min(self._burst, self._tokens + (moment - self._filled_at) * self._per_second)
            self._filled_at = moment
            if self._tokens < 1:
                return False
            self._tokens -= 1
            return True


def is_to_be_noted(typed: str) -> bool:
    """Whether a failed look-up of this code is to be noted now: it was well formed, and the bucket has a token left.

    A slip of the pen never comes so far: its check symbol is wrong, and nothing is looked up.
    """
    bucket: Bucket = current_app.extensions.setdefault("pbvote-guessing", Bucket())
    return read_code(typed) is not None and bucket.take()


def note_failed_lookup() -> None:
    """Add one to this minute's number. Neither the code nor where it came from is kept; a week later nothing is."""
    minute = now().replace(second=0, microsecond=0)
    add_one(FailedLookup, {"minute": minute})
    db.session.execute(sa.delete(FailedLookup).where(FailedLookup.minute < minute - KEPT))


def failed_lookups(minutes: int = 15) -> int:
    """How many well-formed codes that no slip votes with were noted in the last minutes, at all events together."""
    return db.session.scalar(number_failed(minutes)) or 0


def number_failed(minutes: int = 15) -> sa.Select[int]:
    """The same as a query."""
    since = now() - dt.timedelta(minutes=minutes)
    times = sa.func.coalesce(sa.func.sum(FailedLookup.times), 0)
    return sa.select(sa.cast(times, sa.Integer)).where(FailedLookup.minute >= since)
