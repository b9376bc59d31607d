"""Heavy work that one does at a time, while a few wait: those who come then are sent away at once.

A server has few threads. If each of them waited for a picture that another draws, no voter would find one.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Crowded(Exception):
    """So many wait already that this one is not done now. The same may be asked for again in a moment."""


class Turns:
    """One at a time, and at most so many who wait."""

    def __init__(self, most_waiting: int) -> None:
        self._places = threading.BoundedSemaphore(1 + most_waiting)
        self._turn = threading.Lock()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for the turn, and hold it. Raises `Crowded`."""
        if not self._places.acquire(blocking=False):
            raise Crowded
        try:
            with self._turn:
                yield
        finally:
            self._places.release()
