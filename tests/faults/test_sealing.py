"""The count and the seal under power cuts, and what a thief finds afterwards."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.codes import in_groups
from pbvote.core.keys import KeyMissing
from pbvote.db import db
from pbvote.vote.count import finishing
from pbvote.vote.count.box import Box, open_box
from pbvote.vote.count.finishing import finish
from pbvote.vote.count.models import Counted
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.states import PollState
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import Slip
from tests.conftest import both_databases
from tests.factories import agree_with_witness, count_with_witness, the_event
from tests.faults import IS_FULL
from tests.faults.cut_off import closed_poll, organiser, require_sealed_from_here
from tests.faults.killed_while_sealing import MOMENTS, exit_code_of_one_killed
from tests.hall import organiser_does
from tests.together import together

# After a step is committed both databases are alike; in the middle of one they are not.
CUT_OFF = [
    *(("sqlite", moment) for moment in MOMENTS),
    *(("postgresql", moment) for moment in MOMENTS if IS_FULL or moment.startswith("in the middle")),
]


@pytest.mark.parametrize(("database_url", "moment"), CUT_OFF, indirect=["database_url"])
def test_a_count_or_a_seal_that_was_cut_off_goes_on_where_it_stopped(app: Flask, tmp_path: Path, moment: str) -> None:
    codes = closed_poll(app)
    with app.app_context():
        db.engine.dispose()
        url = app.config["DATABASE_URL"]
    assert exit_code_of_one_killed(str(tmp_path), url, moment) == -signal.SIGKILL
    require_sealed_from_here(app, codes, moment)


def traces(app: Flask, codes: list[str]) -> dict[str, list[bytes]]:
    """What must not be found after the seal: the key, the tags of ballots, the codes."""
    with app.app_context():
        key = key_ring().read_bytes(the_event().slug)
        ballots = list(db.session.scalars(sa.select(Ballot.ballot_tag)))
    return {
        "the key": [key, key.hex().encode()],
        "a ballot's tag": [form for tag in ballots for form in (tag, tag.hex().encode())],
        "a code": [form for code in codes for form in (code.encode(), in_groups(code).encode())],
    }


def found_in(folder: Path, wanted: dict[str, list[bytes]]) -> Iterator[tuple[str, str]]:
    """What of it stands in which file."""
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            yield from ((name, file.name) for name, forms in wanted.items() if any(form in content for form in forms))


def test_after_the_seal_no_file_holds_a_ballots_tag_a_code_or_the_key(app: Flask, tmp_path: Path) -> None:
    codes = closed_poll(app, voters=40)
    wanted = traces(app, codes)
    before = set(found_in(tmp_path, wanted))
    assert {name for name, _ in before} == {"the key", "a ballot's tag"}  # the search does find what is there
    organiser_does(app, count_with_witness)
    with app.app_context():
        finish(the_event(), organiser())
    assert not set(found_in(tmp_path, wanted))


def test_a_reader_that_holds_the_old_database_stops_the_seal_and_loses_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    codes = closed_poll(app)
    wanted = traces(app, codes)
    monkeypatch.setattr("pbvote.vote.count.sealing.CLEAN_SECONDS", 0.1)
    with app.app_context(), db.engine.connect() as reader:
        reader.execute(sa.select(sa.func.count()).select_from(Slip)).all()
        organiser_does(app, count_with_witness)
        with pytest.raises(Exception, match="the seal is not finished"):
            finish(the_event(), organiser())
        assert the_event().poll is PollState.COUNTED
        reader.rollback()
        finish(the_event(), organiser())
        assert the_event().poll is PollState.SEALED
    assert not set(found_in(tmp_path, wanted))


@both_databases
def test_of_many_who_count_and_seal_at_once_one_does(app: Flask) -> None:
    codes = closed_poll(app)
    organiser_does(app, agree_with_witness)
    failures: list[BaseException] = []

    def finish_too() -> None:
        try:
            with app.app_context():
                finish(the_event(), organiser())
        except BaseException as failure:
            failures.append(failure)

    together(*[finish_too] * 6)
    assert not failures
    with app.app_context():
        types = [entry.type for entry in entries_of(the_event())]
        assert (types.count("count"), types.count("seal")) == (1, 1)
        assert db.session.scalar(sa.select(sa.func.sum(Counted.voters))) == len(codes)


@both_databases
def test_whoever_finds_the_key_destroyed_by_a_faster_one_leaves_the_rest_to_them(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_poll(app)
    organiser_does(app, agree_with_witness)

    def finish_it() -> None:
        with app.app_context():
            finish(the_event(), organiser())

    def open_too_late(event: Event) -> Box:
        monkeypatch.setattr(finishing, "open_box", open_box)
        db.session.rollback()  # a reader would keep SQLite from sealing
        together(finish_it)
        return open_box(event)

    monkeypatch.setattr(finishing, "open_box", open_too_late)
    finish_it()
    with app.app_context():
        types = [entry.type for entry in entries_of(the_event())]
        assert (types.count("count"), types.count("seal")) == (1, 1)


def test_the_command_finishes_a_seal_and_destroys_the_copy_of_another_host(app: Flask) -> None:
    closed_poll(app)
    with app.app_context():
        slug = the_event().slug
        key = key_ring().read_bytes(slug)

    def run(*arguments: str) -> tuple[int, str]:
        result = app.test_cli_runner().invoke(args=["seal", *arguments])
        return result.exit_code, result.output

    assert run("nowhere")[0] == 2
    assert run(slug) == (1, "Error: the votes of Sale decides are not counted yet.\n")
    organiser_does(app, count_with_witness)
    for _ in range(2):
        assert run(slug) == (0, "Sale decides is sealed, and this host has no key of it.\n")
        with app.app_context():
            assert the_event().poll is PollState.SEALED
            with pytest.raises(KeyMissing):
                key_ring().read(slug)
            key_ring().restore(slug, key)  # as on a host beside this one
