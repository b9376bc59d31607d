"""LP members sign in by a mailed link, and stay signed in on their own phone until it is forgotten."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.people.models import Account
from pbvote.people.phones import device_of
from pbvote.people.service import account_with_email, grant_role
from tests.accounts import HASH, NOON, ORGANISER, is_in, mailed_code
from tests.checked_client import CheckedClient
from tests.factories import a_locality, an_account, writing
from tests.outbox import letters
from tests.pages import browser, client_of, text_of

MEMBER = "marek@partnership.example"
ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"
MONTH = dt.timedelta(days=30)


@pytest.fixture
def member(app: Flask) -> None:
    """An LP member of Sale with a password, and an organiser."""
    with writing(app):
        an_account(Role.LP_MEMBER, MEMBER, a_locality()).password_hash = HASH
        an_account(Role.ORGANISER, ORGANISER)


def come_in(app: Flask, came_for: str = "", *, stays: bool = True) -> tuple[CheckedClient, str]:
    """Ask for a link and press it; the browser, and where it leads."""
    client = client_of(app)
    assert client.post("/sign-in/by-mail", query_string={"next": came_for}, data={"email": MEMBER}).status_code == 200
    form = {"code": mailed_code(app, MEMBER)} | ({"stays": "y"} if stays else {})
    answer = client.post("/link", data=form, headers={"User-Agent": ANDROID})
    assert answer.status_code == 302
    return client, answer.headers["Location"]


def test_a_member_gets_a_link_that_opens_what_they_came_for(app: Flask, member: None) -> None:
    client, address = come_in(app, "/my/groups/7", stays=False)
    assert address == "/my/groups/7"
    assert is_in(client)
    _, elsewhere = come_in(app, "//evil.example/my")
    assert elsewhere == "/my/"


def test_the_link_is_no_get(app: Flask, member: None, client: CheckedClient) -> None:
    client.post("/sign-in/by-mail", data={"email": MEMBER})
    assert client.get("/link").status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.AUDITOR])
def test_who_may_do_more_gets_no_link(app: Flask, member: None, client: CheckedClient, role: Role) -> None:
    with writing(app):
        account = account_with_email(MEMBER)
        assert account
        grant_role(account, role)
    client.post("/sign-in/by-mail", data={"email": MEMBER})
    with app.app_context():
        assert letters() == []


def test_a_phone_stays_signed_in_for_thirty_days_and_another_for_twelve_hours(app: Flask, member: None) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        phone, _ = come_in(app)
        lent, _ = come_in(app, stays=False)
        for later, stays, lends in [
            (dt.timedelta(hours=11), True, True),
            (dt.timedelta(hours=13), True, False),
            (MONTH - dt.timedelta(minutes=1), True, False),
            (MONTH + dt.timedelta(minutes=1), False, False),
        ]:
            clock.move_to(NOON + later)
            assert (is_in(phone), is_in(lent)) == (stays, lends), later


def test_a_phone_is_listed_and_forgotten_at_a_press_also_from_another(app: Flask, member: None) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        phone, _ = come_in(app)
        lost, _ = come_in(app)
        page = text_of(phone.get("/my/phones"))
        assert page.count("Firefox on an Android phone") >= 2
        assert "(this one)" in page
        assert phone.post("/my/phones/2/forget").status_code == 302
        assert (is_in(phone), is_in(lost)) == (True, False)
        clock.shift(dt.timedelta(days=2))
        assert (is_in(phone), is_in(lost)) == (True, False)
        assert phone.post("/my/phones/forget").status_code == 302
        assert not is_in(phone)


def test_nobody_forgets_another_persons_phone(app: Flask, member: None) -> None:
    phone, _ = come_in(app)
    with writing(app):
        an_account(Role.LP_MEMBER, "nia@partnership.example", a_locality("Urmston"))
    browser(app, "nia@partnership.example").post("/my/phones/1/forget")
    assert is_in(phone)


def test_an_organiser_ends_what_stays_on_a_lost_phone(app: Flask, member: None) -> None:
    phone, _ = come_in(app)
    with app.app_context():
        account = account_with_email(MEMBER)
        assert account
        account_id = account.id
    desk = browser(app, ORGANISER)
    assert "Firefox on an Android phone" in text_of(desk.get(f"/desk/people/{account_id}"))
    assert desk.post(f"/desk/people/{account_id}/phones/forget").status_code == 302
    assert not is_in(phone)


def test_a_new_role_ends_what_stayed(app: Flask, member: None) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        phone, _ = come_in(app)
        with writing(app):
            account = account_with_email(MEMBER)
            assert account
            grant_role(account, Role.AUDITOR)
        assert is_in(phone)
        clock.shift(dt.timedelta(hours=13))
        assert not is_in(phone)


def test_who_may_do_more_signs_in_each_day(app: Flask, member: None) -> None:
    desk = browser(app, ORGANISER)
    said = desk.post("/my/phones/keep", follow_redirects=True)
    assert "you sign in each day" in text_of(said)
    with app.app_context():
        assert not Account(grants=[]).signs_in_by_link


def test_a_session_that_began_with_a_password_can_stay_too(app: Flask, member: None) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = browser(app, MEMBER)
        assert client.post("/my/phones/keep").status_code == 302
        clock.shift(dt.timedelta(days=3))
        assert is_in(client)


def test_a_device_is_named_in_words_without_a_version() -> None:
    assert device_of(ANDROID) == "Firefox on an Android phone"
    assert device_of("") == "A browser"
