"""The conditions under which a vote is safe are checked before anybody is served."""

import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest
from flask import Flask

from pbvote.cli.serve import refuse_unsafe
from pbvote.core.disks import file_system_of

MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/export /srv/council nfs4 rw 0 0
/dev/vdb /srv/council/local ext4 rw 0 0
//nas/a\\040share /mnt/a\\040share cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/pbvote.sqlite", "ext4"),
        ("/srv/council/pbvote.sqlite", "nfs4"),
        ("/srv/council/local/pbvote.sqlite", "ext4"),
        ("/mnt/a share/pbvote.sqlite", "cifs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path, path: str, kind: str) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert file_system_of(Path(path), tmp_path / "mounts") == kind


def test_a_system_that_does_not_say_is_trusted(tmp_path: Path) -> None:
    assert file_system_of(Path("/x"), tmp_path / "none") == ""


def test_sqlite_has_one_process_on_a_local_disk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        refuse_unsafe(workers=1)
        with pytest.raises(click.UsageError, match="one process"):
            refuse_unsafe(workers=2)
        monkeypatch.setattr("pbvote.doctor.places.file_system_of", lambda _: "nfs4")
        with pytest.raises(click.UsageError, match="network file system"):
            refuse_unsafe(workers=1)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_may_have_several(app: Flask) -> None:
    with app.app_context():
        refuse_unsafe(workers=4)


def test_a_port_that_is_taken_is_named_at_once() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        command = [sys.executable, "-m", "pbvote", "serve", "--port", port]
        said = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert said.returncode == 1
    assert f"127.0.0.1:{port}" in said.stderr


def test_the_tally_starts_without_the_web() -> None:
    listing = "import sys, pbvote.cli.tally; print([m for m in ('flask', 'sqlalchemy') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, timeout=60, check=True)
    assert said.stdout.strip() == "[]"
