"""What an app has worked out and need not work out again.

Each app remembers for itself. A key names what was worked out by its content, such as a digest, and never by a row's
number: a database that is made again numbers its rows from one.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from flask import current_app

MOST = 64
T = TypeVar("T")


class _Remembered:
    """The newest answers of one app; any of its threads may ask."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Any] = OrderedDict()
        self._guard = Lock()

    def get(self, key: tuple[str, ...], work_out: Callable[[], Any]) -> Any:
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = work_out()  # outside the guard: two that ask at once both work, and nobody waits
        with self._guard:
            self._kept[key] = found
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return found


def remembered(key: tuple[str, ...], work_out: Callable[[], T]) -> T:
    """What `work_out` gives, from memory where this app has it. What raises is not remembered."""
    kept: _Remembered = current_app.extensions.setdefault("pbvote-remembered", _Remembered())
    found: T = kept.get(key, work_out)
    return found
