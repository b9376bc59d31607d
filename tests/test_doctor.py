"""`pbvote doctor`: each thing that can be wrong is found, said, and where votes are at stake refused at the opening."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from flask import Flask

from pbvote.core.clock import now
from pbvote.db import begin_write, db
from pbvote.doctor import database, places, surroundings
from pbvote.doctor.findings import Check, Diagnosis, Level, Unsafe, examine, require_safe
from pbvote.mail.service import write_letter
from pbvote.people.service import account_with_email
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.slips.printing import make_slips
from tests.conftest import AppMaker, both_databases
from tests.factories import an_event, the_event, writing
from tests.serving import free_port

LONG_SECRET = "not secret: a test's, and long enough for sessions"
# With https; and on this host, so that no test asks the network.
PUBLIC = {"BASE_URL": "https://localhost", "SECRET_KEY": LONG_SECRET}


def of(check: Check, app: Flask) -> list[Diagnosis]:
    """What one check finds."""
    with app.app_context():
        found = list(check())
        db.session.rollback()
    return found


def levels(found: list[Diagnosis]) -> list[Level]:
    """How much each matters."""
    return [finding.level for finding in found]


def assert_only(found: list[Diagnosis], level: Level, *words: str) -> None:
    """One finding, of this level, with these words; and with advice wherever something is not well."""
    [finding] = found
    assert finding.level is level, finding
    for each in words:
        assert each in f"{finding.sentence} {finding.advice}"
    assert bool(finding.advice) is (level is not Level.OK)


@both_databases
def test_an_installation_as_the_guide_makes_it_has_nothing_unsafe(make_app: AppMaker) -> None:
    app = make_app(**PUBLIC)
    with writing(app):
        make_slips(an_event(), 1, None)
    said = app.test_cli_runner().invoke(args=["doctor"])
    assert said.exit_code == 0, said.output
    lines = said.output.splitlines()
    assert {line.split()[0] for line in lines[:-1]} <= {"ok", "warning"}
    assert {line.split()[1] for line in lines[:-1]} >= {"durability", "tables", "disk", "keys", "address", "cookies"}
    assert "no access log for /v" in lines[-1]


def test_it_runs_from_any_folder(app: Flask, database_url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pbvote", "doctor"]
    settings = {
        "PBVOTE_DATABASE_URL": database_url,
        **{f"PBVOTE_{name}_DIR": str(tmp_path) for name in ("FILES", "KEYS")},
    }
    tmp_path.chmod(0o700)
    said = subprocess.run(
        command, env=os.environ | settings, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    assert "The database has the tables of this version." in said.stdout


@both_databases
def test_what_is_unsafe_ends_the_command_with_1_and_keeps_the_poll_closed(make_app: AppMaker, tmp_path: Path) -> None:
    app = make_app(**PUBLIC)
    with writing(app):
        slug = an_event().slug
        make_slips(the_event(), 1, None)
    key = tmp_path / "keys" / f"{slug}.key"
    key.chmod(0o644)
    said = app.test_cli_runner().invoke(args=["doctor"])
    assert said.exit_code == 1
    assert f"Run `chmod 600 {key}`." in said.output
    with app.app_context():
        begin_write()
        organiser = account_with_email("organiser@council.example")
        assert organiser
        with pytest.raises(Unsafe, match=r"tie slips to votes\. Voting can't open\.$"):
            open_poll(the_event(), organiser)
        db.session.rollback()
        assert the_event().poll is PollState.PLANNED


def test_every_finding_that_is_not_well_says_what_to_do(app: Flask) -> None:
    with app.app_context():
        for finding in examine():
            assert finding.sentence.endswith("."), finding
            assert bool(finding.advice) is (finding.level is not Level.OK), finding


@pytest.mark.parametrize(("journal", "synchronous"), [("delete", "2"), ("wal", "1"), ("memory", "2"), ("wal", "0")])
def test_an_sqlite_that_forgets_is_unsafe(journal: str, synchronous: str) -> None:
    assert database.of_sqlite("wal", "2").level is database.of_sqlite("wal", "3").level is Level.OK
    assert database.of_sqlite(journal, synchronous).level is Level.UNSAFE


def test_our_own_connections_are_asked_for_what_they_do(app: Flask) -> None:
    with app.app_context():
        assert levels(list(database.settings_are_safe())) == [Level.OK]
        db.session.rollback()
        db.engine.dispose()
        sa.event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
        with pytest.raises(Unsafe, match="synchronous 0"):
            require_safe()


@both_databases
def test_tables_of_another_version_are_unsafe(app: Flask) -> None:
    assert_only(of(database.tables_are_up_to_date, app), Level.OK)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    assert_only(of(database.tables_are_up_to_date, app), Level.UNSAFE, "pbvote db upgrade")


def test_a_database_that_is_not_there_is_a_finding_like_any_other(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE alembic_version"))
    with app.app_context():
        found = list(examine())
    assert [finding.sentence for finding in found if finding.level is Level.UNSAFE] == [
        "The database could not be asked (OperationalError)."
    ]
    assert "cookies" in {finding.about for finding in found}


@both_databases
def test_an_old_database_is_a_warning(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_only(of(database.version_is_known, app), Level.OK)
    monkeypatch.setattr(database, "SQLITE_FROM", (99,))
    monkeypatch.setattr(database, "POSTGRESQL_FROM", 99)
    assert_only(of(database.version_is_known, app), Level.WARNING, "99 or later")


def test_sqlite_on_a_network_file_system_is_unsafe_and_keys_there_a_warning(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_only(of(places.database_lies_locally, app), Level.OK)
    assert of(places.keys_lie_locally, app) == []
    monkeypatch.setattr(places, "file_system_of", lambda _: "nfs4")
    assert_only(of(places.database_lies_locally, app), Level.UNSAFE, "nfs4", "PostgreSQL")
    assert levels(of(places.keys_lie_locally, app)) == [Level.WARNING, Level.WARNING]


class Usage(NamedTuple):
    """What `shutil.disk_usage` answers."""

    total: int
    used: int
    free: int


@pytest.mark.parametrize(("free", "level"), [(49, Level.UNSAFE), (50, Level.WARNING), (1024, Level.OK)])
def test_a_full_disk_is_unsafe_and_a_fuller_one_a_warning(
    app: Flask, monkeypatch: pytest.MonkeyPatch, free: int, level: Level
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(1, 1, free * places.MEGABYTE))
    assert_only(of(places.disks_have_room, app), level, f"{free:,} MB are free")


def test_keys_are_whole_and_for_their_user_alone(app: Flask, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    assert of(places.keys_are_whole_and_private, app) == []
    with writing(app):
        slug = an_event().slug
        make_slips(the_event(), 1, None)
    assert_only(of(places.keys_are_whole_and_private, app), Level.OK)
    keys.chmod(0o750)
    assert_only(of(places.keys_are_whole_and_private, app), Level.UNSAFE, f"`chmod 700 {keys}`")
    keys.chmod(0o700)
    (keys / f"{slug}.key").write_bytes(bytes(31))
    assert_only(of(places.keys_are_whole_and_private, app), Level.UNSAFE, f"`pbvote restore-key {slug}`")


@both_databases
def test_a_key_that_is_missing_on_this_host_is_unsafe(app: Flask, tmp_path: Path) -> None:
    with writing(app):
        slug = an_event().slug
        make_slips(the_event(), 1, None)
    (tmp_path / "keys" / f"{slug}.key").unlink()
    with app.app_context():
        with pytest.raises(Unsafe, match=f"lacks the key of {slug}"):
            require_safe()
        db.session.rollback()


def test_a_short_or_open_secret_is_a_warning(make_app: AppMaker, tmp_path: Path) -> None:
    assert_only(of(places.secret_is_kept, make_app(SECRET_KEY="short")), Level.WARNING, "short")
    kept = make_app(SECRET_KEY="")
    assert_only(of(places.secret_is_kept, kept), Level.OK)
    (tmp_path / "secret_key").chmod(0o640)
    assert_only(of(places.secret_is_kept, kept), Level.WARNING, "chmod 600")


@pytest.mark.parametrize("setting", ["FILES_DIR", "KEYS_DIR"])
def test_a_folder_that_everybody_is_served_from_is_unsafe(make_app: AppMaker, setting: str) -> None:
    app = make_app()
    assert of(places.files_are_not_served, app) == []
    app.config[setting] = Path(app.static_folder or "") / "kept"
    assert_only(of(places.files_are_not_served, app), Level.UNSAFE, f"PBVOTE_{setting}")


def test_a_folder_that_takes_no_files_is_a_warning(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_only(of(places.files_can_be_stored, app), Level.OK)
    monkeypatch.setattr("os.access", lambda *_: False)
    assert_only(of(places.files_can_be_stored, app), Level.WARNING, "may not write")


@pytest.mark.parametrize(
    ("address", "level", "words"),
    [
        ("https://grants.council.example", Level.OK, "lead to https://grants"),
        ("http://192.168.1.5:5000", Level.WARNING, "not https"),
        ("http://127.0.0.1:5000", Level.WARNING, "only this host reaches"),
        ("https://localhost", Level.WARNING, "only this host reaches"),
    ],
)
def test_the_address_is_public_and_https(make_app: AppMaker, address: str, level: Level, words: str) -> None:
    app = make_app(BASE_URL=address)
    assert_only(of(surroundings.address_is_public, app), level, words)
    secure = Level.OK if address.startswith("https") else Level.WARNING
    assert_only(of(surroundings.cookies_are_secure, app), secure)


@pytest.mark.parametrize(
    ("told", "after", "level"), [(1.0, 0.1, Level.OK), (4.0, 0.1, Level.WARNING), (0.0, -1.0, Level.WARNING)]
)
def test_clocks_that_are_apart_or_go_back_are_a_warning(told: float, after: float, level: Level) -> None:
    begun = now()
    moments = (begun + dt.timedelta(seconds=seconds) for seconds in (0.0, told, after))
    assert_only(list(surroundings.of_clocks(*moments)), level)


@both_databases
@pytest.mark.parametrize(("said", "more"), [("yes", [Level.OK]), ("no", [Level.WARNING]), ("", [])])
def test_the_clocks_of_the_network_and_the_database_are_asked(
    app: Flask, monkeypatch: pytest.MonkeyPatch, said: str, more: list[Level]
) -> None:
    monkeypatch.setattr(surroundings, "_ntp", lambda: said)
    with app.app_context():
        of_database = [Level.OK] if db.engine.dialect.name == "postgresql" else []
    assert levels(of(surroundings.clock_is_right, app)) == [*of_database, *more]


def test_mail_that_can_not_leave_is_a_warning(make_app: AppMaker) -> None:
    assert_only(of(surroundings.letters_leave, make_app()), Level.WARNING, "no mail server")
    nobody = make_app(SMTP_HOST="127.0.0.1", SMTP_PORT=1)
    assert_only(of(surroundings.letters_leave, nobody), Level.WARNING, "ConnectionRefusedError")


def test_a_mail_server_is_greeted_and_sent_nothing(make_app: AppMaker) -> None:
    taken: list[object] = []

    class Handler:
        async def handle_DATA(self, *given: object) -> str:  # noqa: N802 - aiosmtpd's name
            taken.append(given)
            return "250 OK"

    port = free_port()
    server = Controller(Handler(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        app = make_app(SMTP_HOST="127.0.0.1", SMTP_PORT=port)
        with writing(app):
            letter = write_letter("jo@council.example", "A question", "Words")
        assert_only(of(surroundings.letters_leave, app), Level.OK)
        with writing(app):
            letter = db.session.merge(letter)
            letter.written_at = now() - dt.timedelta(minutes=11)
        connected, waited = of(surroundings.letters_leave, app)
    finally:
        server.stop()
    assert connected.level is Level.OK
    assert waited.level is Level.WARNING
    assert "1 letter has waited" in waited.sentence
    assert taken == []


def test_an_old_python_is_a_warning(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_only(of(surroundings.python_is_known, app), Level.OK)
    monkeypatch.setattr(surroundings, "PYTHON_FROM", (99, 0))
    assert_only(of(surroundings.python_is_known, app), Level.WARNING)
