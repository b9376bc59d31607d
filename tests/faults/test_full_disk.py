"""A full disk: the voter learns that no vote can be stored, and so does whoever watches the server."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pbvote import storage
from pbvote.db import db
from pbvote.doctor import places
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker
from tests.hall import open_poll_codes, stored
from tests.pages import SCORES, fields_of, open_paper, text_of

CANT_STORE = {
    "en": "We can’t store votes just now.",
    "pl": "Nie możemy teraz zapisywać głosów.",
    "ur": "ہم ابھی ووٹ محفوظ نہیں کر سکتے۔",
    "ar": "لا يمكننا حفظ الأصوات الآن.",
}


@pytest.fixture(autouse=True)
def look_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found a moment ago is not good enough here, and a small disk is."""
    monkeypatch.setattr(storage, "KNOWN_FOR_SECONDS", 0)
    monkeypatch.setattr(places, "LEAST_FREE", 0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MB in memory, for this test alone. Only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Leave no byte free; returns the file that took them."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    return filler


def test_a_full_disk_is_told_from_a_crowd(sqlite_pattern: Path, small_disk: Path, make_app: AppMaker) -> None:
    shutil.copy(sqlite_pattern, small_disk / "pbvote.sqlite")
    app = make_app(DATABASE_URL=f"sqlite:///{small_disk}/pbvote.sqlite")
    client = CheckedClient(app, TestResponse)
    codes = open_poll_codes(app, 4)
    opened = {code: open_paper(client, code, lang) for code, lang in zip(codes, CANT_STORE, strict=True)}
    assert client.get("/readyz").status_code == 200
    filler = fill(small_disk)
    refused = client.get("/readyz")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert "can’t read or store anything just now" in text_of(refused)
    for code, fields in opened.items():
        answer = client.post("/v/cast", data={**fields, **SCORES})
        assert answer.status_code == 503
        assert CANT_STORE[fields["lang"]] in text_of(answer)
        assert "very busy" not in text_of(answer)
        opened[code] = fields_of(answer.get_data(as_text=True))
        assert opened[code] == {**fields, **SCORES}
    # Pages that store nothing still come.
    assert client.get("/v/").status_code == 200
    filler.unlink()
    assert client.get("/readyz").status_code == 200
    for fields in opened.values():
        assert client.post("/v/cast", data=fields).status_code == 200
    assert len(stored(app)) == 4


def test_a_folder_that_takes_no_file_is_no_room(
    app: Flask, client: CheckedClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(dir: Path) -> None:
        assert dir == tmp_path
        raise PermissionError

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    assert client.get("/readyz").status_code == 503


def test_a_database_that_is_read_only_is_no_room(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: not (path.suffix == ".sqlite" and mode == os.W_OK))
    assert client.get("/readyz").status_code == 503


def test_what_was_found_is_known_for_a_while(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody may ask, and each look makes the disk sync."""
    looks: list[Path] = []
    monkeypatch.setattr(storage, "KNOWN_FOR_SECONDS", 1000)
    monkeypatch.setattr(storage, "_look_beside", looks.append)
    for _ in range(3):
        assert client.get("/readyz").status_code == 200
    assert len(looks) == 1


def test_looking_leaves_no_file_behind(app: Flask, client: CheckedClient, tmp_path: Path) -> None:
    client.get("/")  # opens the database, and with it SQLite's own two files
    before = sorted(tmp_path.iterdir())
    assert client.get("/readyz").status_code == 200
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_is_made_to_ask_its_disk_for_room(app: Flask, client: CheckedClient, database_url: str) -> None:
    assert client.get("/readyz").status_code == 200
    name = database_url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" SET temp_file_limit = 0')  # as good as a full disk
    recover(app)
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_postgresql_that_only_reads_is_no_room(app: Flask, client: CheckedClient, database_url: str) -> None:
    name = database_url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    recover(app)
    assert client.get("/readyz").status_code == 503


def recover(app: Flask) -> None:
    """Let go of the connections that began under other settings."""
    with app.app_context():
        db.engine.dispose()
