"""What a backup is: a tar of the database, of each file that it names under its digest, and last of what is in it.

Its digests are those of `sha256sum`; the last member vouches for the list of the others.

It is written beside its name, and gets that once it is whole and on the disk. Whatever is called a backup is one.
"""

import datetime as dt
import hashlib
import json
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO, Final

from pbvote.core.clock import now
from pbvote.core.disks import sync_folder

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SUM: Final = f"{MANIFEST}.sha256"
FILES: Final = "files/"
_NAME: Final = re.compile(r"files/[0-9a-f]{64}|database\.(sqlite|pgdump)")


class Unusable(Exception):
    """This is no backup, or no longer as it was written."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    """In UTC, as ISO 8601 writes it."""
    database: str
    """`sqlite` or `postgresql`: it is restored into the same kind."""
    revision: str
    """Of which migration its tables are."""
    rows: dict[str, int]
    """How many each table has."""
    digests: dict[str, str]
    """SHA-256 of everything else in it, by its name there."""
    format: int = FORMAT


class _Hashed:
    """A stream whose digest is known once it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(size)
        self.digest.update(part)
        return part


class NewArchive:
    """A backup that is being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.digests: dict[str, str] = {}

    def add(self, name: str, stream: IO[bytes]) -> None:
        """Put everything that the stream holds under this name."""
        hashed = _Hashed(stream)
        self._put(name, os.fstat(stream.fileno()).st_size, hashed)
        self.digests[name] = hashed.digest.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        """Say what is in it."""
        said = json.dumps(asdict(manifest), indent=1).encode()
        for name, content in ((MANIFEST, said), (SUM, _sum_of(said))):
            self._put(name, len(content), _Hashed(BytesIO(content)))

    def _put(self, name: str, size: int, stream: _Hashed) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(now().timestamp())
        self._tar.addfile(info, stream)


@contextmanager
def new_archive(place: Path) -> Iterator[NewArchive]:
    """Write a backup, readable for this user alone. Nothing is left of one that fails. Raises `FileExistsError`."""
    part = place.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        try:
            with tarfile.open(fileobj=file, mode="w") as tar:
                yield NewArchive(tar)
            file.flush()
            os.fsync(file.fileno())
            os.link(part, place)  # which, unlike a renaming, never takes another's place
        finally:
            part.unlink()
    sync_folder(place.parent)


class Archive:
    """A backup that is read. Make it with `open_archive`."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.manifest = self._said()
        self._require_whole()

    def open(self, name: str) -> BufferedReader:
        """What is under this name."""
        stream = self._tar.extractfile(name)
        if not isinstance(stream, BufferedReader):  # a folder
            raise Unusable
        return stream

    def files(self) -> list[str]:
        """The names of the files that people sent."""
        return [name for name in self.manifest.digests if name.startswith(FILES)]

    def database(self) -> str:
        """The name of the database."""
        [name] = self.manifest.digests.keys() - set(self.files())
        return name

    def _said(self) -> Manifest:
        said = self.open(MANIFEST).read()
        if self.open(SUM).read() != _sum_of(said):
            raise Unusable
        manifest = Manifest(**json.loads(said))
        if manifest.format != FORMAT or not all(_NAME.fullmatch(name) for name in manifest.digests):
            raise Unusable
        dt.datetime.fromisoformat(manifest.made_at)
        return manifest

    def _require_whole(self) -> None:
        for name, digest in self.manifest.digests.items():
            if hashlib.file_digest(self.open(name), "sha256").hexdigest() != digest:
                raise Unusable
        self.database()


@contextmanager
def open_archive(place: Path) -> Iterator[Archive]:
    """Read a backup, after everything in it was read once and is as it was written. Raises `Unusable`."""
    try:
        tar = tarfile.open(place, mode="r:")  # noqa: SIM115  # closed below
    except (OSError, tarfile.TarError) as error:
        raise Unusable from error
    with tar:
        try:
            archive = Archive(tar)
        except (OSError, tarfile.TarError, KeyError, TypeError, ValueError) as error:
            raise Unusable from error
        yield archive


def _sum_of(manifest: bytes) -> bytes:
    return f"{hashlib.sha256(manifest).hexdigest()}  {MANIFEST}\n".encode()
