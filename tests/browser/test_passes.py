"""A helper's phone and an organiser's computer, in a real browser: who asks is let in, and the page opens by itself."""

import re

import pytest
from flask import Flask
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, check_accessible, follow
from tests.browser.voter import sign_in

Live = tuple[Flask, str]
PASSES = "/desk/events/sale-2014/passes"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_phone_is_let_in_and_its_page_opens_by_itself(live: Live, open_page: OpenPage, size: ViewportSize) -> None:
    _, address = live
    desk = open_page(f"{address}/", size=size)
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
    follow(desk.get_by_role("button", name="End Anna’s phone"))
    phone.reload()
    expect(phone.get_by_text("An organiser has ended the access of Anna’s phone.")).to_be_visible()
    check_accessible(phone)


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
