"""Passes: made, printed, ended and asked with; what the database refuses; midnight; what is kept of whom."""

import datetime as dt
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.addresses import pass_page
from pbvote.core.clock import now, uk_moment
from pbvote.core.codes import new_code, read_code
from pbvote.db import db
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.passes.cards import WORK, pass_card
from pbvote.vote.passes.lifetime import lives_until
from pbvote.vote.passes.models import HallDevice, HallPass
from pbvote.vote.passes.roll import forget_devices
from tests.accounts import counted, post
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import sign_in, the_event, writing
from tests.pages import client_of, text_of
from tests.paper import codes_on, rendered, words_on
from tests.paper import text_of as printed_text_of
from tests.passes import (
    COMPERE,
    SCREEN,
    STEWARD,
    a_pass,
    a_phone,
    ask_in,
    device,
    device_count,
    let_in,
    move_event,
    told_of_passes,
)

ORGANISER, SECOND = "organiser@council.example", "second@council.example"


def test_a_pass_is_printed_once_and_leads_to_the_page_that_waits(
    hall: Flask, client: CheckedClient, desk: str, tmp_path: Path
) -> None:
    sign_in(client, ORGANISER)
    card = client.post(desk, data={"kind": "steward", "show": "yes"})
    assert card.mimetype == "application/pdf", "a pass is shown on the screen in the demonstration alone"
    [page] = rendered(card.data, tmp_path)
    [found] = codes_on(page)
    code = read_code(found.text)
    assert code
    with hall.app_context():
        assert found.text == pass_page(code)
    [words] = words_on(card.data, tmp_path)
    for said in ("Steward", "Sale decides", "ends at midnight", *WORK[STEWARD]):
        assert said in printed_text_of(words)
    assert all(word.x < 100 and word.y < 145 for word in words), "the card is A6"
    phone = client_of(hall)
    assert "Ask to come in" in text_of(phone.get("/pass"))
    asked = ask_in(phone, found.text)
    assert asked.headers["Location"] == desk.replace("/desk/events", "/door").removesuffix("/passes")
    assert code not in client.get(desk).get_data(as_text=True)


@both_databases
def test_a_new_pass_ends_the_one_before_and_whoever_waits_by_it(hall: Flask) -> None:
    old, compere = a_pass(hall), a_pass(hall, COMPERE)
    assert ask_in(client_of(hall), old).status_code == 302
    let_in(hall, 1)
    assert ask_in(client_of(hall), old, "Ben").status_code == 302
    new = a_pass(hall)
    refused = ask_in(client_of(hall), old)
    assert refused.status_code == 409
    assert "This pass has ended. Ask an organiser for the new one." in text_of(refused)
    assert device(hall, 1).is_allowed, "who is in stays in"
    assert not device(hall, 2).is_waiting
    for code in (new, compere):
        assert ask_in(client_of(hall), code).status_code == 302
    assert told_of_passes(hall) == [
        *(("pass", 1, False), ("pass", 2, False), ("device", 1, False)),
        *(("pass", 1, True), ("pass", 3, False)),
    ]
    assert counted(hall) == 0, "the code of an ended pass is no guess"


@both_databases
def test_the_database_itself_keeps_one_live_pass_of_each_kind_and_none_for_a_screen(hall: Flask) -> None:
    a_pass(hall)
    row = {"event_id": 1, "made_by": 1, "made_at": now()}
    for kind in (STEWARD, SCREEN):
        with writing(hall), pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            db.session.execute(sa.insert(HallPass).values(**row, kind=kind, tag=b"1"))


@both_databases
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "n" * 41},
        {"allowed_at": now()},
        {"seen_at": now()},
        {"showing": "sealed"},
        {"kind": SCREEN, "seen_at": now()},
    ],
    ids=lambda wrong: " ".join(wrong),
)
def test_the_database_itself_refuses_a_device_that_can_not_be(hall: Flask, wrong: dict[str, object]) -> None:
    row = {"event_id": 1, "kind": STEWARD, "name": "Anna", "tag": b"1", "asked_at": now(), "showing": ""}
    with writing(hall), pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.insert(HallDevice).values(**row | wrong))


def test_wrong_passes_are_counted_like_a_witnesss_cards_and_a_right_one_is_served(
    clock: time_machine.Traveller, hall: Flask
) -> None:
    code = a_pass(hall)
    guesses = [post(client_of(hall), "/pass", code=new_code(), name="Anna") for _ in range(32)]
    assert [answer.status_code for answer in guesses] == [404] * 30 + [429] * 2
    assert "Too many wrong codes came from your network" in text_of(guesses[-1])
    assert guesses[-1].headers["Retry-After"]
    assert post(client_of(hall), "/witness", code=new_code()).status_code == 429, "it is one count"
    assert post(client_of(hall), "/pass", code=code, name="Anna").status_code == 302


def test_a_slip_of_the_pen_and_a_missing_name_are_told_and_not_counted(hall: Flask, client: CheckedClient) -> None:
    code = a_pass(hall)
    assert ask_in(client, "K7QF-9M2T-XW4X").status_code == 404
    nameless = ask_in(client, code, " ")
    assert nameless.status_code == 422
    assert "Enter your first name" in text_of(nameless)
    assert ask_in(client, code, "n" * 41).status_code == 422
    assert (counted(hall), device_count(hall)) == (0, 0)


@pytest.mark.parametrize(
    ("ends", "until"),
    [
        (uk_moment(dt.date(2014, 7, 12), dt.time(15)), dt.datetime(2014, 7, 12, 23, tzinfo=dt.UTC)),
        (uk_moment(dt.date(2014, 12, 5), dt.time(21)), dt.datetime(2014, 12, 6, 0, tzinfo=dt.UTC)),
        (uk_moment(dt.date(2014, 7, 18), dt.time(9)), dt.datetime(2014, 7, 18, 23, tzinfo=dt.UTC)),
    ],
    ids=["summer", "winter", "several days"],
)
def test_everything_ends_at_the_midnight_after_the_last_day_by_the_clocks_of_the_hall(
    clock: time_machine.Traveller, hall: Flask, ends: dt.datetime, until: dt.datetime
) -> None:
    move_event(hall, ends_at=ends)
    with hall.app_context():
        assert lives_until(the_event()) == until


def test_at_midnight_nobody_asks_is_let_in_or_makes_a_pass(
    clock: time_machine.Traveller, hall: Flask, client: CheckedClient, desk: str
) -> None:
    code = a_pass(hall)
    ask_in(client_of(hall), code)
    ask_in(client_of(hall), code)
    let_in(hall, 1)
    clock.move_to(dt.datetime(2014, 7, 12, 22, 59, 59, tzinfo=dt.UTC))
    assert device(hall, 1).is_allowed
    assert device(hall, 2).is_waiting
    clock.shift(1)
    assert not device(hall, 1).is_allowed
    assert device(hall, 1).may_upload
    assert not device(hall, 2).is_waiting
    sign_in(client, ORGANISER)
    for path, data in (("", {"kind": "steward"}), ("/devices/2/allow", {}), ("/screen", {})):
        assert client.post(f"{desk}{path}", data=data).status_code == 409
    assert ask_in(client_of(hall), code).status_code == 409
    screen = desk.replace("/desk/events", "/screen").replace("/passes", "/ask")
    assert client_of(hall).post(screen).status_code == 409
    for page in (client.get(desk), client_of(hall).get(screen)):
        assert "The event is over." in text_of(page)
    clock.shift(24 * 3600)
    assert not device(hall, 1).may_upload


def test_names_are_forgotten_a_month_after_the_event(clock: time_machine.Traveller, hall: Flask) -> None:
    a_phone(hall)
    for days, left in ((30, 1), (1, 0)):
        clock.shift(days * 24 * 3600)
        with writing(hall):
            forget_devices()
        assert device_count(hall) == left
    with hall.app_context():
        assert [entry.body for entry in entries_of(the_event()) if entry.type == "device"] == [
            {"number": 1, "kind": "steward"}
        ]


def test_neither_code_nor_token_nor_name_is_where_it_should_not_be(hall: Flask) -> None:
    code = a_pass(hall)
    phone = client_of(hall)
    ask_in(phone, code)
    let_in(hall, 1)
    cookie = phone.get_cookie("hall-device", path=f"/door/{device(hall, 1).event.slug}")
    assert cookie
    with hall.app_context():
        assert "Anna" not in str([entry.body for entry in entries_of(the_event())])
    for file in hall.config["KEYS_DIR"].parent.rglob("*"):
        if file.is_file():
            assert code.encode() not in file.read_bytes()
            assert cookie.value.encode() not in file.read_bytes()


@pytest.mark.usefixtures("demonstration")
def test_in_the_demonstration_a_pass_can_be_had_on_the_screen_also_next_week(client: CheckedClient) -> None:
    sign_in(client, "olivia@council.example")
    desk = "/desk/events/sale-2014/passes"
    shown = client.post(desk, data={"kind": "compere", "show": "yes"})
    assert shown.mimetype == "text/html"
    link = re.search(r'href="[^"]*/pass#([^"]+)"', shown.get_data(as_text=True))
    assert link
    assert link[1] not in client.get(desk).get_data(as_text=True), "once only"
    with time_machine.travel(now() + dt.timedelta(days=7)):
        sign_in(client, "olivia@council.example")
        assert ask_in(client_of(client.application), link[1]).headers["Location"] == "/compere/sale-2014"
        assert "Anna’s phone" in text_of(client.get(desk))


def test_a_compere_s_card_fits_its_sheet(hall: Flask, tmp_path: Path) -> None:
    with hall.app_context():
        pdf = pass_card(the_event(), COMPERE, pass_page(new_code()))
    [words] = words_on(pdf, tmp_path)
    assert all(word.x < 100 and word.y < 145 for word in words)
    assert "announce the result" in printed_text_of(words)
