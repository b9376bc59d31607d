"""The arithmetic of the ledger: canonical text, and each entry's hash over the one before."""

import json
from collections.abc import Mapping
from hashlib import sha256

FIRST = "0" * 64


def canonical(value: object) -> str:
    """A value as the one JSON text that stands for it: sorted keys, no blanks, real characters."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: object) -> str:
    """SHA-256 of the canonical text, as 64 hexadecimal digits."""
    return sha256(canonical(value).encode()).hexdigest()


def entry_hash(entry: Mapping[str, object]) -> str:
    """The hash of a ledger entry: of ``event, seq, prev, type, body, at, actor`` as canonical text.

    ``prev`` is the hash of the entry before it (64 zeros for the first), so no entry can change unnoticed.
    """
    return digest({key: entry[key] for key in ("event", "seq", "prev", "type", "body", "at", "actor")})
