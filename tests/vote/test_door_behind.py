"""A phone at the door that may have counted more than the server knows is named wherever the door's number is used."""

import datetime as dt
import re

import pytest
import time_machine
from flask import Flask

from pbvote.vote.door.figures import SILENT_AFTER
from pbvote.vote.door.setting_aside import PhoneSetAside
from pbvote.vote.ledger.records import Names
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.poll.closing import close_poll
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import count_closed, the_event
from tests.hall import open_poll_codes, organiser_does, slug
from tests.pages import browser, text_of
from tests.passes import a_phone
from tests.vote.lots import figures, hand_over, tap

ORGANISER = "organiser@council.example"
HALF_PAST_ONE = dt.datetime(2014, 7, 12, 12, 30, tzinfo=dt.UTC)
SILENT = "Nothing has come from Anna’s phone since 1:30pm. Look whether it shows The door, and has a signal."
DOUBT = "More people may have come than the door’s number says."


def read(desk: CheckedClient, part: str) -> str:
    """The words of a page below the console."""
    return text_of(desk.get(f"/desk/events/{slug(desk.application)}{part}"))


def test_a_phone_without_a_signal_is_named_until_it_is_heard_of_again(app: Flask) -> None:
    with time_machine.travel(HALF_PAST_ONE, tick=False) as clock:
        open_poll_codes(app)
        phone, desk = a_phone(app), browser(app, ORGANISER)
        hand_over(app, phone, taps=[tap(1), tap(2)])
        clock.shift(SILENT_AFTER - dt.timedelta(seconds=1))
        page = read(desk, "")
        assert "Voters through the door 2" in page
        assert DOUBT not in page
        clock.shift(dt.timedelta(seconds=1))
        for part in ("", "/close"):
            assert SILENT in read(desk, part)
            assert DOUBT in read(desk, part)
            assert f'href="/desk/events/{slug(app)}/door">The door’s numbers' in desk.get(
                f"/desk/events/{slug(app)}{part}"
            ).get_data(as_text=True)
        hand_over(app, phone, taps=[tap(3)])
        page = read(desk, "")
        assert "Voters through the door 3" in page
        assert DOUBT not in page


@pytest.mark.parametrize(
    ("waiting", "said"), [(1, "1 press waits on Anna’s phone."), (2, "2 presses wait on Anna’s phone.")]
)
def test_presses_that_wait_on_a_phone_are_said_at_once(app: Flask, waiting: int, said: str) -> None:
    open_poll_codes(app)
    hand_over(app, a_phone(app), taps=[tap(1)], waiting=waiting)
    page = read(browser(app, ORGANISER), "")
    assert said in page
    assert DOUBT in page


def test_the_code_account_says_so_before_the_count_and_no_page_after_it(app: Flask) -> None:
    with time_machine.travel(HALF_PAST_ONE, tick=False) as clock:
        open_poll_codes(app)
        hand_over(app, a_phone(app), taps=[tap(1)])
        organiser_does(app, close_poll)
        clock.shift(SILENT_AFTER)
        desk = browser(app, ORGANISER)
        for part in ("", "/account", "/count"):
            assert SILENT in read(desk, part)
        organiser_does(app, count_closed)
        for part in ("", "/account"):
            assert DOUBT not in read(desk, part)


def test_somebody_who_only_looks_at_the_door_is_no_phone_of_it_and_a_helper_is_one_at_once(app: Flask) -> None:
    open_poll_codes(app)
    desk = browser(app, ORGANISER)
    hand_over(app, desk)
    assert not figures(app).phones
    hand_over(app, a_phone(app), phone=f"{7:032x}")
    assert [phone.name for phone in figures(app).phones] == ["Anna’s phone"]
    hand_over(app, desk, taps=[tap(1)])
    assert len(figures(app).phones) == 2


@both_databases
def test_a_phone_that_nobody_can_reach_is_set_aside_without_a_name_until_it_is_heard_of(app: Flask) -> None:
    with time_machine.travel(HALF_PAST_ONE, tick=False) as clock:
        open_poll_codes(app)
        phone, desk = a_phone(app), browser(app, ORGANISER)
        hand_over(app, phone, taps=[tap(1), tap(2)], waiting=2)
        clock.shift(SILENT_AFTER)
        numbers = desk.get(f"/desk/events/{slug(app)}/door")
        assert "Set this phone aside" in text_of(numbers)
        [address, *_] = re.findall(r'action="([^"]+/aside)"', numbers.get_data(as_text=True))
        assert desk.post(address, data={"reason": "Anna is ill"}).status_code == 422
        assert desk.post(address.replace("/aside", "0/aside"), data={"reason": "lost"}).status_code == 404
        for _ in range(2):  # the second press changes nothing
            assert desk.post(address, data={"reason": "broken"}).status_code == 302
        for part in ("", "/close", "/door"):
            assert DOUBT not in read(desk, part)
        assert "Voters through the door 2" in read(desk, "")
        with app.app_context():
            told = [entry for entry in entries_of(the_event()) if entry.type == "phone"]
            assert [entry.body for entry in told] == [{"waiting": 2, "reason": "broken"}]
        said = (
            "A steward’s phone with 2 presses known to wait on it was set aside: it is broken, or its battery is flat"
        )
        assert said in read(desk, "")
        hand_over(app, phone, taps=[tap(3)])
        clock.shift(SILENT_AFTER)
        assert SILENT.replace("1:30pm", "1:32pm") in read(desk, "")


def test_the_ledger_says_that_nothing_was_known_to_wait() -> None:
    told = PhoneSetAside(0, "lost").told(Names())
    assert told == "A steward’s phone with nothing known to wait on it was set aside: it is lost"


def test_no_phone_is_set_aside_once_the_count_has_begun(app: Flask) -> None:
    open_poll_codes(app)
    hand_over(app, a_phone(app), taps=[tap(1)], waiting=1)
    desk = browser(app, ORGANISER)
    [address, *_] = re.findall(r'action="([^"]+/aside)"', desk.get(f"/desk/events/{slug(app)}/door").text)
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    assert desk.post(address, data={"reason": "lost"}).status_code == 409
    assert "Set this phone aside" not in read(desk, "/door")
