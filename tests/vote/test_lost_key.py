"""A key that a host lost, and the sheet that brings it back."""

import stat
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from pbvote.access import Role
from pbvote.core.recovery import key_in_groups
from pbvote.db import db
from pbvote.vote.ledger.service import last_entry
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.slips import lost_key
from pbvote.vote.slips.finding import slip_with
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.lost_key import RecoverySheetMade
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.factories import an_account, an_event, cast, count_closed, sign_in, the_event, writing
from tests.hall import open_poll_codes, organiser_does
from tests.pages import text_of
from tests.paper import words_on


@pytest.fixture
def codes(app: Flask) -> list[str]:
    """The codes of an open poll, two of which have voted."""
    made = open_poll_codes(app, 3)
    for code in made[:2]:
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 2, "B-03": 1})
    return made


def lose_key(app: Flask) -> tuple[Path, list[str]]:
    """Lose the event's key; where its file was, and what its sheet says."""
    with app.app_context():
        groups = key_in_groups(key_ring().read_bytes(the_event().slug))
    [file] = app.config["KEYS_DIR"].glob("*.key")
    file.unlink()
    return file, groups


def restore(app: Flask, typed: str) -> Result:
    """Run the command with this on its standard input."""
    with app.app_context():
        slug = the_event().slug
    return app.test_cli_runner().invoke(args=["restore-key", slug], input=typed)


def test_the_sheet_brings_the_key_back_and_every_slip_with_it(app: Flask, codes: list[str]) -> None:
    file, groups = lose_key(app)
    result = restore(app, " ".join(groups).lower())
    assert result.exit_code == 0
    assert "The key of Sale decides is back." in result.stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with writing(app):
        cast(codes[0], {"B-01": 1, "B-02": 1, "B-03": 1}, seen=1)
        assert {slip_with(code).event.slug for code in codes} == {the_event().slug}
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)


def test_what_is_left_of_a_broken_key_file_is_no_key(app: Flask, codes: list[str]) -> None:
    file, groups = lose_key(app)
    file.write_bytes(b"half of it")
    assert restore(app, "\n".join(groups)).exit_code == 0
    with app.app_context():
        assert slip_with(codes[2]).event.slug == the_event().slug


@pytest.mark.usefixtures("codes")
def test_a_group_that_is_mistyped_and_groups_that_changed_places_are_named(app: Flask) -> None:
    file, groups = lose_key(app)
    wrong = [*groups]
    wrong[6] = ("B" if wrong[6][0] == "A" else "A") + wrong[6][1:]
    swapped = [*groups[:3], groups[4], groups[3], *groups[5:]]
    for typed, said in (
        (wrong, "Group 7 is not as the sheet says it"),
        (swapped, "Group 4 is not as the sheet says it"),
        (groups[:12], "The sheet has 13 groups of 5, and there are 12 here"),
        ([], "The sheet has 13 groups of 5"),
    ):
        result = restore(app, " ".join(typed))
        assert result.exit_code == 1
        assert said in result.output
        assert not any(group in result.output for group in groups), "no part of a key on a screen or in a log"
    assert not file.exists()


@pytest.mark.usefixtures("codes")
def test_somebody_at_a_terminal_is_asked_again_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    file, groups = lose_key(app)
    monkeypatch.setattr("pbvote.cli.keys._is_typed", lambda: True)
    typed = [groups[0], groups[2], *groups[1:]]
    result = restore(app, "\n".join(typed) + "\n")
    assert result.exit_code == 0
    assert result.output.count("Group 2 is not as the sheet says it") == 1
    assert file.exists()


@pytest.mark.usefixtures("codes")
def test_the_key_of_another_event_is_refused(app: Flask) -> None:
    file, groups = lose_key(app)
    others = key_in_groups(bytes(range(32)))
    result = restore(app, " ".join(others))
    assert isinstance(result.exception, lost_key.KeyOfAnother)
    assert not file.exists()
    assert restore(app, " ".join(groups)).exit_code == 0


def test_nothing_is_restored_that_is_here_or_never_was_or_is_destroyed(app: Flask) -> None:
    with writing(app):
        an_event()
    some = " ".join(key_in_groups(bytes(range(32))))
    assert isinstance(restore(app, some).exception, lost_key.NoKeyYet)
    with writing(app):
        make_slips(the_event(), 2, None)
        groups = key_in_groups(key_ring().read_bytes(the_event().slug))
        whole = key_ring().read_bytes(the_event().slug)
    assert isinstance(restore(app, some).exception, lost_key.KeyIsHere)
    with app.app_context():
        assert key_ring().read_bytes(the_event().slug) == whole
    assert len(groups) == 13


@pytest.mark.usefixtures("codes")
def test_after_the_count_no_key_comes_back_and_none_is_printed(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        groups = key_in_groups(key_ring().read_bytes(the_event().slug))
        slug = the_event().slug
    for verb in (close_poll, count_closed):
        organiser_does(app, verb)
    assert isinstance(restore(app, " ".join(groups)).exception, lost_key.KeyDestroyed)
    assert not list(app.config["KEYS_DIR"].glob("*.key"))
    sign_in(client, "organiser@council.example")
    answer = client.post(f"/desk/events/{slug}/slips/recovery-sheet")
    assert answer.status_code == 409
    assert "their key is destroyed" in text_of(answer)


def test_an_organiser_prints_the_sheet_and_nobody_else(app: Flask, client: CheckedClient, tmp_path: Path) -> None:
    with writing(app):
        slug = an_event().slug
        an_account(Role.AUDITOR)
    address = f"/desk/events/{slug}/slips/recovery-sheet"
    sign_in(client, "organiser@council.example")
    assert "Make those first" in text_of(client.post(address))
    with writing(app):
        make_slips(the_event(), 2, None)
    sheet = client.post(address)
    with app.app_context():
        handed_over = last_entry(the_event(), RecoverySheetMade)
        assert handed_over
        assert handed_over.actor == 1
    assert sheet.headers["Cache-Control"] == "no-store"
    [page] = words_on(sheet.data, tmp_path)
    large = sorted((round(word.y), word.x, word.text) for word in page if word.size > 20 and word.y > 60)
    file, groups = lose_key(app)
    assert "".join(text for _, _, text in large) == "".join(groups)
    assert "has lost the key of Sale decides" in text_of(client.post(address))
    assert not file.exists()
    assert client.get(address).status_code == 405
    sign_in(client, "auditor@council.example")
    assert client.post(address).status_code == 403


@pytest.mark.usefixtures("codes")
def test_while_somebody_types_the_key_the_database_is_not_held(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    _, groups = lose_key(app)
    looks: list[bool] = []

    def ask() -> list[str]:
        looks.append(db.session().in_transaction())
        return groups

    monkeypatch.setattr("pbvote.cli.keys._is_typed", lambda: True)
    monkeypatch.setattr("pbvote.cli.keys._ask", ask)
    with app.app_context():
        slug = the_event().slug
    assert app.test_cli_runner().invoke(args=["restore-key", slug]).exit_code == 0
    assert looks == [False]
