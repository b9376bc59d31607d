"""Make a backup of everything but the keys, and bring one back into an installation that has nothing yet."""

import datetime as dt
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pbvote.backups import databases
from pbvote.backups.archive import FILES, Archive, Manifest, new_archive, open_archive
from pbvote.core.clock import now
from pbvote.files.store import FileMissing, the_store

_STAMP: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written."""

    place: Path
    manifest: Manifest
    missing: list[str]
    """The digests of files that rows name and that are not in the folder of files: the backup lacks them too."""


class NotAsBefore(Exception):
    """What was restored is not what the backup says that it holds."""


def make_backup(folder: Path) -> Backup:
    """Write a backup into the folder, and return what is in it. Raises `CannotCopy` and `OSError`.

    The database is copied first, the files after it: they never change. Whoever sweeps meanwhile may take one away.
    """
    moment = now()
    place = folder / f"pbvote-{moment:{_STAMP}}.tar"
    missing = []
    with tempfile.TemporaryDirectory(prefix=".pbvote-", dir=folder) as beside, new_archive(place) as archive:
        copy = Path(beside) / databases.name_in_archive()
        copied = databases.copy_database(copy)
        with copy.open("rb") as stream:
            archive.add(copy.name, stream)
        for digest in copied.files:
            try:
                with the_store().open(digest) as stream:
                    archive.add(FILES + digest, stream)
            except FileMissing:
                missing.append(digest)
        manifest = Manifest(moment.isoformat(), databases.kind(), copied.revision, copied.rows, archive.digests)
        archive.finish(manifest)
    return Backup(place, manifest, missing)


def forget_backups(folder: Path, days: int) -> int:
    """Delete the backups in the folder that were made longer ago, by their names; how many they were."""
    before, gone = now() - dt.timedelta(days=days), 0
    for place in folder.glob("pbvote-*.tar"):
        made = re.fullmatch(r"pbvote-(\d{8}T\d{6}Z)", place.stem)
        if made and dt.datetime.strptime(made[1], _STAMP).replace(tzinfo=dt.UTC) < before:
            place.unlink()
            gone += 1
    return gone


def restore_backup(place: Path) -> Manifest:
    """Bring a backup back into an empty database and the folder of files. The whole of it is verified first.

    Raises `Unusable` and `CannotCopy` before anything is changed, and `NotAsBefore` where other rows came out.
    """
    with open_archive(place) as archive:
        if archive.manifest.database != databases.kind():
            raise databases.CannotCopy(
                f"This backup is of {archive.manifest.database}, and PBVOTE_DATABASE_URL names {databases.kind()}."
            )
        databases.require_empty()
        for name in archive.files():
            the_store().put(archive.open(name).read())
        _put_database(archive)
        if databases.what_is_there().rows != archive.manifest.rows:
            raise NotAsBefore
        return archive.manifest


def _put_database(archive: Archive) -> None:
    with tempfile.TemporaryDirectory(prefix="pbvote-") as aside:
        copy = Path(aside) / archive.database()
        copy.touch(mode=0o600)
        with archive.open(archive.database()) as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
        databases.put_database(copy)
