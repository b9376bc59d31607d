"""How busy the phones are, on the console: in words, without anybody's name, and each event for itself."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.doctor import database
from pbvote.doctor.findings import unsafe
from pbvote.vote.hall.phones import Phones
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.factories import an_event, the_event, writing
from tests.hall import open_poll_codes, slug
from tests.pages import browser, open_paper, text_of
from tests.passes import another_event

ORGANISER = "organiser@council.example"
QUIET = "Phones are quiet: fewer than 10 codes and votes in the last minute."


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (0, QUIET),
        (10, "Phones are quiet: about 10 codes and votes in the last minute."),
        (20, "Phones are busy: about 20 codes and votes in the last minute."),
        (1200, "Phones are very busy: about 1,200 codes and votes in the last minute."),
    ],
)
def test_the_rate_in_words(sent: int, said: str) -> None:
    assert Phones(sent).said == said


def test_the_console_and_the_close_say_how_busy_the_phones_are(app: Flask, client: CheckedClient) -> None:
    [code] = open_poll_codes(app, 1)
    desk, console = browser(app, ORGANISER), f"/desk/events/{slug(app)}"
    other = another_event(app)
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as clock:
        for _ in range(25):
            open_paper(client, code)
        client.get(f"/v/{slug(app)}")  # who only waits is not counted
        assert QUIET in text_of(desk.get(console))
        clock.shift(30)
        busy = "Phones are busy: about 20 codes and votes in the last minute."
        assert busy in text_of(desk.get(console))
        assert f"{busy} Look again" in text_of(desk.get(f"{console}/close"))
        with app.app_context():
            assert Phones.of(the_event()).sent == 20
        assert "Phones are busy" not in text_of(desk.get(f"/desk/events/{other}"))
        clock.shift(60)
        assert QUIET in text_of(desk.get(console))


def test_the_console_speaks_of_the_database_only_when_it_is_unwell(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    open_poll_codes(app, 1)
    desk, console = browser(app, ORGANISER), f"/desk/events/{slug(app)}"
    assert "SQLite" not in text_of(desk.get(console))
    monkeypatch.setattr(database, "of_sqlite", lambda *_: unsafe("durability", "It forgets.", "Mend it."))
    assert "It forgets. Mend it." in text_of(desk.get(console))


def test_who_came_through_the_door_stands_on_the_console(app: Flask) -> None:
    open_poll_codes(app, 1)
    desk = browser(app, ORGANISER)
    for number in range(3):
        tap = {"id": f"{number:032x}", "kind": "voter", "step": "1"}
        assert desk.post(f"/door/{slug(app)}/count", data=tap).status_code == 302
    assert "Voters through the door 3" in text_of(desk.get(f"/desk/events/{slug(app)}"))


def test_test_votes_that_the_server_sends_itself_are_no_phones(app: Flask) -> None:
    with writing(app):
        make_slips(an_event(), 2, None, SlipState.LIVE)
    desk, console = browser(app, ORGANISER), f"/desk/events/{slug(app)}"
    assert "test votes in" in text_of(desk.post(f"{console}/venue/burst", follow_redirects=True))
    with app.app_context():
        assert Phones.of(the_event()).sent == 0
