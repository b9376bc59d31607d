"""Whether a voter id stands twice in a file, without keeping the ids.

A set of five million ids takes 460 MB; their hashes of eight bytes take 40 MB. Where two hashes are equal the caller
reads the file again and compares the ids themselves.
"""

from array import array
from collections.abc import Iterable

_FEW = 1 << 18  # hashes that are quickly compared in a set


class VoterIds:
    """The hashes of the ids of one file."""

    def __init__(self) -> None:
        self._hashes = array("q")

    def add(self, ids: Iterable[str]) -> None:
        self._hashes.extend(map(hash, ids))

    def repeated(self) -> frozenset[int]:
        """Hashes that more than one id has; almost always none."""
        if len(self._hashes) <= _FEW and len(set(self._hashes)) == len(self._hashes):
            return frozenset()
        import numpy as np  # only for the largest files: it takes longer to load than a small file to read

        ordered = np.frombuffer(self._hashes, dtype=np.int64)
        ordered.sort()  # in place, so that there is no second copy
        return frozenset(ordered[1:][ordered[1:] == ordered[:-1]].tolist())
