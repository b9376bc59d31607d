"""A row is never without its content, and content without a row goes after a day."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import begin_write, db
from pbvote.files.documents import read_document
from pbvote.files.models import StoredFile
from pbvote.files.pictures import read_photo
from pbvote.files.service import forget_file, keep_document, keep_photo, sweep
from pbvote.files.store import DAY_SECONDS, FileMissing, Store
from pbvote.storage import NoRoom
from tests.conftest import both_databases
from tests.factories import writing
from tests.files.samples import pdf_file, photo_file

OLD = time.time() - DAY_SECONDS - 60


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store of its own."""
    return Store(tmp_path / "store")


def files_in(folder: Path) -> list[Path]:
    """Every file below a folder."""
    return sorted(file for file in folder.rglob("*") if file.is_file())


def read(store: Store, digest: str) -> bytes:
    """What is stored."""
    with store.open(digest) as content:
        return content.read()


def test_what_is_put_is_read_again_and_stored_once(store: Store, tmp_path: Path) -> None:
    digest = store.put(b"beans")
    assert store.put(b"beans") == digest
    assert read(store, digest) == b"beans"
    [file] = files_in(tmp_path / "store")
    assert file.stat().st_mode & 0o077 == 0, "it is for this user alone"
    assert list(store.digests()) == [digest]
    assert store.missing([digest, "0" * 64]) == ["0" * 64]


@pytest.mark.parametrize("name", ["", "../../secret_key", "A" * 64, "0" * 63, "0" * 64 + "/x"])
def test_a_store_opens_nothing_but_digests(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="no digest"):
        store.open(name)
    with pytest.raises(FileMissing):
        store.open("0" * 64)


def test_what_was_put_again_is_young_again(store: Store, tmp_path: Path) -> None:
    digest = store.put(b"beans")
    [file] = files_in(tmp_path / "store")
    assert not store.delete(digest)
    os.utime(file, (OLD, OLD))
    store.put(b"beans")
    assert not store.delete(digest)
    assert read(store, digest) == b"beans"
    os.utime(file, (OLD, OLD))
    assert store.delete(digest)
    assert files_in(tmp_path / "store") == []


def test_whoever_puts_while_the_same_is_being_swept_keeps_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = store.put(b"beans")
    [file] = files_in(tmp_path / "store")
    os.utime(file, (OLD, OLD))
    unlink = Path.unlink

    def put_before(path: Path) -> None:
        store.put(b"beans")
        unlink(path)

    monkeypatch.setattr(Path, "unlink", put_before)
    store.delete(digest)
    assert read(store, digest) == b"beans"


def test_a_full_disk_is_named_for_what_it_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom):
        store.put(b"beans")


@both_databases
def test_the_sweep_takes_what_no_row_names_and_tells_what_is_missing(app: Flask) -> None:
    folder = Path(app.config["FILES_DIR"])
    with writing(app):
        kept = keep_document(read_document(pdf_file(), "kept.pdf"), None)
        gone = keep_document(read_document(pdf_file() + b"\n", "gone.pdf"), None)
        forgotten = keep_document(read_document(pdf_file() + b" ", "forgotten.pdf"), None)
        photo = keep_photo(read_photo(photo_file()), None)
        places = {row: folder / row.digest[:2] / row.digest for row in (kept, gone, forgotten, photo.small)}
        forget_file(forgotten)
        for place in places.values():
            os.utime(place, (OLD, OLD))
        places[gone].unlink()
        half = folder / ".new-killed"
        half.write_bytes(b"half")
        os.utime(half, (OLD, OLD))
        going = places[kept].with_suffix(".going")
        places[kept].replace(going)  # a sweep that was killed in between
        young = folder / "ab" / ("ab" * 32)
        young.parent.mkdir(exist_ok=True)
        young.write_bytes(b"its row is not committed yet")
    answer = app.test_cli_runner().invoke(args=["sweep-files"])
    assert answer.exit_code == 1
    assert "1 file deleted that nothing named" in answer.output
    assert "gone.pdf" in answer.output
    assert "1 missing from the folder of files. Bring them back from a backup." in answer.output
    with app.app_context():
        assert places[kept].exists()
        assert not places[forgotten].exists()
        assert young.exists()
        assert not half.exists()
        assert sweep()[0] == 0


@both_databases
def test_a_row_knows_what_was_given_by_whom_and_its_size(app: Flask) -> None:
    with writing(app):
        keep_document(read_document(pdf_file(), "../Rules.docx"), None)
    with app.app_context():
        [row] = db.session.scalars(sa.select(StoredFile))
        assert (row.name, row.media_type, row.size_bytes) == ("Rules.pdf", "application/pdf", len(pdf_file()))
        assert row.given_at.tzinfo
    for attack in ("UPDATE stored_file SET digest = 'x'", "UPDATE stored_file SET size_bytes = 0"):
        with app.app_context(), pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
            connection.exec_driver_sql(attack)


KILLED = """
import os, sys
from pbvote.app import create_app
from pbvote.db import begin_write, db
from pbvote.files import store
from pbvote.files.documents import read_document
from pbvote.files.service import keep_document
from tests.files.samples import pdf_file
app = create_app({"INSTANCE_PATH": sys.argv[1], "DATABASE_URL": sys.argv[2]})
if sys.argv[3] == "while writing":
    os.fsync = lambda _: os.kill(os.getpid(), 9)
with app.app_context():
    begin_write()
    keep_document(read_document(pdf_file(), "rules.pdf"), None)
    if sys.argv[3] == "before the commit":
        os.kill(os.getpid(), 9)
    db.session.commit()
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize(("when", "rows"), [("while writing", 0), ("before the commit", 0), ("after the commit", 1)])
def test_a_killed_server_leaves_no_row_without_its_content(app: Flask, tmp_path: Path, when: str, rows: int) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), app.config["DATABASE_URL"], when]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
    with app.app_context():
        found = list(db.session.scalars(sa.select(StoredFile)))
        store = Store(app.config["FILES_DIR"])
        assert len(found) == rows
        assert store.missing([row.digest for row in found]) == []
        if not rows:
            for file in files_in(Path(app.config["FILES_DIR"])):
                os.utime(file, (OLD, OLD))
            sweep()
            assert files_in(Path(app.config["FILES_DIR"])) == []
    with writing(app):  # and the same can be sent again
        begin_write()
        assert read(store, keep_document(read_document(pdf_file()), None).digest) == pdf_file()
