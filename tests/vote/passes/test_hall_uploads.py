"""A device's cookie, what its forms need, and what its script may hand over, also after midnight."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.own_scripts import HEADER
from tests.conftest import AppMaker
from tests.factories import an_event, the_event, writing
from tests.pages import browser, client_of, text_of
from tests.passes import (
    STEWARD,
    a_pass,
    a_phone,
    add_door,
    cookies_set,
    out_of,
)

ORGANISER, AUDITOR = "organiser@council.example", "auditor@council.example"
NOON = dt.datetime(2014, 7, 12, 11, tzinfo=dt.UTC)
SENT = {HEADER: "1", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize("address", ["http://127.0.0.1:5000", "https://vote.council.example"])
def test_the_cookie_is_the_devices_own_and_the_voters_path_never_gets_it(make_app: AppMaker, address: str) -> None:
    app = make_app(BASE_URL=address)
    with time_machine.travel(NOON, tick=False):
        with writing(app):
            an_event()
        phone, code = client_of(app), a_pass(app)
        [cookie] = cookies_set(phone.post("/pass", data={"code": code, "name": "Anna"}, base_url=address))
        with app.app_context():
            slug = the_event().slug
        parts = cookie.split("; ")[1:]
        assert set(parts) == {
            *("HttpOnly", "SameSite=Strict", f"Path=/door/{slug}", "Expires=Sun, 13 Jul 2014 23:00:00 GMT"),
            *(["Secure"] if address.startswith("https") else []),
        }
        for path in (f"/v/{slug}", "/v", "/", f"/desk/events/{slug}"):
            assert "hall-device" not in phone.get(path, base_url=address).request.headers.get("Cookie", "")
        at_door = phone.get(f"/door/{slug}", base_url=address)
        assert "hall-device" in at_door.request.headers["Cookie"]
        assert cookies_set(at_door) == []


def test_at_midnight_the_pages_close_and_what_was_noted_can_still_be_handed_over(
    clock: time_machine.Traveller, hall: Flask, door: str
) -> None:
    add_door(hall, STEWARD)
    phone = a_phone(hall)
    clock.move_to(dt.datetime(2014, 7, 12, 22, 59, 59, tzinfo=dt.UTC))
    assert phone.get(door).status_code == 200
    clock.shift(1)
    over = phone.get(door)
    assert over.status_code == 403
    assert "The event is over, and the access of Anna’s phone ended at midnight." in text_of(over)
    assert phone.post(f"{door}/envelopes/1").status_code == 403
    handed = phone.post(f"{door}/trial/taps", json=[], headers=SENT)
    assert handed.json == {"name": "Anna’s phone", "may_write": True, "device": 1}
    clock.shift(24 * 3600 - 1)
    assert phone.post(f"{door}/trial/taps", json=[], headers=SENT).status_code == 200
    clock.shift(1)
    late = phone.post(f"{door}/trial/taps", json=[], headers=SENT)
    assert late.status_code in {302, 403}, "its cookie has gone as well"


def test_a_phone_that_was_ended_hands_nothing_over(hall: Flask, door: str) -> None:
    add_door(hall, STEWARD)
    phone = a_phone(hall)
    assert phone.post(f"{door}/trial/taps", json=[], headers=SENT).status_code == 200
    out_of(hall, 1)
    assert phone.post(f"{door}/trial/taps", json=[], headers=SENT).status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (SENT, 200),
        ({HEADER: "1", "Origin": "http://localhost"}, 200),
        ({HEADER: "1", "Origin": "http://127.0.0.1:5000"}, 200),
        ({HEADER: "1", "Origin": "https://evil.example"}, 400),
        ({HEADER: "1", "Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 400),
        ({HEADER: "1", "Sec-Fetch-Site": "same-site"}, 400),
        ({HEADER: "1"}, 400),
        ({"Sec-Fetch-Site": "same-origin"}, 400),
        ({}, 400),
    ],
)
def test_an_upload_comes_from_a_page_of_this_host_alone(
    make_app: AppMaker, headers: dict[str, str], status: int
) -> None:
    app = make_app(WTF_CSRF_ENABLED=True)
    with writing(app):
        an_event()
    add_door(app, STEWARD)
    organiser = browser(app, ORGANISER)
    with app.app_context():
        door = f"/door/{the_event().slug}"
    assert organiser.post(f"{door}/trial/taps", json=[], headers=headers).status_code == status
    assert organiser.post(f"{door}/help", headers=headers).status_code == 400, "a form needs its token all the same"


def test_a_form_on_a_phones_page_needs_its_token(make_app: AppMaker) -> None:
    app = make_app(WTF_CSRF_ENABLED=True)
    with writing(app):
        an_event()
    assert client_of(app).post("/pass", data={"code": "K7QF9M2TXW4R", "name": "Anna"}).status_code == 400
    assert client_of(app).post("/screen/sale-2014/ask").status_code == 400
