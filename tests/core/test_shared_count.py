"""Counting in memory that processes share."""

import datetime as dt
import os
import subprocess
import sys

import pytest
import time_machine

from pbvote.core.shared_count import SharedCount

NOON = dt.datetime(2014, 7, 12, 12, tzinfo=dt.UTC)


def test_what_is_told_is_the_last_minute_that_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    count = SharedCount()
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(3):
            count.add("sale")
        monkeypatch.setattr(os, "getpid", lambda: 4242)
        count.add("sale")
        count.add("stretford")
        assert count.last_minute("sale") == 0, "the half minute that runs tells when each one came"
        clock.shift(30)
        count.add("sale")
        assert (count.last_minute("sale"), count.last_minute("stretford")) == (4, 1)
        clock.shift(30)
        assert count.last_minute("sale") == 5
        clock.shift(30)
        assert count.last_minute("sale") == 1
        clock.shift(30)
        assert count.last_minute("sale") == 0
        count.add("sale")  # overwrites what was counted two minutes ago
        clock.shift(30)
        assert count.last_minute("sale") == 1


PROGRAM = """
import os, time
from pbvote.core.shared_count import WINDOW_SECONDS, SharedCount
count = SharedCount()
for _ in range(2):
    child = os.fork()
    if not child:
        [count.add("sale") for _ in range(1000)]
        os._exit(0)
    os.waitpid(child, 0)
later = time.time() + WINDOW_SECONDS
time.time = lambda: later
print(count.last_minute("sale"))
"""


def test_processes_that_part_afterwards_count_together() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout == "2000\n"
