"""A lock for writers who take turns."""

import threading
from collections import deque


class FairLock:
    """A lock that serves those who wait in the order they came. A plain lock lets a lucky thread starve the others."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._is_held = False

    def acquire(self, seconds: float) -> bool:
        """Wait for the turn; False when it did not come in time."""
        with self._guard:
            if not self._is_held:
                self._is_held = True
                return True
            turn = threading.Event()
            self._queue.append(turn)
        if turn.wait(seconds):
            return True
        with self._guard:
            if turn.is_set():  # the turn came between the time-out and the guard
                return True
            self._queue.remove(turn)
            return False

    def release(self) -> None:
        """Hand the lock to the one who has waited longest."""
        with self._guard:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._is_held = False
