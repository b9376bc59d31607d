"""Signing in: passwords, the second step, mailed links, sessions that end, and the first organiser. Over HTTP."""

import base64
import datetime as dt
import json
import zlib

import pyotp
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.core.qr import qr_svg
from pbvote.db import db
from pbvote.people import service
from pbvote.people.models import EndedSession
from tests.accounts import AUDITOR, HASH, NOON, ORGANISER, PASSWORD, add, change, is_in, try_password, without_nonce
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker, both_databases
from tests.factories import an_account, sign_in, writing
from tests.pages import client_of, text_of


def session_in(client: CheckedClient) -> str:
    """What the session cookie says to anyone who holds it: it is signed, not sealed."""
    cookie = client.get_cookie("session")
    assert cookie
    payload = cookie.value.lstrip(".").split(".")[0]
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return (zlib.decompress(raw) if cookie.value.startswith(".") else raw).decode()


def test_the_right_password_signs_in_whatever_the_case_of_the_address(app: Flask, client: CheckedClient) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    answer = try_password(client, " Auditor@Council.Example ")
    assert answer.headers["Location"] == "/my/"
    assert is_in(client)
    client.post("/sign-out")
    assert not is_in(client)


def test_a_wrong_password_an_unknown_address_and_a_shut_out_account_answer_alike(
    app: Flask, client: CheckedClient
) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    add(app, Role.AUDITOR, "out@council.example", is_disabled=True)
    add(app, Role.AUDITOR, "invited@council.example", password_hash=None)
    tries = [(AUDITOR, "wrong"), ("nobody@council.example", PASSWORD), ("out@council.example", PASSWORD)]
    pages = set()
    for email, password in [*tries, ("invited@council.example", PASSWORD)]:
        answer = try_password(client, email, password)
        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        assert email in page  # what was typed stays, but never the password
        assert PASSWORD not in page
        pages.add(without_nonce(answer).replace(email, ""))
    assert len(pages) == 1
    assert "The e-mail address or the password is not right" in pages.pop()
    assert not is_in(client)


def test_signing_in_never_leads_to_another_site(app: Flask, client: CheckedClient) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    for address in [
        *("//evil.example", "https://evil.example/my/", "/\\evil.example", "\\\\evil.example", "/\t/evil.example"),
        *("javascript:alert(1)", "evil.example", "///evil.example", " //evil.example", "/\n/evil.example"),
        *("//[", "http://[", "/my/\r\nX: y", "/my/\n", "/my/\x00", "/my/\x7f", "/my/\u2028", "/my/\x85", "/ my"),
    ]:
        answer = try_password(client, AUDITOR, came_for=address)
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/my/"


@pytest.mark.parametrize("came_for", ["%0d%0aX", "%0a", "%00", "%ed%a0%80", "%ff", "[", "%E2%80%A8", "%5c", "?a=[&b=%"])
def test_no_address_that_somebody_came_for_ends_in_an_error(app: Flask, client: CheckedClient, came_for: str) -> None:
    secret = pyotp.random_base32()
    add(app, Role.AUDITOR, AUDITOR)
    add(app, Role.ORGANISER, ORGANISER, totp_secret=secret)
    answer = client.post(f"/sign-in?next=/my/{came_for}", data={"email": AUDITOR, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/my/")
    client.post("/sign-out")
    first = client.post(f"/sign-in?next=/my/{came_for}", data={"email": ORGANISER, "password": PASSWORD})
    assert first.status_code == 302
    last = client.post(f"/sign-in/second-step?next=/my/{came_for}", data={"digits": pyotp.TOTP(secret).now()})
    assert last.status_code == 302
    assert last.headers["Location"].startswith("/my/")
    client.post("/sign-out")
    assert client.get(f"/my/{came_for}").status_code in {302, 404}
    assert client.get(f"/desk/?q={came_for}").status_code == 302


def test_who_came_for_a_page_gets_there_after_both_steps(app: Flask, client: CheckedClient) -> None:
    secret = pyotp.random_base32()
    add(app, Role.ORGANISER, ORGANISER, totp_secret=secret)
    asked = client.get("/desk/people/?sort=name").headers["Location"]
    first = client.post(asked, data={"email": ORGANISER, "password": PASSWORD}).headers["Location"]
    assert first.startswith("/sign-in/second-step?next=")
    last = client.post(first, data={"digits": pyotp.TOTP(secret).now()})
    assert last.headers["Location"] == "/desk/people/?sort=name"
    assert client.get("/desk/people/").status_code == 200


@both_databases
def test_digits_work_once_within_a_minute_and_in_any_dress(app: Flask, client: CheckedClient) -> None:
    secret = pyotp.random_base32()
    add(app, Role.ORGANISER, ORGANISER, totp_secret=secret)

    def digits_of(step: int) -> str:
        return pyotp.TOTP(secret).at(NOON + dt.timedelta(seconds=30 * step))

    def second_step(digits: str) -> int:
        try_password(client, ORGANISER)
        status = client.post("/sign-in/second-step", data={"digits": digits}).status_code
        assert is_in(client) is (status == 302)
        client.post("/sign-out")
        return status

    with time_machine.travel(NOON, tick=False) as clock:
        assert second_step(f" {digits_of(0)[:3]} {digits_of(0)[3:]} ") == 302
        assert second_step(digits_of(0)) == 422  # a second use
        assert second_step(digits_of(-1)) == 422  # older than the one that was used
        arabic = digits_of(1).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        assert second_step(arabic) == 302
        for nonsense in ("", "²²²²²²", "abcdef", "9" * 300, digits_of(2), digits_of(-2)):
            assert second_step(nonsense) == 422
        clock.shift(150)
        assert second_step(digits_of(2)) == 422  # two minutes late


def test_a_password_alone_tells_nothing_of_the_second_step(app: Flask, client: CheckedClient) -> None:
    secret = pyotp.random_base32()
    add(app, Role.ORGANISER, ORGANISER, totp_secret=secret)
    page = client.get(try_password(client, ORGANISER).headers["Location"])
    assert secret not in session_in(client)
    assert secret not in page.get_data(as_text=True).replace(" ", "")
    assert not is_in(client)
    assert client.get("/desk/").status_code == 302


def test_an_organisers_first_sign_in_sets_the_authenticator_up(app: Flask, client: CheckedClient) -> None:
    add(app, Role.ORGANISER, ORGANISER)
    page = client.get(try_password(client, ORGANISER).headers["Location"]).get_data(as_text=True)
    assert "Set up your authenticator app" in page
    secret = json.loads(session_in(client))["waits_for_second_step"]["new_secret"]
    address = pyotp.TOTP(secret).provisioning_uri(name=ORGANISER, issuer_name=app.config["COUNCIL_NAME"])
    assert qr_svg(address) in page
    assert client.post("/sign-in/second-step", data={"digits": "000000"}).status_code == 422
    assert client.post("/sign-in/second-step", data={"digits": pyotp.TOTP(secret).now()}).status_code == 302
    assert secret not in session_in(client)
    with app.app_context():
        account = service.account_with_email(ORGANISER)
        assert account
        assert account.totp_secret == secret


def test_the_second_step_is_nothing_without_the_first(app: Flask, client: CheckedClient) -> None:
    add(app, Role.ORGANISER, ORGANISER, totp_secret=pyotp.random_base32())
    for answer in (client.get("/sign-in/second-step"), client.post("/sign-in/second-step", data={"digits": "1"})):
        assert answer.headers["Location"] == "/sign-in"
    try_password(client, ORGANISER)
    change(app, ORGANISER, service.end_sessions)
    assert client.get("/sign-in/second-step").headers["Location"] == "/sign-in"


def test_a_session_ends_when_its_account_is_shut_out_or_gets_another_password(
    app: Flask, client: CheckedClient
) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    add(app, Role.ORGANISER, ORGANISER, is_demonstration=True)
    desk = client_of(app)
    sign_in(desk, ORGANISER)
    with app.app_context():
        account = service.account_with_email(AUDITOR)
        assert account
        address = f"/desk/people/{account.id}"
    try_password(client, AUDITOR)
    assert is_in(client)
    desk.post(f"{address}/disable")
    assert not is_in(client)
    assert try_password(client, AUDITOR).status_code == 422
    desk.post(f"{address}/enable")
    assert not is_in(client)  # the old session stays dead
    try_password(client, AUDITOR)
    assert is_in(client)
    change(app, AUDITOR, lambda account: service.set_password(account, HASH))
    assert not is_in(client)


def a_copy(app: Flask, client: CheckedClient) -> CheckedClient:
    """Another browser with the same cookie."""
    copy: CheckedClient = app.test_client()  # type: ignore[assignment]
    cookie = client.get_cookie("session")
    assert cookie
    copy.set_cookie("session", cookie.value)
    return copy


def ended_sessions(app: Flask) -> int:
    """How many notes of ended sessions there are."""
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(EndedSession)) or 0


@both_databases
def test_signing_out_ends_this_session_for_its_copies_and_no_other_session(app: Flask, client: CheckedClient) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    elsewhere: CheckedClient = app.test_client()  # type: ignore[assignment]
    for browser in (client, elsewhere):
        try_password(browser, AUDITOR)
    copy = a_copy(app, client)
    assert is_in(copy)
    client.post("/sign-out")
    assert not is_in(copy)
    assert is_in(elsewhere)
    assert not is_in(client)
    try_password(client, AUDITOR)
    assert is_in(client)


def test_no_session_outlives_the_note_that_it_has_ended(app: Flask, client: CheckedClient) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    with time_machine.travel(NOON, tick=False) as clock:
        try_password(client, AUDITOR)
        copy = a_copy(app, client)
        for _ in range(11):
            clock.shift(3600)
            assert is_in(client)  # in use all the time
            copy.get("/")
        other: CheckedClient = app.test_client()  # type: ignore[assignment]
        try_password(other, AUDITOR)
        client.post("/sign-out")
        clock.shift(3600)
        assert not is_in(copy)
        assert is_in(other)
        clock.shift(11 * 3600 + 1)
        assert not is_in(other)
        assert ended_sessions(app) == 1
        other.post("/sign-out")  # notes are forgotten when they are of no more use
        assert not is_in(copy)
        try_password(other, AUDITOR)
        assert ended_sessions(app) == 1


def test_starting_afresh_ends_the_sessions_too(app: Flask, client: CheckedClient) -> None:
    add(app, Role.ORGANISER, ORGANISER, is_demonstration=True)
    try_password(client, ORGANISER)
    assert is_in(client)
    assert app.test_cli_runner().invoke(args=["add-organiser", ORGANISER, "Olivia Marsh"]).exit_code == 0
    assert not is_in(client)


def test_whoever_sends_a_page_from_before_they_signed_in_again_is_led_to_a_fresh_one(
    app: Flask, make_app: AppMaker
) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
    client = client_of(make_app(WTF_CSRF_ENABLED=True))
    sign_in(client, "organiser@council.example")
    address, stale = "/desk/people/invite", "IjAi.0.stale"
    answer = client.post(address, data={"csrf_token": stale}, headers={"Referer": f"http://localhost{address}"})
    assert answer.status_code == 400
    # To go back and send the same once more would meet the same answer for ever.
    assert "Nothing was stored. Open the page again, and fill it in once more." in text_of(answer)
    assert "try once more" not in text_of(answer)
    assert f'href="http://localhost{address}"' in answer.get_data(as_text=True)
