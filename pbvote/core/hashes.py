"""The arithmetic of the ledger: canonical text, and each entry's hash over the one before."""

import json
from collections.abc import Iterable
from hashlib import sha256


def canonical(value: object) -> str:
    """A value as the one JSON text that stands for it: sorted keys, no blanks, real characters."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: object) -> str:
    """SHA-256 of the canonical text, as 64 hexadecimal digits."""
    return sha256(canonical(value).encode()).hexdigest()


def digest_of_lines(parts: Iterable[str]) -> str:
    """SHA-256 of a text that comes in parts and is never held as a whole."""
    hashed = sha256()
    for part in parts:
        hashed.update(part.encode())
    return hashed.hexdigest()
