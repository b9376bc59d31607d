"""What an organiser reads of what they asked for: that it waits, that somebody confirmed it, or that nobody did."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.core.clock import now
from pbvote.vote.acts.service import About, ask_for, confirm
from pbvote.vote.poll.acts import REOPEN, Reopening
from pbvote.vote.poll.closing import close_poll
from tests.checked_client import CheckedClient
from tests.factories import account_for_slips, an_account, the_event, writing
from tests.hall import open_poll_codes, organiser_does
from tests.pages import browser, text_of
from tests.papers import person
from tests.stepping import take_step

FIRST, SECOND = "organiser@council.example", "second@council.example"
CONFIRMED, UNCONFIRMED = "Voting is open again.", "Nobody confirmed opening voting again within ten minutes. Ask again."


@pytest.fixture
def act_id(app: Flask) -> int:
    """The first organiser has asked a second person to open voting again."""
    open_poll_codes(app, 5)
    organiser_does(app, close_poll)
    with writing(app):
        an_account(Role.ORGANISER, SECOND)
        return ask_for(REOPEN, About(event=the_event().id), Reopening("closed_by_mistake"), person(FIRST)).id


def console(app: Flask, email: str) -> str:
    """What somebody reads on the console."""
    with app.app_context():
        address = f"/desk/events/{the_event().slug}"
    desk: CheckedClient = browser(app, email)
    return text_of(desk.get(address))


def test_whoever_asked_reads_that_somebody_confirmed_and_nobody_else_does(app: Flask, act_id: int) -> None:
    assert "You ask" in console(app, FIRST)
    with writing(app):
        confirm(About(event=the_event().id), act_id, person(SECOND))
    page = console(app, FIRST)
    assert "You ask" not in page
    assert "Confirmed at " in page
    assert CONFIRMED in page
    assert CONFIRMED not in console(app, SECOND)
    with time_machine.travel(now() + dt.timedelta(minutes=11)):
        assert CONFIRMED not in console(app, FIRST)


def test_whoever_asked_reads_that_nobody_confirmed(app: Flask, act_id: int) -> None:
    for minutes, is_said in ((9, False), (11, True), (21, False)):
        with time_machine.travel(now() + dt.timedelta(minutes=minutes)):
            assert (UNCONFIRMED in console(app, FIRST)) is is_said, minutes
            assert UNCONFIRMED not in console(app, SECOND)


def test_from_the_numbers_a_button_leads_to_where_the_count_is_confirmed(app: Flask) -> None:
    open_poll_codes(app, 5)
    organiser_does(app, close_poll)
    organiser_does(app, account_for_slips)
    with writing(app):
        an_account(Role.ORGANISER, SECOND)
        an_account(Role.AUDITOR, "auditor@council.example")
        slug = the_event().slug
    address = f"/desk/events/{slug}/account"
    assert take_step(browser(app, FIRST), f"/desk/events/{slug}/count").status_code == 302
    second = browser(app, SECOND)
    page = second.get(address)
    assert "Go on to the count" in text_of(page)
    assert f'href="/desk/events/{slug}#waiting-acts"' in page.get_data(as_text=True)
    event = second.get(f"/desk/events/{slug}")
    assert 'id="waiting-acts"' in event.get_data(as_text=True)
    assert "I have read the numbers, and confirm" in text_of(event)
    assert "Go on to the count" not in text_of(browser(app, "auditor@council.example").get(address))
