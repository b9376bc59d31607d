"""The venue check: each point well and not well, with its sentence and what to do; and who looked."""

import datetime as dt
import socket
import ssl
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import uk_moment
from pbvote.db import db
from pbvote.doctor import findings, places
from pbvote.doctor.findings import Level, unsafe
from pbvote.vote.slips.batches import batches_of
from pbvote.vote.slips.printing import SlipsMade, make_slips
from pbvote.vote.venue import server
from pbvote.vote.venue.models import VenueCheck, VenuePoint
from tests.conftest import AppMaker
from tests.factories import an_event, the_event, writing
from tests.hall import ORGANISER, slug
from tests.pages import browser

NOON = uk_moment(dt.date(2026, 3, 2), dt.time(12))
HTTPS = "https://grants.council.example"
HOST = "grants.council.example"


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """Noon of the event's day, until a test moves on."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def public_app(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An app at an address of its own, with all well, and an event whose slips are printed."""
    monkeypatch.setattr(server, "addresses_of", lambda *_: ["192.0.2.7"])
    monkeypatch.setattr(server, "certificate_until", lambda *_: NOON + dt.timedelta(days=60))
    monkeypatch.setattr("pbvote.doctor.surroundings._ntp", lambda: "yes")
    monkeypatch.setattr("shutil.disk_usage", lambda _: _Usage())
    app = make_app(BASE_URL=HTTPS)
    with writing(app):
        make_slips(an_event(), 25, None)
    return app


class _Usage:
    free = 2 * places.GOOD_FREE


def look(app: Flask, browser_at: dt.datetime | None = NOON, host: str = HOST) -> dict[VenuePoint, VenueCheck]:
    """Press the button as an organiser; what is kept then."""
    desk = browser(app, ORGANISER)
    sent = {"browser_at": f"{browser_at.timestamp() * 1000:.0f}"} if browser_at else {}
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = desk.get_cookie(name)
    assert cookie
    desk.set_cookie(name, cookie.value, domain=host.partition(":")[0])
    answer = desk.post(f"/desk/events/{slug(app)}/venue/server", data=sent, base_url=f"https://{host}")
    assert answer.status_code == 302
    return kept(app)


def kept(app: Flask) -> dict[VenuePoint, VenueCheck]:
    """What the database holds of the event's venue."""
    with app.app_context():
        return {check.point: check for check in db.session.scalars(sa.select(VenueCheck))}


def assert_found(check: VenueCheck, level: Level, sentence: str, advice: str = "") -> None:
    """A finding with just these words."""
    assert (check.level, check.sentence, check.advice) == (level, sentence, advice)


def test_a_server_that_is_well_says_so_of_each_point(public_app: Flask) -> None:
    found = look(public_app)
    assert [check.level for check in found.values()] == [Level.OK] * 5
    assert found[VenuePoint.NAME].sentence == f"{HOST} leads to 192.0.2.7. The slips carry this name."
    assert "The certificate is good until 1 May 2026." in found[VenuePoint.HTTPS].sentence
    assert "this computer’s agree. This host's clock is set by the network." in found[VenuePoint.CLOCK].sentence
    assert "2,048 MB are free" in found[VenuePoint.DISK].sentence
    assert found[VenuePoint.SERVER].sentence == "Nothing on the server keeps voting from opening."
    assert {check.checked_at for check in found.values()} == {NOON}
    assert {check.checked_by for check in found.values()} == {1}


def test_a_name_that_leads_nowhere_must_be_mended(public_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object) -> list[str]:
        raise socket.gaierror

    monkeypatch.setattr(server, "addresses_of", nowhere)
    found = look(public_app)[VenuePoint.NAME]
    assert_found(
        found,
        Level.UNSAFE,
        f"The server finds no computer called {HOST}.",
        "Ask whoever keeps the council’s names (DNS). Until then no phone finds the page.",
    )


def test_a_name_is_looked_up_as_computers_do() -> None:
    assert server.addresses_of("127.0.0.1", 80) == ["127.0.0.1"]
    with pytest.raises(OSError, match=r"not known|resolution"):
        server.addresses_of("no-such-host.invalid", 80)


def test_slips_that_carry_another_name_must_be_mended(make_app: AppMaker, public_app: Flask) -> None:
    moved = make_app(BASE_URL="https://votes.council.example")
    found = look(moved, host="votes.council.example")[VenuePoint.NAME]
    assert_found(
        found,
        Level.UNSAFE,
        f"25 slips lead to {HTTPS}, as printed: S-0001 to S-0025.",
        "Serve pbvote there again, or print new slips for https://votes.council.example.",
    )
    with writing(public_app):
        only = batches_of(the_event())[0].made
        assert server.of_slips([only]).level is Level.OK
        assert server.of_slips([]).sentence == "No slips are printed yet."
    with moved.app_context():
        test_slips = SlipsMade(1, "test", "T-0001", "T-0001", "", "", 3, host=HTTPS)
        assert server.of_slips([test_slips]).level is Level.OK  # nobody is handed one


def test_an_organiser_who_came_by_another_name_is_told(public_app: Flask) -> None:
    found = look(public_app, host="10.0.0.5:5000")[VenuePoint.NAME]
    assert_found(
        found,
        Level.WARNING,
        f"You came here by 10.0.0.5:5000, and slips lead to {HOST}.",
        "Open the printed address on this computer too. It must show the same event.",
    )


def test_without_https_is_a_warning_in_the_doctors_words(app: Flask) -> None:
    with writing(app):
        an_event()
    assert look(app, host="127.0.0.1:5000")[VenuePoint.HTTPS].sentence.endswith("which only this host reaches.")


@pytest.mark.parametrize(
    ("failure", "level", "sentence", "advice"),
    [
        (
            ssl.SSLCertVerificationError(),
            Level.UNSAFE,
            f"The certificate of {HOST} is not good (SSLCertVerificationError).",
            "Renew it: phones refuse the page.",
        ),
        (
            ConnectionRefusedError(),
            Level.WARNING,
            f"The server can’t reach {HTTPS} itself (ConnectionRefusedError).",
            "Open it on a phone that uses mobile data.",
        ),
    ],
)
def test_https_that_does_not_answer_is_told(
    public_app: Flask, monkeypatch: pytest.MonkeyPatch, failure: OSError, level: Level, sentence: str, advice: str
) -> None:
    def fails(*_: object) -> dt.datetime:
        raise failure

    monkeypatch.setattr(server, "certificate_until", fails)
    assert_found(look(public_app)[VenuePoint.HTTPS], level, sentence, advice)


def test_a_certificate_that_runs_out_before_the_end_must_be_mended(
    public_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "certificate_until", lambda *_: NOON + dt.timedelta(hours=1))
    assert_found(
        look(public_app)[VenuePoint.HTTPS],
        Level.UNSAFE,
        "The certificate runs out on 2 March 2026, before the event ends.",
        "Renew it before the day.",
    )


@pytest.mark.parametrize(
    ("browser_at", "sentence"),
    [
        (NOON + dt.timedelta(seconds=42), "The server’s clock and this computer’s are 42 seconds apart."),
        (NOON - dt.timedelta(hours=1), "The server’s clock and this computer’s are 3600 seconds apart."),
        (None, "This browser did not tell its time."),
    ],
)
def test_a_clock_that_is_wrong_is_told(public_app: Flask, browser_at: dt.datetime | None, sentence: str) -> None:
    found = look(public_app, browser_at)[VenuePoint.CLOCK]
    assert (found.level, found.sentence) == (Level.WARNING, sentence)
    assert "a telephone’s" in found.advice


def test_a_clock_may_be_as_far_off_as_a_slow_request_takes() -> None:
    at = int(NOON.timestamp() * 1000)
    assert [server.of_browser(at - off, NOON).level for off in (10_400, 10_600)] == [Level.OK, Level.WARNING]


def test_a_full_disk_must_be_mended(public_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Usage, "free", places.LEAST_FREE - 1)
    found = look(public_app)
    assert found[VenuePoint.DISK].level is Level.UNSAFE
    assert found[VenuePoint.DISK].advice == "Make room before voting opens."
    assert found[VenuePoint.SERVER].level is Level.OK  # said once


def test_whatever_else_keeps_voting_from_opening_is_told(public_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    said = unsafe("keys", "This host lacks the key.", "Copy it.")
    monkeypatch.setattr(findings, "_STOPPING", [lambda: [said]])
    assert_found(look(public_app)[VenuePoint.SERVER], Level.UNSAFE, said.sentence, said.advice)
