"""Signing in: passwords, the second step, mailed links, sessions that end, and the first organiser. Over HTTP."""

import base64
import datetime as dt
import json
import zlib

import pyotp
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.people import service
from tests.accounts import AUDITOR, HASH, NOON, ORGANISER, PASSWORD, add, change, is_in, try_password, without_nonce
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker, both_databases
from tests.factories import sign_in
from tests.pages import client_of


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
        *("//[", "http://["),
    ]:
        answer = try_password(client, AUDITOR, came_for=address)
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/my/"


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


def test_an_organiser_can_not_shut_out_themselves(app: Flask, client: CheckedClient) -> None:
    add(app, Role.ORGANISER, ORGANISER)
    sign_in(client, ORGANISER)
    answer = client.post("/desk/people/1/disable")
    assert answer.status_code == 409
    assert "You can&#39;t shut out your own account." in answer.get_data(as_text=True)
    assert client.get("/desk/").status_code == 200


def test_guessing_is_slowed_down(make_app: AppMaker) -> None:
    app = make_app(RATELIMIT_ENABLED=True)
    client = client_of(app)
    form = {"email": "not an address", "password": ""}
    statuses = [client.post("/sign-in", data=form).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert [client.post("/sign-in/second-step").status_code for _ in range(11)][-1] == 429
    assert [client.post("/link", data={}).status_code for _ in range(11)][-1] == 429
