"""The arithmetic of the ledger: each entry's hash over the one before."""

from collections.abc import Mapping

from pbvote.core.hashes import digest

FIRST = "0" * 64


def entry_hash(entry: Mapping[str, object]) -> str:
    """The hash of a ledger entry: of ``event, seq, prev, type, body, at, actor`` as canonical text.

    ``prev`` is the hash of the entry before it (64 zeros for the first), so no entry can change unnoticed.
    """
    return digest({key: entry[key] for key in ("event", "seq", "prev", "type", "body", "at", "actor")})
