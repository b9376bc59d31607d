"""How often something happened in the last minute, counted by all processes of a host in memory that they share.

Nothing is written to a disk, and nothing is kept of who or when: there is a number for each half minute, overwritten
two minutes later.
"""

import mmap
import os
import struct
import threading
import time
from typing import Final
from zlib import crc32

WINDOW_SECONDS: Final = 30
WINDOWS: Final = 4
"""The half minute that runs, the two that are told, and one between that nobody reads while it is overwritten."""
LANES: Final = 64
KEYS: Final = 1024
_CELL: Final = struct.Struct("=II")
"""Which half minute, and how often."""


class SharedCount:
    """Made before the processes part; each then counts in a lane of its own, so that none waits for another.

    Two processes that share a lane by chance, or one that is killed in the middle, cost a few counts and no more. Two
    keys share a number once in a thousand times.
    """

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, LANES * KEYS * WINDOWS * _CELL.size)
        self._guard = threading.Lock()

    def add(self, key: str) -> None:
        """Count one."""
        window = _window_now()
        at = _place(os.getpid() % LANES, key, window)
        with self._guard:
            counted_in, times = _CELL.unpack_from(self._memory, at)
            _CELL.pack_into(self._memory, at, window, times + 1 if counted_in == window else 1)

    def last_minute(self, key: str) -> int:
        """How often in the last two half minutes that are over."""
        now = _window_now()
        return sum(self._told(lane, key, window) for lane in range(LANES) for window in (now - 1, now - 2))

    def _told(self, lane: int, key: str, window: int) -> int:
        counted_in, times = _CELL.unpack_from(self._memory, _place(lane, key, window))
        return int(times) if counted_in == window else 0


def _window_now() -> int:
    return int(time.time()) // WINDOW_SECONDS


def _place(lane: int, key: str, window: int) -> int:
    cell = (lane * KEYS + crc32(key.encode()) % KEYS) * WINDOWS + window % WINDOWS
    return cell * _CELL.size
