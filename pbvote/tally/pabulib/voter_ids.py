"""Whether a voter id stands twice in a file, without keeping the ids.

A set of five million ids takes 460 MB; their hashes of eight bytes take 40 MB. Where two hashes are equal the caller
reads the file again and compares the ids themselves.
"""

from array import array
from collections.abc import Iterable, Iterator

_AT_ONCE = 1 << 19  # hashes compared in one set


class VoterIds:
    """The hashes of the ids of one file."""

    def __init__(self) -> None:
        self._hashes = array("q")

    def add(self, ids: Iterable[str]) -> None:
        self._hashes.extend(map(hash, ids))

    def repeated(self) -> frozenset[int]:
        """Hashes that more than one id has; almost always none."""
        found: set[int] = set()
        for part in self._parts():
            if len(set(part)) < len(part):
                seen: set[int] = set()
                found.update(value for value in part if value in seen or seen.add(value))  # type: ignore[func-returns-value]
        return frozenset(found)

    def _parts(self) -> Iterator["array[int]"]:
        """The hashes in parts of limited length, equal ones in the same part."""
        number = 1 + len(self._hashes) // _AT_ONCE
        if number == 1:
            yield self._hashes
            return
        parts = [array("q") for _ in range(number)]
        add = [part.append for part in parts]
        for value in self._hashes:
            add[value % number](value)
        yield from parts
