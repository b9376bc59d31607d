"""Guessing at passwords, digits, links and cards comes to nothing, and keeps nobody out who knows theirs. Over HTTP."""

import datetime as dt
import itertools
from collections.abc import Iterator

import pyotp
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.core.codes import new_code
from pbvote.db import db
from pbvote.people import service
from pbvote.people.models import FailedTries
from tests.accounts import (
    AUDITOR,
    HALL,
    HASH,
    NOON,
    ORGANISER,
    PASSWORD,
    add,
    change,
    counted,
    is_in,
    letters_to,
    mailed_code,
    post,
    without_nonce,
)
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker, both_databases
from tests.pages import client_of, text_of

SECRET = pyotp.random_base32()


@pytest.fixture(autouse=True)
def _quick_to_compare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing a stranger's password takes as long as the others' of these tests."""
    monkeypatch.setattr(service, "_NOBODYS_HASH", HASH)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Noon, until a test moves on."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def give(client: CheckedClient, email: str, password: str = PASSWORD, network: str = HALL) -> TestResponse:
    """Send the sign-in form."""
    return post(client, "/sign-in", network, email=email, password=password)


def wrong(app: Flask, times: int, email: str = AUDITOR, network: str = HALL) -> list[int]:
    """Give wrong passwords from browsers that nobody has used; what was answered."""
    return [give(client_of(app), email, "wrong", network).status_code for _ in range(times)]


def right_digits() -> str:
    """What the authenticator shows now."""
    return pyotp.TOTP(SECRET).now()


def wrong_digits() -> str:
    """What it does not."""
    return f"{(int(right_digits()) + 500_000) % 1_000_000:06}"


@both_databases
def test_digits_guessed_from_one_network_are_stopped_after_a_handful(app: Flask, clock: time_machine.Traveller) -> None:
    add(app, Role.ORGANISER, ORGANISER, totp_secret=SECRET)
    guesser = client_of(app)
    give(guesser, ORGANISER, network="2001:db8::1")
    homes = (f"2001:db8::{number:x}" for number in itertools.count(1))
    tries = [post(guesser, "/sign-in/second-step", next(homes), digits=wrong_digits()) for _ in range(40)]
    assert [answer.status_code for answer in tries] == [422] * 5 + [429] * 35
    assert "Too many wrong digits. Wait a minute, then try again." in text_of(tries[-1])
    assert tries[-1].headers["Retry-After"] == "61"
    right = post(guesser, "/sign-in/second-step", next(homes), digits=right_digits())
    assert right.status_code == 429, "a right guess after many wrong ones is not served at once"
    assert letters_to(app, ORGANISER) == ["Somebody may know your password"]
    clock.shift(60)
    assert post(guesser, "/sign-in/second-step", next(homes), digits=wrong_digits()).status_code == 422
    clock.shift(61)
    again = post(guesser, "/sign-in/second-step", next(homes), digits=right_digits())
    assert "Wait a minute" in text_of(again)  # two, of which one is over
    clock.shift(60)
    assert post(guesser, "/sign-in/second-step", next(homes), digits=right_digits()).status_code == 302
    assert letters_to(app, ORGANISER) == ["Somebody may know your password"]


@both_databases
def test_passwords_guessed_from_one_network_or_many_are_stopped(app: Flask, clock: time_machine.Traveller) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    assert wrong(app, 9) == [422] * 5 + [429] * 4
    networks = [wrong(app, 3, network=f"198.51.100.{number}") for number in range(6)]
    assert [status for answers in networks for status in answers] == [422] * 15 + [429] * 3
    assert give(client_of(app), AUDITOR, network="203.0.113.9").status_code == 429
    clock.shift(dt.timedelta(hours=4))
    assert give(client_of(app), AUDITOR, network="203.0.113.9").status_code == 302


def test_one_network_keeps_nobody_out_elsewhere(app: Flask) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    wrong(app, 9)
    assert give(client_of(app), AUDITOR, network="203.0.113.9").status_code == 302


def test_a_halls_neighbours_never_keep_out_who_knows_their_password(app: Flask, clock: time_machine.Traveller) -> None:
    add(app, Role.ORGANISER, ORGANISER, totp_secret=SECRET)
    add(app, Role.AUDITOR, AUDITOR)
    for number in range(70):
        clock.shift(1.4)
        assert wrong(app, 1, f"neighbour-{number}@council.example") == [422]
        post(client_of(app), "/witness", code=new_code())
    organiser = client_of(app)
    assert give(organiser, ORGANISER).headers["Location"] == "/sign-in/second-step"
    assert post(organiser, "/sign-in/second-step", digits=right_digits()).status_code == 302
    assert is_in(organiser)
    assert wrong(app, 1) == [422]
    assert give(client_of(app), AUDITOR).status_code == 302  # after a mistake of their own


def test_amid_noise_an_account_can_be_tried_twice(app: Flask) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    for number in range(60):
        wrong(app, 1, f"neighbour-{number}@council.example")
    assert wrong(app, 3) == [422, 422, 429]
    assert wrong(app, 3, network="203.0.113.9") == [422] * 3


def test_a_browser_that_is_known_is_not_kept_out_by_others(app: Flask) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    known = client_of(app)
    give(known, AUDITOR)
    known.post("/sign-out")
    wrong(app, 9)
    assert give(client_of(app), AUDITOR).status_code == 429
    assert give(known, AUDITOR).status_code == 302
    known.post("/sign-out")
    assert give(client_of(app), AUDITOR).status_code == 429, "the others' failures are not forgotten with it"
    assert [give(known, AUDITOR, "wrong").status_code for _ in range(6)] == [422] * 5 + [429]


def test_a_known_browser_that_guesses_is_a_strange_one_then(app: Flask, clock: time_machine.Traveller) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    known = client_of(app)
    give(known, AUDITOR)
    known.post("/sign-out")
    assert [give(known, AUDITOR, "wrong").status_code for _ in range(11)] == [422] * 10 + [429]


def test_a_browser_is_known_for_its_own_accounts_and_by_our_signature(app: Flask) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    add(app, Role.AUDITOR, "other@council.example")
    known = client_of(app)
    give(known, "other@council.example")
    known.post("/sign-out")
    wrong(app, 9)
    assert give(known, AUDITOR).status_code == 429
    cookie = known.get_cookie("known-browser", path="/sign-in")
    assert cookie
    assert cookie.http_only
    forged = client_of(app)
    forged.set_cookie("known-browser", cookie.value[:-4] + "AAAA", path="/sign-in")
    assert give(forged, AUDITOR).status_code == 429


def test_a_mailed_link_is_the_way_past_a_wait_and_its_digits_count_apart(
    app: Flask, clock: time_machine.Traveller
) -> None:
    add(app, Role.ORGANISER, ORGANISER, totp_secret=SECRET)
    post(client_of(app), "/sign-in/by-mail", email=ORGANISER)
    assert letters_to(app, ORGANISER) == []  # nobody is kept out
    guesser = client_of(app)
    give(guesser, ORGANISER)
    for _ in range(9):
        post(guesser, "/sign-in/second-step", digits=wrong_digits())
    wrong(app, 9, ORGANISER)
    owner = client_of(app)
    refused = give(owner, ORGANISER)
    assert "Wait a minute, or get a link by e-mail that signs you in." in text_of(refused)
    assert post(owner, "/sign-in/by-mail", email=ORGANISER).status_code == 200
    code = mailed_code(app, ORGANISER)
    assert post(owner, "/link", code=code).headers["Location"] == "/sign-in/second-step"
    assert not is_in(owner)
    assert post(owner, "/sign-in/second-step", digits=right_digits()).status_code == 302
    assert is_in(owner)


def test_an_address_that_nobody_has_waits_alike(app: Flask, clock: time_machine.Traveller) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    add(app, Role.AUDITOR, "out@council.example", is_disabled=True)
    emails = (AUDITOR, "nobody@council.example", "out@council.example")
    pages = set()
    for email in emails:
        assert wrong(app, 6, email) == [422] * 5 + [429]
        pages.add(without_nonce(give(client_of(app), email.upper())).replace(email.upper(), ""))
    assert len(pages) == 1


def test_what_is_right_writes_nothing_and_forgets_what_was_wrong(app: Flask) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    assert give(client_of(app), AUDITOR).status_code == 302
    assert counted(app) == 0
    wrong(app, 4)
    assert give(client_of(app), AUDITOR).status_code == 302
    assert wrong(app, 6) == [422] * 5 + [429]


def test_the_counts_hold_for_every_process_name_nobody_and_are_forgotten(
    make_app: AppMaker, clock: time_machine.Traveller
) -> None:
    first, second = make_app(), make_app()
    add(first, Role.AUDITOR, AUDITOR)
    assert wrong(first, 3) + wrong(second, 3) == [422] * 5 + [429]
    with first.app_context():
        keys = db.session.scalars(sa.select(FailedTries.key)).all()
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 3
    clock.shift(dt.timedelta(days=1, seconds=1))
    assert wrong(first, 1, "nobody@council.example", "203.0.113.9") == [422]
    assert counted(first) == 3
    assert wrong(first, 5) == [422] * 5


def test_a_session_is_untouched_by_others_guesses(app: Flask) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    signed_in = client_of(app)
    give(signed_in, AUDITOR)
    wrong(app, 30)
    assert is_in(signed_in)
    change(app, AUDITOR, service.end_sessions)
    assert not is_in(signed_in)
    assert give(signed_in, AUDITOR).status_code == 302  # its browser is known


def test_the_pages_for_voters_are_never_sent_the_mark_of_a_browser(app: Flask) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    answer = give(client_of(app), AUDITOR)
    [cookie] = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("known-browser=")]
    assert "Path=/sign-in" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
