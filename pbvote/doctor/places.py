"""What lies on this host's disks: the database, the keys, the secret, the files."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from flask import current_app

from pbvote.core.disks import NETWORK_FILE_SYSTEMS, file_system_of
from pbvote.core.keys import KEY_BYTES
from pbvote.db import db
from pbvote.doctor.findings import Diagnosis, advises, ok, stops_voting, unsafe, warning

_OTHERS: Final = 0o077
MEGABYTE: Final = 1024 * 1024
LEAST_FREE: Final = 50 * MEGABYTE
"""A hall's votes take less than that, and SQLite's log with them."""
GOOD_FREE: Final = 1024 * MEGABYTE
SECRET_LENGTH: Final = 32


def _folder_of_database() -> Path | None:
    """Where SQLite's file lies; None for PostgreSQL, and for a database in memory."""
    is_file = db.engine.dialect.name == "sqlite" and db.engine.url.database not in {None, "", ":memory:"}
    return Path(str(db.engine.url.database)).resolve().parent if is_file else None


@stops_voting
def database_lies_locally() -> Iterator[Diagnosis]:
    """Whether SQLite's locks hold where its file lies."""
    folder = _folder_of_database()
    if folder is None:
        return
    file_system = file_system_of(folder)
    if file_system in NETWORK_FILE_SYSTEMS:
        yield unsafe(
            "disk",
            f"The database lies on a network file system ({file_system}), where SQLite's locks do not hold.",
            "Move it to a local disk, or use PostgreSQL.",
        )
    else:
        yield ok("disk", "The database lies on a local disk.")


@stops_voting
def disks_have_room() -> Iterator[Diagnosis]:
    """How much is free where pbvote writes."""
    folders = {Path(current_app.instance_path), current_app.config["FILES_DIR"], _folder_of_database()}
    here = [folder for folder in sorted(folder for folder in folders if folder) if folder.is_dir()]
    for folder in {folder.stat().st_dev: folder for folder in reversed(here)}.values():
        free = shutil.disk_usage(folder).free
        said = f"{free // MEGABYTE:,} MB are free at {folder}."
        if free < LEAST_FREE:
            yield unsafe("disk", f"Votes could find no room: {said}", "Make room before voting opens.")
        elif free < GOOD_FREE:
            yield warning("disk", said, "Make room: photos and documents need it.")
        else:
            yield ok("disk", said)


@stops_voting
def keys_are_whole_and_private() -> Iterator[Diagnosis]:
    """Whether each key has its length, and nobody else on this host can read it."""
    folder: Path = current_app.config["KEYS_DIR"]
    if not folder.is_dir():
        return  # made at the first printing
    broken, open_ = [], [folder] if folder.stat().st_mode & _OTHERS else []
    for key in sorted(folder.glob("*.key")):
        found = key.stat()
        if found.st_size != KEY_BYTES:
            broken.append(key)
        if found.st_mode & _OTHERS:
            open_.append(key)
    for key in broken:
        sentence = f"The key {key} is not {KEY_BYTES} bytes long, so its slips can't vote."
        yield unsafe("keys", sentence, f"Run `pbvote restore-key {key.stem}` with its recovery sheet.")
    for path in open_:
        sentence = f"Others on this host can reach {path}, and with a key they could tie slips to votes."
        yield unsafe("keys", sentence, f"Run `chmod {'700' if path.is_dir() else '600'} {path}`.")
    if not broken and not open_:
        yield ok("keys", "The keys are whole, and readable for this user alone.")


@advises
def keys_lie_locally() -> Iterator[Diagnosis]:
    """Whether the keys travel over a network."""
    for name, folder in (
        ("instance folder", Path(current_app.instance_path)),
        ("keys", current_app.config["KEYS_DIR"]),
    ):
        if (file_system := file_system_of(folder.resolve())) in NETWORK_FILE_SYSTEMS:
            sentence = f"The {name} at {folder} lies on a network file system ({file_system})."
            yield warning("disk", sentence, "Put it on a local, encrypted disk: a key that travels can be copied.")


@advises
def secret_is_kept() -> Iterator[Diagnosis]:
    """Whether the secret that signs sessions is long and private."""
    file = Path(current_app.instance_path, "secret_key")
    if len(str(current_app.config["SECRET_KEY"])) < SECRET_LENGTH:
        yield warning("secret", "The secret that signs sessions is short.", "Unset PBVOTE_SECRET_KEY: one is made.")
    elif file.exists() and file.stat().st_mode & _OTHERS:
        yield warning("secret", f"Others on this host can read {file}.", f"Run `chmod 600 {file}`.")
    else:
        yield ok("secret", "The secret that signs sessions is long and private.")


@stops_voting
def files_are_not_served() -> Iterator[Diagnosis]:
    """Whether a web server could hand out keys, documents or the database past every door."""
    web_root = Path(current_app.static_folder or "").resolve()
    config = current_app.config
    for name, folder in (("Files", config["FILES_DIR"]), ("Keys", config["KEYS_DIR"])):
        if folder.resolve().is_relative_to(web_root):
            setting = f"PBVOTE_{name.upper()}_DIR"
            yield unsafe(
                "files", f"{name} lie in the folder that everybody is served from.", f"Set {setting} elsewhere."
            )


@advises
def files_can_be_stored() -> Iterator[Diagnosis]:
    """Whether photos and documents can be stored."""
    folder: Path = current_app.config["FILES_DIR"]
    nearest = next(place for place in (folder, *folder.resolve().parents) if place.exists())
    if os.access(nearest, os.W_OK | os.X_OK):
        yield ok("files", "Photos and documents can be stored.")
    else:
        sentence = f"Photos and documents can't be stored: this user may not write to {nearest}."
        yield warning("files", sentence, "Give the folder to the user that the server runs as.")
