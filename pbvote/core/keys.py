"""An event's key, and what is derived from it. The database holds only what comes out of here, never a code.

Everything follows `docs/security.md`: without the key, the tags in a copy of the database link to nothing.
"""

import contextlib
import hmac
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

KEY_BYTES = 32


class KeyMissing(Exception):
    """This host holds no key for the event, so it can neither print for it nor take a ballot."""


@dataclass(frozen=True, slots=True)
class EventKey:
    """The sub-keys of one event (HKDF-Expand of 32 random bytes, RFC 5869)."""

    event: str
    codes: bytes
    ballots: bytes

    @classmethod
    def derive(cls, event: str, key: bytes) -> "EventKey":
        """The sub-keys of the event with this slug, from its 32-byte key."""

        def sub_key(purpose: bytes) -> bytes:
            return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=b"pbvote " + purpose).derive(key)

        return cls(event, sub_key(b"codes"), sub_key(b"ballots"))

    def code_tag(self, code: str) -> bytes:
        """All that the database ever holds of a code: 32 bytes."""
        return hmac.digest(self.codes, self.event.encode() + b"\0" + code.encode(), sha256)

    def ballot_tag(self, code_tag: bytes) -> bytes:
        """The primary key of the slip's ballot: 32 bytes that a copy of the database can't lead back to the slip."""
        return hmac.digest(self.ballots, code_tag, sha256)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The folder that holds one file an event, mode 0600, outside the database and outside every backup."""

    folder: Path

    def _path(self, event: str) -> Path:
        return self.folder / f"{event}.key"

    def ensure(self, event: str) -> EventKey:
        """The event's key, made now where there was none. Two processes that race agree on one key."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(event)
        if not path.exists():
            fresh = path.with_suffix(f".{secrets.token_hex(8)}")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            # A link is made whole or not at all, and never over another's: the first key to arrive is the key.
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(fresh)
            fresh.unlink()
            _sync_folder(self.folder)
        return self.read(event)

    def read(self, event: str) -> EventKey:
        """The event's key. Raises `KeyMissing` where this host has none."""
        try:
            key = self._path(event).read_bytes()
        except FileNotFoundError as error:
            raise KeyMissing(event) from error
        if len(key) != KEY_BYTES:
            raise KeyMissing(event)
        return EventKey.derive(event, key)


def _sync_folder(folder: Path) -> None:
    """Make a new name in the folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
