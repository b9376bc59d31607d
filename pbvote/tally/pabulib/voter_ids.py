"""Whether a voter id stands twice in a file, without keeping the ids.

A set of five million ids takes 460 MB; their hashes of eight bytes take 40 MB. Where two hashes are equal the caller
reads the file again and compares the ids themselves.
"""

from array import array
from collections.abc import Iterable, Iterator

AT_ONCE = 1 << 16  # hashes whose ids are compared in one reading
_FEW = 1 << 18  # hashes that are quickly compared in a set

hash_of = hash  # of an id: eight bytes that nobody can foresee, so that nobody can make many ids that share them


class VoterIds:
    """The hashes of the ids of one file."""

    def __init__(self) -> None:
        self._hashes = array("q")

    def add(self, ids: Iterable[str]) -> None:
        self._hashes.extend(map(hash_of, ids))

    def repeated(self) -> Iterator[frozenset[int]]:
        """Hashes that more than one id has, almost always none: in sets of AT_ONCE."""
        if len(self._hashes) <= _FEW and len(set(self._hashes)) == len(self._hashes):
            return
        import numpy as np  # only for the largest files: it takes longer to load than a small file to read

        ordered = np.frombuffer(self._hashes, dtype=np.int64)
        ordered.sort()  # in place, so that there is no second copy
        is_repeated = ordered[1:] == ordered[:-1]
        is_repeated[1:] &= ~is_repeated[:-1]  # a hash that stands many times is named once
        repeated = ordered[1:][is_repeated]
        for start in range(0, len(repeated), AT_ONCE):
            yield frozenset(repeated[start : start + AT_ONCE].tolist())
