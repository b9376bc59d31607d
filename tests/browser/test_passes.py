"""A helper's phone and an organiser's computer, in a real browser: who asks is let in, and the page opens by itself."""

import datetime as dt
import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from pbvote.core.clock import today, uk_moment
from tests.browser.conftest import AN_HOUR_AHEAD, DESK, OpenPage, check_accessible, follow
from tests.browser.counters import VOTER, figures, press
from tests.browser.screens import is_forgotten, is_kept
from tests.browser.voter import sign_in

Live = tuple[Flask, str]
PASSES = "/desk/events/sale-2014/passes"


def test_a_phone_is_let_in_hands_over_what_it_counted_after_midnight_and_is_ended(
    live: Live, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, address = live
    desk = open_page(f"{address}/", size=DESK)
    sign_in(live, desk, "olivia@council.example")
    desk.goto(f"{address}{PASSES}")
    check_accessible(desk)
    follow(desk.get_by_role("button", name="Show the steward’s pass on the screen"))
    check_accessible(desk)
    link = desk.get_by_role("link", name="the link of the pass").get_attribute("href") or ""
    phone = open_page(link)
    expect(phone.get_by_label("The code on your pass")).to_have_value(re.compile(r"[0-9A-Z]{12}"))
    assert "#" not in phone.url
    check_accessible(phone)
    phone.add_init_script(AN_HOUR_AHEAD)
    phone.get_by_label("Your first name").fill("Anna")
    desk.goto(f"{address}{PASSES}")
    follow(phone.get_by_role("button", name="Ask to come in"))
    expect(phone.get_by_role("heading", name="Anna’s phone")).to_be_visible()
    check_accessible(phone)
    allow = desk.get_by_role("button", name="Allow Anna’s phone")
    expect(allow).to_be_visible(timeout=15_000)
    check_accessible(desk)
    follow(allow)
    check_accessible(desk)
    expect(phone.get_by_role("heading", name="The door")).to_be_visible(timeout=15_000)
    expect(phone.get_by_role("banner")).to_contain_text("Anna’s phone")
    # As a camera's app does: another site leads to the page, and the browser holds back the cookie at first.
    phone.goto(f'data:text/html,<a href="{address}/door/sale-2014/envelopes/1">Envelope</a>')
    phone.get_by_role("link", name="Envelope").click()
    expect(phone.get_by_role("heading", name="Envelope 1")).to_be_visible()
    cookies = {cookie["name"]: cookie for cookie in phone.context.cookies()}
    assert (cookies["hall-device"]["path"], cookies["hall-device"]["sameSite"]) == ("/door/sale-2014", "Strict")
    assert "hall-device" not in {cookie["name"] for cookie in phone.context.cookies(f"{address}/v/sale-2014")}
    count_over_midnight(live, phone, monkeypatch)
    follow(desk.get_by_role("button", name="End Anna’s phone"))
    # The counter's buttons go by themselves.
    expect(phone.get_by_text("An organiser has ended the access of Anna’s phone.")).to_be_visible(timeout=15_000)
    check_accessible(phone)


def count_over_midnight(live: Live, phone: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day ends while the phone, whose clock is off too, has no network."""
    before = figures(live).voters
    phone.goto(f"{live[1]}/door/sale-2014")
    is_kept(phone)
    phone.context.set_offline(True)
    phone.reload()
    press(phone, VOTER, times=2)
    expect(phone.locator("[data-mine]")).to_contain_text("2 presses wait for a signal.")
    midnight = uk_moment(today() + dt.timedelta(days=1), dt.time(0))
    with monkeypatch.context() as clock:
        clock.setattr("pbvote.vote.passes.lifetime.now", lambda: midnight)
        phone.context.set_offline(False)
        ended = phone.get_by_text("the access of Anna’s phone ended at midnight")
        expect(ended).to_be_visible(timeout=15_000)
        assert figures(live).voters == before + 2
        is_forgotten(phone)
    phone.reload()
    expect(phone.get_by_role("heading", name="The door")).to_be_visible()


def test_a_page_that_waits_says_so_when_it_is_refused(live: Live, open_page: OpenPage) -> None:
    _, address = live
    desk = open_page(f"{address}/", size=DESK)
    sign_in(live, desk, "olivia@council.example")
    desk.goto(f"{address}{PASSES}")
    follow(desk.get_by_role("button", name="Show the steward’s pass on the screen"))
    phone = open_page(desk.get_by_role("link", name="the link of the pass").get_attribute("href") or "")
    phone.get_by_label("Your first name").fill("Ben")
    follow(phone.get_by_role("button", name="Ask to come in"))
    desk.goto(f"{address}{PASSES}")
    follow(desk.get_by_role("button", name="Refuse Ben’s phone"))
    expect(phone.get_by_text("An organiser did not let in Ben’s phone.")).to_be_visible(timeout=15_000)


def test_a_projectors_page_asks_and_can_be_read(live: Live, open_page: OpenPage) -> None:
    _, address = live
    screen = open_page(f"{address}/screen/sale-2014/ask", size=DESK)
    check_accessible(screen)
    expect(screen.get_by_role("button", name="Ask to be a screen")).to_be_visible()
