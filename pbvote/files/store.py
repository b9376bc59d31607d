"""Where the content of files lies: a folder, each file under the digest of what is in it.

The same content is stored once, however often it is sent, and never changes. Whatever keeps bytes under a name can
stand in its place, such as a bucket: pages need `put` and `open`; `pbvote sweep-files` needs the others.
"""

import contextlib
import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from flask import current_app

from pbvote.core.disks import make_folder, sync_folder
from pbvote.storage import NoRoom

DAY_SECONDS: Final = 24 * 3600
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_NEW, _GOING = ".new-", ".going"


class FileMissing(Exception):
    """A row names a file that is not in the folder: it was not restored, or somebody deleted it."""


class Store:
    """A folder of files, readable for this user alone. Several hosts may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Store the content for good and return its digest. Raises `NoRoom` where it can't be stored.

        It is on the disk, whole and under its name, before this returns: a row that is committed afterwards never names
        a file that is not there. What has no row after a day is swept.
        """
        digest = sha256(content).hexdigest()
        place = self._place(digest)
        try:
            if _is_renewed(place):
                return digest
            make_folder(place.parent)
            descriptor, new = tempfile.mkstemp(prefix=_NEW, dir=self._folder)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(new).replace(place)
            for folder in (place.parent, self._folder):
                sync_folder(folder)
        except OSError as error:
            raise NoRoom from error
        return digest

    def open(self, digest: str) -> BinaryIO:
        """The content under this digest, to read. Raises `FileMissing`."""
        try:
            return self._place(digest).open("rb")
        except FileNotFoundError as gone:
            raise FileMissing from gone

    def delete(self, digest: str, older_than: float = DAY_SECONDS) -> bool:
        """Delete the content unless it was put again within so many seconds. Whether it is gone.

        It is set aside before its age is read: whoever puts the same content at that moment finds none, and writes it.
        """
        place = self._place(digest)
        aside = place.with_suffix(_GOING)
        with contextlib.suppress(FileNotFoundError):
            place.replace(aside)
            if aside.stat().st_mtime > time.time() - older_than:
                aside.replace(place)
                return False
            aside.unlink()
        return True

    def digests(self) -> Iterator[str]:
        """The digests of all that is stored."""
        for file in self._folder.glob("??/*"):
            if _DIGEST.fullmatch(file.name):
                yield file.name

    def missing(self, digests: Iterable[str]) -> list[str]:
        """Those of the digests under which nothing is stored."""
        return [digest for digest in digests if not self._place(digest).is_file()]

    def mend(self, older_than: float = DAY_SECONDS) -> None:
        """Clear up after those who were killed: delete half of a file, and put back what was set aside."""
        for file in self._folder.glob(f"{_NEW}*"):
            with contextlib.suppress(FileNotFoundError):
                if file.stat().st_mtime <= time.time() - older_than:
                    file.unlink()
        for file in self._folder.glob(f"??/*{_GOING}"):
            with contextlib.suppress(FileNotFoundError):
                file.replace(file.with_suffix(""))

    def _place(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise ValueError("no digest")
        return self._folder / digest[:2] / digest


def _is_renewed(place: Path) -> bool:
    """Whether the file is there; from now on it is as young as if it had been written now."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def the_store() -> Store:
    """This app's store."""
    return Store(Path(current_app.config["FILES_DIR"]))
