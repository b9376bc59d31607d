"""What a steward's phone hands over: once each, in any order, before the count or noted apart; names, and their end."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.db import db
from pbvote.vote.count.account import account_sealed
from pbvote.vote.door.figures import number_through
from pbvote.vote.door.keeping import forget_doors, pause
from pbvote.vote.door.likeness import is_like
from pbvote.vote.door.models import DoorName
from pbvote.vote.poll.closing import close_poll
from tests.conftest import both_databases
from tests.factories import an_event, count_closed, the_event, writing
from tests.hall import open_poll_codes, organiser_does
from tests.pages import browser, text_of
from tests.passes import a_phone, out_of
from tests.vote.lots import SENT, figures, hand_over, key, person, tap

NOON = dt.datetime(2014, 7, 12, 11, tzinfo=dt.UTC)


@both_databases
def test_a_press_sent_three_times_and_out_of_order_counts_once(app: Flask) -> None:
    with writing(app):
        an_event()
    phone = a_phone(app)
    lots = [[tap(3, -1), tap(1)], [tap(2), tap(1)], [tap(1), tap(2), tap(3, -1), tap(4, kind="guest")]]
    assert {hand_over(app, phone, taps=taps, waiting=7) for taps in lots} == {200}
    found = figures(app)
    assert (found.voters, found.guests, found.late) == (1, 1, 0)
    assert [(one.name, one.waiting) for one in found.phones] == [("Anna’s phone", 7)]


def test_a_phone_whose_clock_is_an_hour_off_counts_as_any_other(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False), writing(app):
        an_event()
    with time_machine.travel(NOON, tick=False):
        phone = a_phone(app)
        later = (NOON + dt.timedelta(hours=1)).timestamp() * 1000
        assert hand_over(app, phone, taps=[tap(1) | {"at": later}], at=later) == 200
        found = figures(app)
        assert found.voters == 1
        assert [(one.heard_at, one.is_silent) for one in found.phones] == [(NOON, False)], "the server's clock counts"


@both_databases
def test_a_press_after_the_count_is_noted_apart_and_the_account_stays(app: Flask) -> None:
    open_poll_codes(app)
    phone = a_phone(app)
    hand_over(app, phone, taps=[tap(1)])
    organiser_does(app, close_poll)
    hand_over(app, phone, taps=[tap(2)])
    organiser_does(app, count_closed)
    with app.app_context():
        sealed = account_sealed(the_event())
    for _ in range(3):
        assert hand_over(app, phone, taps=[tap(5), tap(1), tap(4)]) == 200
    assert (figures(app).voters, figures(app).late) == (2, 2)
    with app.app_context():
        assert account_sealed(the_event()) == sealed


@both_databases
def test_a_minus_without_its_plus_takes_nobody_away(app: Flask) -> None:
    codes = open_poll_codes(app, 5)
    phone = a_phone(app)
    assert codes
    assert hand_over(app, phone, taps=[tap(1), *(tap(number, -1) for number in range(2, 9))]) == 200
    assert figures(app).voters == 0
    assert hand_over(app, phone, names=[person(9, "Ada Moss")]) == 200
    with app.app_context():
        assert figures(app).voters == db.session.scalar(number_through(the_event())) == 1


def test_once_the_count_has_begun_nobody_is_taken_off_the_list(app: Flask) -> None:
    open_poll_codes(app, 5)
    phone = a_phone(app)
    assert hand_over(app, phone, names=[person(1, "Ada Moss"), person(2, "Bo Reed")]) == 200
    with app.app_context():
        address = f"/door/{the_event().slug}/take-off"
    assert phone.post(address, json={"id": key(1)}, headers=SENT).status_code == 200
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    refused = phone.post(address, json={"id": key(2)}, headers=SENT)
    assert "The count has begun, so nobody is taken off the list any more." in text_of(refused)
    assert (refused.status_code, figures(app).voters) == (409, 1)


def test_after_midnight_a_phone_hands_over_and_reads_nothing_and_an_ended_one_does_neither(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        with writing(app):
            an_event()
        phone = a_phone(app)
        clock.move_to(dt.datetime(2014, 7, 12, 23, 30, tzinfo=dt.UTC))
        with app.app_context():
            door = f"/door/{the_event().slug}"
        answer = phone.post(
            f"{door}/lot", json={"phone": key(9), "waiting": 0, "taps": [tap(1)], "names": []}, headers=SENT
        )
        assert (answer.status_code, answer.json) == (200, {})
        assert phone.post(f"{door}/find", json={"typed": "Zachary"}, headers=SENT).status_code == 403
        assert phone.post(f"{door}/queue", json={"queue": "long"}, headers=SENT).status_code == 403
        assert 'data-lot="' in phone.get(door).get_data(as_text=True), "what waits is sent from the page that says so"
        out_of(app, 1)
        assert hand_over(app, phone, taps=[tap(2)]) == 403
        assert figures(app).voters == 1


@pytest.mark.parametrize(
    "lot",
    [
        {"taps": [tap(1) | {"step": 2}]},
        {"taps": [tap(1) | {"step": True}]},
        {"taps": [tap(1) | {"id": "1"}]},
        {"taps": [tap(1) | {"kind": "dog"}]},
        {"taps": [tap(number) for number in range(201)]},
        {"names": [person(1, " \u200b ")]},
        {"names": [person(1, "x" * 81)]},
        {"taps": "all"},
        {"waiting": -1},
        {"phone": None},
    ],
)
def test_what_no_page_sends_is_refused_whole(app: Flask, lot: dict[str, object]) -> None:
    with writing(app):
        an_event()
    phone = a_phone(app)
    assert hand_over(app, phone, **{"taps": [tap(7)]} | lot) == 422
    assert not figures(app).is_used


@both_databases
def test_at_the_close_no_row_of_the_list_says_who_came_when(app: Flask) -> None:
    open_poll_codes(app)
    phone = a_phone(app)
    for number, name in ((9, "Zachary Brown"), (2, "Łukasz Nowak"), (5, "Zachary Brown")):
        assert hand_over(app, phone, names=[person(number, name)]) == 200
    organiser_does(app, close_poll)
    hand_over(app, phone, names=[person(1, "Ada Late")])
    assert figures(app).voters == 4
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            rows = db.session.execute(sa.text("SELECT xmin::text, id FROM door_name ORDER BY ctid")).all()
            assert len({row.xmin for row in rows}) == 1
            assert [row.id for row in rows] == sorted(row.id for row in rows)
        else:
            made = db.session.scalar(sa.text("SELECT sql FROM sqlite_master WHERE name = 'door_name'"))
            assert "WITHOUT ROWID" in str(made)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Zach Brown", "Zachary Brown", True),
        ("Łukasz Nowak", "Lukasz Nowak", True),
        ("John Smith", "John Smith", True),
        ("Siobhan", "Siobhán O’Neill", True),
        ("Ann Lee", "Bob Lee", False),
        ("Z B", "Zachary Brown", False),
    ],
)
def test_names_that_may_be_one_persons(one: str, other: str, alike: bool) -> None:
    assert is_like(one, other) is alike


@both_databases
def test_the_list_is_deleted_after_31_days_unless_it_is_paused(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        with writing(app):
            an_event()
        hand_over(app, a_phone(app), taps=[tap(1)], names=[person(2, "Ada Late")])
        clock.shift(dt.timedelta(days=33))
        organiser_does(app, lambda event, organiser: pause(event, "A complaint", organiser))
        with writing(app):
            kept = forget_doors()
        assert (kept.names, kept.taps, kept.paused) == (0, 0, 1)
        with writing(app):
            db.session.execute(sa.text("DELETE FROM door_pause"))
            gone = forget_doors()
        assert (gone.events, gone.names, gone.taps, gone.paused) == (1, 1, 1, 0)
        with app.app_context():
            assert not db.session.scalars(sa.select(DoorName)).all()


def test_the_account_begins_with_the_phones_count_and_names_the_difference(app: Flask) -> None:
    open_poll_codes(app, 5)
    phone, desk = a_phone(app), browser(app, "organiser@council.example")
    assert hand_over(app, phone, taps=[tap(1), tap(2), tap(3), tap(4, kind="guest")]) == 200
    organiser_does(app, close_poll)
    with app.app_context():
        account = f"/desk/events/{the_event().slug}/account"
    page = desk.get(account)
    [box] = re.findall(r'<input[^>]*name="door_count"[^>]*>', page.get_data(as_text=True))
    assert 'value="3"' in box
    assert "The stewards’ phones counted 3 people who can vote, and 1 person without a vote." in text_of(page)
    desk.post(account, data={"left_over": "3", "door_count": "2", "note": ""})
    assert "By this page 2 people came through the door: 1 fewer than the phones counted." in text_of(desk.get(account))


def test_presses_after_the_count_are_named_only_where_there_are_any(app: Flask) -> None:
    open_poll_codes(app, 5)
    phone, desk = a_phone(app), browser(app, "organiser@council.example")
    hand_over(app, phone, taps=[tap(1)])
    with app.app_context():
        numbers = f"/desk/events/{the_event().slug}/door"
    assert "After the count" not in text_of(desk.get(numbers))
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    hand_over(app, phone, taps=[tap(2)])
    assert "After the count 1 tap" in text_of(desk.get(numbers))
