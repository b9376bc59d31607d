"""What an app has worked out and need not work out again.

Each app remembers for itself. A key names what was worked out by its content, such as a digest, and never by a row's
number: a database that is made again numbers its rows from one.
"""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import nullcontext, suppress
from threading import Lock
from typing import Any, TypeVar

from flask import current_app

from pbvote.core.turns import Turns

MOST = 64
MOST_WAITING = 3
T = TypeVar("T")


class _Remembered:
    """The newest answers of one app; any of its threads may ask."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Any] = OrderedDict()
        self._guard = Lock()
        self.turns = Turns(MOST_WAITING)

    def find(self, key: tuple[str, ...]) -> Any:
        """What is kept under the key. Raises `KeyError`."""
        with self._guard:
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, key: tuple[str, ...], found: Any) -> None:
        """Keep it, and forget what nobody has asked for the longest."""
        with self._guard:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


def remembered(key: tuple[str, ...], work_out: Callable[[], T], *, is_heavy: bool = False) -> T:
    """What `work_out` gives, from memory where this app has it. What raises is not remembered.

    What takes moments is worked out by two that ask at once, and nobody waits. What `is_heavy`, and may be asked for by
    anybody, is worked out by one at a time while a few wait, so that it never takes all threads. Then raises `Crowded`.
    """
    kept: _Remembered = current_app.extensions.setdefault("pbvote-remembered", _Remembered())
    with suppress(KeyError):
        known: T = kept.find(key)
        return known
    with kept.turns.take() if is_heavy else nullcontext():
        try:
            found: T = kept.find(key)  # whoever had the turn before may have worked out the same
        except KeyError:
            found = work_out()
            kept.keep(key, found)
    return found
