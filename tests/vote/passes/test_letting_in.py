"""Phones and screens that ask: who is let in, by whom, how many at once, and how each ends."""

import re
from functools import partial

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.vote.passes.asking import MOST_PHONES, MOST_SCREENS, TooManyAsk, ask_as_screen, ask_with_pass
from pbvote.vote.passes.models import LONGEST_NAME, HallDevice
from pbvote.vote.passes.roll import note_showing
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import sign_in, the_event, writing
from tests.pages import browser, client_of, text_of
from tests.passes import (
    COMPERE,
    SCREEN,
    a_pass,
    a_phone,
    a_screen,
    another_event,
    ask_in,
    device,
    device_count,
    let_in,
    told_of_passes,
)
from tests.together import together

ORGANISER, SECOND = "organiser@council.example", "second@council.example"


@both_databases
def test_two_screens_never_have_one_call_sign(hall: Flask) -> None:
    row = {"event_id": 1, "kind": SCREEN, "name": "Kite 4", "asked_at": now(), "showing": ""}
    with writing(hall):
        db.session.execute(sa.insert(HallDevice).values(**row, tag=b"1"))
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            db.session.execute(sa.insert(HallDevice).values(**row, tag=b"2"))
        db.session.execute(sa.update(HallDevice).values(ended_at=now()))
        db.session.execute(sa.insert(HallDevice).values(**row, tag=b"2"))


@both_databases
def test_of_two_organisers_who_allow_at_once_one_has_done_it_and_both_are_told(hall: Flask, desk: str) -> None:
    ask_in(client_of(hall), a_pass(hall))
    answers = []
    desks = [browser(hall, email) for email in (ORGANISER, SECOND) * 3]

    def press(organiser: CheckedClient) -> None:
        answers.append(organiser.post(f"{desk}/devices/1/allow").status_code)

    together(*(partial(press, each) for each in desks))
    assert answers == [302] * 6
    assert told_of_passes(hall) == [("pass", 1, False), ("device", 1, False)]


@both_databases
def test_what_has_ended_can_not_be_allowed_nor_ended_again(hall: Flask, client: CheckedClient, desk: str) -> None:
    sign_in(client, ORGANISER)
    code = a_pass(hall)
    for number in (1, 2):
        ask_in(client_of(hall), code)
        if number == 1:
            let_in(hall, 1)
        for _ in range(2):
            assert client.post(f"{desk}/devices/{number}/end").status_code == 302
        refused = client.post(f"{desk}/devices/{number}/allow")
        assert refused.status_code == 409
        assert "It no longer asks to come in" in text_of(refused)
    assert client.post(f"{desk}/devices/99/allow").status_code == 409
    # The second was never in: the ledger tells of those who were.
    assert told_of_passes(hall) == [("pass", 1, False), ("device", 1, False), ("device", 1, True)]


def test_another_events_desk_lets_nobody_in_here(hall: Flask, client: CheckedClient, desk: str) -> None:
    ask_in(client_of(hall), a_pass(hall))
    sign_in(client, ORGANISER)
    elsewhere = f"/desk/events/{another_event(hall)}/passes"
    assert client.post(f"{elsewhere}/devices/1/allow").status_code == 409
    assert client.post(f"{elsewhere}/devices/1/end").status_code == 302
    assert client.post(f"{elsewhere}/end-all").status_code == 302
    assert device(hall, 1).is_waiting
    assert "Anna" not in text_of(client.get(elsewhere))


def test_the_desk_shows_who_asks_and_who_is_in_and_an_auditor_reads_it(
    hall: Flask, client: CheckedClient, desk: str
) -> None:
    code = a_pass(hall)
    ask_in(client_of(hall), code)
    a_screen(hall)
    console = desk.removesuffix("/passes")
    sign_in(client, ORGANISER)
    assert "2 ask to come in" in text_of(client.get(console))
    page = client.get(desk)
    mark = re.search(r'data-watched="([^"]*)"', page.get_data(as_text=True))
    assert mark
    assert mark[1] == "1? 2?"
    assert "Anna’s phone" in text_of(page)
    assert device(hall, 2).name in text_of(page)
    assert "Anna’s phone is in." in text_of(client.post(f"{desk}/devices/1/allow", follow_redirects=True))
    assert 'data-watched="2? 1!"' in client.get(desk).get_data(as_text=True)
    assert "Anna’s phone is out." in text_of(client.post(f"{desk}/devices/1/end", follow_redirects=True))
    assert "Steward’s phone 1: access was given" in text_of(client.get(console))
    assert "Anna" not in text_of(client.get(console))
    sign_in(client, "auditor@council.example")
    read = client.get(desk).get_data(as_text=True)
    assert device(hall, 2).name in read
    assert "<form" not in read.partition("<main")[2]


def test_the_desk_takes_as_many_statements_however_many_ask(hall: Flask, client: CheckedClient, desk: str) -> None:
    code = a_pass(hall)
    sign_in(client, ORGANISER)
    numbers = []
    for _ in range(2):
        for number in range(3):
            ask_in(client_of(hall), code)
            if number:
                let_in(hall, device_count(hall))
        assert "Anna’s phone" in text_of(client.get(desk))
        numbers.append(len(client.statements))
    assert numbers[0] == numbers[1]


def test_end_all_ends_passes_and_devices_and_does_so_once(hall: Flask, client: CheckedClient, desk: str) -> None:
    phone, code = a_phone(hall), a_pass(hall, COMPERE)
    a_screen(hall)
    sign_in(client, ORGANISER)
    for _ in range(2):
        assert "have ended" in text_of(client.post(f"{desk}/end-all", follow_redirects=True))
    assert ask_in(client_of(hall), code).status_code == 409
    assert not device(hall, 1).is_allowed
    assert not device(hall, 2).is_waiting
    assert phone.get(desk.replace("/desk/events", "/door").removesuffix("/passes")).status_code == 403
    ends = [(type_, number) for type_, number, is_ended in told_of_passes(hall) if is_ended]
    assert ends == [("pass", 1), ("pass", 2), ("device", 1)]


@both_databases
def test_eight_screens_ask_at_once_and_no_more_and_their_asks_die(clock: time_machine.Traveller, hall: Flask) -> None:
    for _ in range(MOST_SCREENS):
        a_screen(hall)
    with hall.app_context():
        slug = the_event().slug
    full = client_of(hall).post(f"/screen/{slug}/ask")
    assert full.status_code == 429
    assert "Tell an organiser" in text_of(full)
    signs = {device(hall, number).name for number in range(1, MOST_SCREENS + 1)}
    assert len(signs) == MOST_SCREENS
    assert all(re.fullmatch(r"[A-Z][a-z]+ [2-9]", sign) for sign in signs)
    clock.shift(15 * 60 - 1)
    assert device(hall, 1).is_waiting
    clock.shift(1)
    assert not device(hall, 1).is_waiting
    a_screen(hall)
    with writing(hall):
        open_asks = sa.select(HallDevice.id).where(HallDevice.ended_at.is_(None))
        assert db.session.scalars(open_asks).all() == [MOST_SCREENS + 1]


@both_databases
def test_screens_that_ask_at_the_same_moment_are_eight_at_most(hall: Flask) -> None:
    ends: list[str] = []

    def ask() -> None:
        try:
            with writing(hall):
                ask_as_screen(the_event())
            ends.append("asks")
        except TooManyAsk:
            ends.append("refused")

    together(*([ask] * 12))
    assert sorted(ends) == ["asks"] * MOST_SCREENS + ["refused"] * 4


def test_a_photographed_pass_can_not_fill_the_list_without_end(hall: Flask) -> None:
    code = a_pass(hall)
    with writing(hall):
        for _ in range(MOST_PHONES):
            ask_with_pass(code, "Anna")
    assert ask_in(client_of(hall), code).status_code == 429
    let_in(hall, 1)
    assert ask_in(client_of(hall), code).status_code == 302


def test_two_phones_under_one_name_are_told_apart(hall: Flask) -> None:
    code, longest = a_pass(hall), "A" * LONGEST_NAME
    with writing(hall):
        names = [ask_with_pass(code, name)[0].name for name in ("Sam", "sam", "SAM", longest, longest)]
        assert names == ["Sam", "sam 2", "SAM 3", longest, f"{longest[:-2]} 2"]
        db.session.execute(sa.update(HallDevice).where(HallDevice.name == "sam 2").values(ended_at=now()))
        assert ask_with_pass(code, "Sam")[0].name == "Sam 2"


def test_a_screens_report_is_kept_every_ten_seconds_and_counts_for_fifteen(
    clock: time_machine.Traveller, hall: Flask
) -> None:
    a_screen(hall)
    let_in(hall, 1)
    assert not device(hall, 1).is_connected
    assert device(hall, 1).has_news("waiting")
    with writing(hall):
        note_showing(db.session.get_one(HallDevice, 1), "waiting")
    clock.shift(9)
    assert not device(hall, 1).has_news("waiting")
    assert device(hall, 1).has_news("sealed"), "another scene is written down at once"
    clock.shift(1)
    assert device(hall, 1).has_news("waiting")
    clock.shift(4)
    assert device(hall, 1).is_connected
    clock.shift(1)
    assert not device(hall, 1).is_connected
