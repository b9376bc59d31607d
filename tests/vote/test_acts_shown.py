"""What an organiser reads of what they asked for: that it waits, that somebody confirmed it, or that nobody did."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.core.clock import now
from pbvote.vote.acts.service import About, ask_for, cancel_act, confirm
from pbvote.vote.acts.witnesses import name_witness
from pbvote.vote.count.account import ByHand, state_account
from pbvote.vote.poll.acts import REOPEN, Reopening
from pbvote.vote.poll.closing import close_poll
from tests.checked_client import CheckedClient
from tests.factories import account_for_slips, an_account, the_event, writing
from tests.hall import open_poll_codes, organiser_does
from tests.pages import browser, client_of, text_of
from tests.papers import person
from tests.stepping import confirm_shown, take_step

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


def a_count_that_waits(app: Flask) -> str:
    """The first organiser has asked to count: 5 slips, of which one is left over. The address of the console."""
    open_poll_codes(app, 5)
    organiser_does(app, close_poll)
    with writing(app):
        an_account(Role.ORGANISER, SECOND)
        state_account(the_event(), ByHand(1, 4, None, "", person(FIRST).id))
        address = f"/desk/events/{the_event().slug}"
    assert take_step(browser(app, FIRST), f"{address}/count").status_code == 302
    return address


NUMBERS = "5 opened − 1 left over = 4 handed out; 0 voted, 0 of them on paper; 4 voters came through the door."


def test_an_organiser_reads_the_numbers_beside_the_button_that_confirms_them(app: Flask) -> None:
    address = a_count_that_waits(app)
    page = text_of(browser(app, SECOND).get(address))
    assert NUMBERS in page.partition("I have read the numbers, and confirm")[0]


def test_nobody_confirms_a_count_whose_numbers_they_have_not_seen(app: Flask) -> None:
    address = a_count_that_waits(app)
    second = browser(app, SECOND)
    for unseen in ({}, {"seen": "of another page"}):
        refused = second.post(f"{address}/acts/1/confirm", data=unseen)
        assert refused.status_code == 409
        assert "You have not seen what you confirm" in text_of(refused)
    with app.app_context():
        assert the_event().awaits_count
    assert confirm_shown(second, address).status_code == 302
    with app.app_context():
        assert the_event().awaits_publication


@pytest.mark.parametrize(
    ("meanwhile", "says"),
    [
        ("confirmed", "Nothing is left to confirm."),
        (
            "cancelled",
            "This request was cancelled. The organiser asked for it: if it is still needed, ",
        ),
        ("over", "The ten minutes are over, so nothing was confirmed. The organiser asked for it, and can ask again."),
    ],
)
def test_a_witness_who_is_too_late_reads_why_and_needs_no_code_again(
    app: Flask, act_id: int, meanwhile: str, says: str
) -> None:
    with writing(app):
        _, code = name_witness(the_event(), "Wendy", person(FIRST))
        if meanwhile == "confirmed":
            confirm(About(event=the_event().id), act_id, person(SECOND))
        elif meanwhile == "cancelled":
            cancel_act(About(event=the_event().id), act_id)
    minutes = 11 if meanwhile == "over" else 1
    with time_machine.travel(now() + dt.timedelta(minutes=minutes)):
        late = client_of(app).post(f"/witness/confirm/{act_id}", data={"code": code})
    assert late.status_code == 409
    assert says in text_of(late)
    assert "Witness: Wendy" in text_of(late)
    assert f'name="code" value="{code}"' in late.get_data(as_text=True), "Refresh asks for nothing"
