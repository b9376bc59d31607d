"""A power cut around what is done once: printing, an upload, the count and the seal."""

import mmap
import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.app import create_app
from pbvote.db import db
from pbvote.files.documents import read_document
from pbvote.files.models import StoredFile
from pbvote.files.service import keep_document
from pbvote.files.store import Store
from pbvote.vote.slips.finding import slip_with
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.conftest import AppMaker
from tests.factories import an_event, the_event, writing
from tests.faults import only_in_full
from tests.faults.cut_off import closed_poll, require_sealed_from_here
from tests.faults.killed_while_sealing import MOMENTS, exit_code_of_one_killed
from tests.faults.phones import let_go
from tests.faults.power import Disk, cut_power
from tests.faults.record import note
from tests.files.samples import pdf_file

DIES = -signal.SIGKILL
pytestmark = only_in_full


@pytest.fixture
def app(disk: Disk, sqlite_pattern: Path, make_app: AppMaker) -> Flask:
    """The app with everything that it keeps on the disk."""
    Path(disk.folder, "pbvote.sqlite").write_bytes(sqlite_pattern.read_bytes())
    return make_app(DATABASE_URL=f"sqlite:///{disk.folder}/pbvote.sqlite", INSTANCE_PATH=str(disk.folder))


def do_and_die(app: Flask, act: Callable[[], object]) -> int | None:
    """Let another process do it, commit, and end there and then; minus the signal that ended it."""
    settings = {
        "INSTANCE_PATH": app.instance_path,
        "DATABASE_URL": app.config["DATABASE_URL"],
        "SECRET_KEY": "a test's",
    }

    def do() -> None:
        with writing(create_app(settings)):
            act()
            db.session.commit()
            os.kill(os.getpid(), signal.SIGKILL)

    process = get_context("fork").Process(target=do)
    process.start()
    process.join()
    return process.exitcode


def test_slips_and_an_upload_outlive_a_power_cut_with_what_they_need(app: Flask, disk: Disk, tmp_path: Path) -> None:
    with writing(app):
        an_event()
    let_go(app)
    disk.settle()
    printed, sent = tmp_path / "printed", pdf_file()

    def print_and_upload() -> None:
        [slip] = make_slips(the_event(), 1, None, SlipState.LIVE)
        keep_document(read_document(sent, "rules.pdf"), None)
        printed.write_text(slip.code)

    assert do_and_die(app, print_and_upload) == DIES
    cut_power(disk, [])
    with app.app_context():
        assert slip_with(printed.read_text()), "the key of a printed slip is there"
        file = db.session.scalars(sa.select(StoredFile)).one()
        with Store(app.config["FILES_DIR"]).open(file.digest) as content:
            assert content.read() == sent
    let_go(app)


def test_what_was_not_flushed_is_gone(disk: Disk) -> None:
    """Or the tests beside this one would prove nothing."""
    whole, lazy = disk.folder / "whole", disk.folder / "lazy"
    lazy.write_text("in the host's memory")
    with whole.open("w") as file:
        file.write("on the disk")
        file.flush()
        os.fsync(file.fileno())
    unnamed = disk.folder / "unnamed"
    unnamed.write_text("without a name on the disk")
    cut_power(disk, [])
    assert whole.read_text() == "on the disk"
    assert not lazy.exists() or lazy.read_text() == ""
    assert not unnamed.exists()


# On SQLite, which is one with its disk; PostgreSQL's commits are cut off in `test_power_cut.py`.


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_count_or_a_seal_goes_on_after_a_power_cut(app: Flask, disk: Disk, moment: str) -> None:
    codes = closed_poll(app)
    with app.app_context():
        key = key_ring().read_bytes(the_event().slug)
    let_go(app)
    disk.settle()
    assert stands_on(disk, key), "the search does find what is there"
    assert exit_code_of_one_killed(str(disk.folder), app.config["DATABASE_URL"], moment) == DIES
    cut_power(disk, [], kept=0.5, seed=MOMENTS.index(moment))
    require_sealed_from_here(app, codes, moment)
    let_go(app)
    assert not stands_on(disk, key), "no block of the disk holds the key, whatever the file system has freed"
    note("power cut in the count and the seal", part=moment, times=1, acknowledged=len(codes))


def stands_on(disk: Disk, content: bytes) -> bool:
    """Whether any block of the disk holds this."""
    with disk.image.open("rb") as image, mmap.mmap(image.fileno(), 0, access=mmap.ACCESS_READ) as blocks:
        return blocks.find(content) >= 0
