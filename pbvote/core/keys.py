"""An event's key, and what is derived from it. The database holds only what comes out of here, never a code.

Everything follows `docs/security.md`: without the key, the tags in a copy of the database link to nothing.
"""

import contextlib
import hmac
import os
import secrets
from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from pbvote.core.codes import ALPHABET
from pbvote.core.disks import make_folder, sync_folder

KEY_BYTES = 32
CHECK_NUMBER = 8
"""Symbols of a check number: 40 bits."""


_STANDARD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # base32 as the standard library writes it
_AS_OURS = bytes.maketrans(_STANDARD, ALPHABET.encode())
_CHECK_BYTES = 5 * CHECK_NUMBER // 8


class KeyMissing(Exception):
    """This host holds no key for the event, so it can neither print for it nor take a ballot."""


@dataclass(frozen=True, slots=True)
class EventKey:
    """The sub-keys of one event (HKDF-Expand of 32 random bytes, RFC 5869)."""

    event: str
    codes: bytes
    ballots: bytes
    receipts: bytes
    fingerprint: str
    """16 hexadecimal digits that tell this key from others and nothing else about it."""

    @classmethod
    def derive(cls, event: str, key: bytes) -> "EventKey":
        """The sub-keys of the event with this slug, from its 32-byte key."""

        def sub_key(purpose: bytes, length: int = KEY_BYTES) -> bytes:
            return HKDFExpand(algorithm=SHA256(), length=length, info=b"pbvote " + purpose).derive(key)

        fingerprint = sub_key(b"fingerprint", 8).hex()
        return cls(event, sub_key(b"codes"), sub_key(b"ballots"), sub_key(b"receipts"), fingerprint)

    def code_tag(self, code: str) -> bytes:
        """All that the database ever holds of a code: 32 bytes."""
        return hmac.digest(self.codes, self.event.encode() + b"\0" + code.encode(), sha256)

    def ballot_tag(self, code_tag: bytes) -> bytes:
        """The primary key of the slip's ballot: 32 bytes that a copy of the database can't lead back to the slip."""
        return hmac.digest(self.ballots, code_tag, sha256)

    def check_number(self, code_tag: bytes) -> str:
        """What shows a slip's holder that its ballot was counted, and nobody how: always the same for a slip."""
        return check_numbers_of([hmac.digest(self.receipts, code_tag, sha256)[:_CHECK_BYTES]])[0]

    def of_many(self, code_tags: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """For each code tag its ballot tag, and its check number as bytes for `check_numbers_of`."""
        ballot, receipt = _keyed(self.ballots), _keyed(self.receipts)
        return ((ballot(tag), receipt(tag)[:_CHECK_BYTES]) for tag in code_tags)


def check_numbers_of(drawn: Iterable[bytes]) -> list[str]:
    """Check numbers from their bytes. Sorted bytes give sorted numbers."""
    text = b32encode(b"".join(drawn)).translate(_AS_OURS).decode()
    return [text[start : start + CHECK_NUMBER] for start in range(0, len(text), CHECK_NUMBER)]


def _keyed(key: bytes) -> Callable[[bytes], bytes]:
    """HMAC-SHA-256 (RFC 2104) under one key, for a million messages: three times as fast as one by one.

    The block that holds the key is hashed once, and its state is copied for each message.
    """
    block = key.ljust(64, b"\0")
    inner, outer = (sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))

    def mac(message: bytes) -> bytes:
        first, second = inner.copy(), outer.copy()
        first.update(message)
        second.update(first.digest())
        return second.digest()

    return mac


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The folder that holds one file an event, mode 0600, outside the database and outside every backup.

    What was derived from a key is remembered for as long as its file is the one that was read. Each use asks the folder
    first, so a key that another process destroyed is forgotten here, and one that came back is found.
    """

    folder: Path
    _known: dict[str, tuple[tuple[int, ...], EventKey]] = field(default_factory=dict, compare=False, repr=False)

    def _path(self, event: str) -> Path:
        return self.folder / f"{event}.key"

    def ensure(self, event: str) -> EventKey:
        """The event's key, made now where there was none. Two processes that race agree on one key."""
        if not self._path(event).exists():
            self._keep(event, secrets.token_bytes(KEY_BYTES))
        return self.read(event)

    def restore(self, event: str, key: bytes) -> None:
        """Put a key of 32 bytes back that this host has lost, in place of what may be left of its file.

        Where there is a whole one, that stays.
        """
        with contextlib.suppress(FileNotFoundError):
            if self._path(event).stat().st_size != KEY_BYTES:
                self._path(event).unlink()
        self._keep(event, key)

    def _keep(self, event: str, key: bytes) -> None:
        make_folder(self.folder)
        path = self._path(event)
        fresh = path.with_suffix(f".{secrets.token_hex(8)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        # A link is made whole or not at all, and never over another's: the first key to arrive is the key.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
        sync_folder(self.folder)

    def read(self, event: str) -> EventKey:
        """The event's key. Raises `KeyMissing` where this host has none."""
        mark = self._mark(event)
        known = self._known.get(event)
        if known is None or known[0] != mark:
            self._known.pop(event, None)
            # The mark is older than the bytes: should another file come between them, the next use reads again.
            known = self._known[event] = (mark, EventKey.derive(event, self.read_bytes(event)))
        return known[1]

    def _mark(self, event: str) -> tuple[int, ...]:
        """What tells this key's file from every other, and from itself once anybody has written to it."""
        try:
            found = self._path(event).stat()
        except FileNotFoundError as error:
            self._known.pop(event, None)
            raise KeyMissing(event) from error
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns

    def read_bytes(self, event: str) -> bytes:
        """The 32 bytes themselves, for the recovery sheet alone. Raises `KeyMissing`."""
        try:
            key = self._path(event).read_bytes()
        except FileNotFoundError as error:
            raise KeyMissing(event) from error
        if len(key) != KEY_BYTES:
            raise KeyMissing(event)
        return key

    def destroy(self, event: str) -> None:
        """Destroy the event's key on this host: overwritten, then removed. Doing it again changes nothing.

        What a disk keeps of a file that is overwritten is the disk's own affair: see `docs/security.md`.
        """
        self._known.pop(event, None)
        for path in [self._path(event), *self.folder.glob(f"{event}.[0-9a-f]*")]:
            with contextlib.suppress(FileNotFoundError):
                with path.open("r+b") as file:
                    file.write(secrets.token_bytes(KEY_BYTES))
                    file.flush()
                    os.fsync(file.fileno())
                path.unlink()
        if self.folder.exists():
            sync_folder(self.folder)
