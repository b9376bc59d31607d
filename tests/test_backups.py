"""`pbvote backup` and `pbvote restore`: all comes back row by row, or nothing is touched and a sentence says why."""

import datetime as dt
import errno
import io
import itertools
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
import time_machine
from click.testing import Result
from flask import Flask

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.files.models import StoredFile
from pbvote.files.pictures import read_photo
from pbvote.files.service import keep_photo
from pbvote.files.store import the_store
from tests.conftest import AppMaker, both_databases
from tests.factories import cast, writing
from tests.files.samples import photo_file
from tests.hall import open_poll_codes, slug

Rows = dict[str, list[str]]
Elsewhere = Callable[[], Flask]


def run(app: Flask, *args: object) -> Result:
    """One command, as somebody types it."""
    return app.test_cli_runner().invoke(args=list(map(str, args)))


def rows_of(app: Flask) -> Rows:
    """Everything in every table, but that a backup was made: that is noted after it."""
    with app.app_context(), db.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        return {
            name: sorted(
                str(tuple(row)) for row in connection.execute(sa.select(sa.text("*")).select_from(sa.table(name)))
            )
            for name in names
            if name != "command_run"
        }


@pytest.fixture
def codes(app: Flask) -> list[str]:
    """The slips of an open poll."""
    return open_poll_codes(app, 12)


@pytest.fixture
def hall(app: Flask, codes: list[str]) -> Flask:
    """The poll, in which two have voted, and a photo."""
    for code in codes[:2]:
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 1, "B-03": 3})
    with writing(app):
        keep_photo(read_photo(photo_file(), "hall.jpg"), None)
    return app


@pytest.fixture
def elsewhere(
    request: pytest.FixtureRequest, make_app: AppMaker, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Elsewhere]:
    """Make an installation on another host, whose database is empty: no table is there."""
    made = []

    def make() -> Flask:
        folder = tmp_path_factory.mktemp("elsewhere")
        url = f"sqlite:///{folder}/pbvote.sqlite"
        if database_url.startswith("postgresql"):
            made.append(f"elsewhere_{folder.name}_{os.getpid()}")
            server = request.getfixturevalue("postgres_server")
            with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{made[-1]}"')
            url = server.format(name=made[-1])
        return make_app(
            INSTANCE_PATH=str(folder), DATABASE_URL=url, FILES_DIR=folder / "files", KEYS_DIR=folder / "keys"
        )

    yield make
    for name in made:
        with psycopg.connect(request.getfixturevalue("postgres_server").format(name="postgres"), autocommit=True) as on:
            on.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def backup(hall: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the hall."""
    folder = tmp_path_factory.mktemp("backups")
    said = run(hall, "backup", folder)
    assert said.exit_code == 0, said.output
    [place] = folder.iterdir()
    return place


@both_databases
def test_everything_but_the_keys_comes_back_row_by_row(hall: Flask, backup: Path, elsewhere: Elsewhere) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    [key] = Path(hall.config["KEYS_DIR"]).iterdir()
    content = backup.read_bytes()
    assert key.read_bytes() not in content
    assert hall.config["SECRET_KEY"].encode() not in content
    there = elsewhere()
    said = run(there, "restore", backup)
    assert said.exit_code == 0, said.output
    event = slug(hall)
    assert f"{event}: " in said.output
    assert "fit." in said.output
    assert f"`pbvote restore-key {event}`" in said.output
    assert rows_of(there) == rows_of(hall)
    with there.app_context():
        for digest in db.session.scalars(sa.select(StoredFile.digest)):
            with the_store().open(digest) as stored:
                assert sha256(stored.read()).hexdigest() == digest
    with writing(there), pytest.raises(sa.exc.DBAPIError):  # what may only be added to is guarded there too
        db.session.execute(sa.text("DELETE FROM ledger_entry"))


@both_databases
def test_votes_go_on_meanwhile_and_what_is_in_a_backup_is_of_one_moment(
    hall: Flask, codes: list[str], tmp_path: Path, elsewhere: Elsewhere
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    said = []
    writer = threading.Thread(target=lambda: said.append(run(hall, "backup", folder)))
    writer.start()
    for code in codes[2:]:
        with writing(hall):
            cast(code, {"B-01": 5, "B-02": 1, "B-03": 3})
    writer.join()
    assert said[0].exit_code == 0, said[0].output
    there = elsewhere()
    assert run(there, "restore", next(folder.glob("*.tar"))).exit_code == 0
    before, after = rows_of(there), rows_of(hall)
    assert len(after["ballot"]) == 12
    assert len(before["ballot"]) <= 12
    assert set(before["ballot"]) <= set(after["ballot"])


def refused(app: Flask, place: Path, sentence: str) -> None:
    """The backup is not restored, and nothing was touched."""
    said = run(app, "restore", place)
    assert said.exit_code == 1
    assert sentence in said.output
    with app.app_context():
        assert sa.inspect(db.engine).get_table_names() == []
        assert list(the_store().digests()) == []


def test_what_was_damaged_is_refused_wherever_it_was(backup: Path, elsewhere: Elsewhere) -> None:
    there, whole, damaged = elsewhere(), backup.read_bytes(), backup.with_name("damaged.tar")
    with tarfile.open(backup) as tar:
        middles = [each.offset_data + each.size // 2 for each in tar.getmembers()]
    for place in middles:
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        refused(there, damaged, "was damaged")
    for short in (b"", b"SQLite format 3\0", whole[: len(whole) // 2], whole[: middles[-1]]):
        damaged.write_bytes(short)
        refused(there, damaged, "was damaged")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "files/../secret_key", "keys/sale"])
def test_a_name_that_no_backup_has_is_written_nowhere(backup: Path, elsewhere: Elsewhere, name: str) -> None:
    made = backup.with_name("made.tar")
    with tarfile.open(backup) as tar, tarfile.open(made, "w") as other:
        manifest = json.load(tar.extractfile("manifest.json") or io.BytesIO())
        manifest["digests"][name] = sha256(b"x").hexdigest()
        for each in tar.getmembers()[:-2]:
            other.addfile(each, tar.extractfile(each))
        said = json.dumps(manifest).encode()
        seal = f"{sha256(said).hexdigest()}  manifest.json\n".encode()
        for called, content in ((name, b"x"), ("manifest.json", said), ("manifest.json.sha256", seal)):
            info = tarfile.TarInfo(called)
            info.size = len(content)
            other.addfile(info, io.BytesIO(content))
    refused(elsewhere(), made, "was damaged")


def test_a_database_that_is_in_use_or_of_another_kind_is_left_as_it_is(
    hall: Flask, backup: Path, make_app: AppMaker, postgres_server: str
) -> None:
    before = rows_of(hall)
    said = run(hall, "restore", backup)
    assert (said.exit_code, rows_of(hall)) == (1, before)
    assert "in use" in said.output
    said = run(make_app(DATABASE_URL=postgres_server.format(name="pattern")), "restore", backup)
    assert said.exit_code == 1
    assert "This backup is of sqlite" in said.output


def test_a_missing_file_is_named_and_the_rest_is_kept(hall: Flask, tmp_path: Path, elsewhere: Elsewhere) -> None:
    with hall.app_context():
        digest = db.session.scalars(sa.select(StoredFile.digest)).first() or ""
        assert the_store().delete(digest, older_than=0)
    folder = tmp_path / "backups"
    folder.mkdir()
    said = run(hall, "backup", folder)
    assert said.exit_code == 1
    assert f"missing: {digest}" in said.output
    there = elsewhere()
    assert run(there, "restore", *folder.iterdir()).exit_code == 0
    assert rows_of(there) == rows_of(hall)


def full_at(number: int) -> Callable[[int], None]:
    """What stands for `os.fsync` on a disk that is full when it is called for this time."""
    sync, calls = os.fsync, itertools.count(1)

    def fsync(descriptor: int) -> None:
        if next(calls) == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(descriptor)

    return fsync


def test_backups_older_than_the_council_keeps_them_go_once_there_is_a_new_one(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    old, young = (f"pbvote-{now() - dt.timedelta(days=days):%Y%m%dT%H%M%SZ}.tar" for days in (36, 34))
    for name in (old, young, "pbvote-of-2014.tar", "other.tar"):
        (folder / name).touch()
    assert "1 older backup deleted" in run(app, "backup", "--keep-days", 35, folder).output
    left = {file.name for file in folder.iterdir()}
    assert {young, "pbvote-of-2014.tar", "other.tar"} < left
    assert (old in left, len(left)) == (False, 4)
    (folder / old).touch()
    with time_machine.travel(now() + dt.timedelta(minutes=1)):
        assert "deleted" not in run(app, "backup", folder).output
    assert (folder / old).exists()


def test_a_full_disk_leaves_no_half_of_a_backup(hall: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    monkeypatch.setattr(os, "fsync", full_at(1))
    said = run(hall, "backup", folder)
    assert said.exit_code == 1
    assert "No space left on device" in said.output
    assert list(folder.iterdir()) == []


def test_a_full_disk_leaves_an_empty_database_and_says_so(
    backup: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = elsewhere()
    folder = Path(there.config["FILES_DIR"]).parent
    for number in (1, 7):  # a photo of two sizes is synced three times each, and then the database
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full_at(number))
            said = run(there, "restore", backup)
        assert (said.exit_code, "no room" in said.output) == (1, True), said.output
        with there.app_context():
            assert sa.inspect(db.engine).get_table_names() == []
        assert list(folder.glob("*.restoring")) == []
    assert run(there, "restore", backup).exit_code == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_host_without_the_program_is_told_its_package(
    hall: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    said = run(hall, "backup", folder)
    assert said.exit_code == 1
    assert "postgresql-client" in said.output
    assert list(folder.iterdir()) == []
