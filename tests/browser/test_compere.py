"""A compere's phone and a screen at once: the screen follows, also after the phone was without a network."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import DESK, OpenPage, check_accessible
from tests.browser.test_screen import PLANNED, PROJECTOR, connect, shown, stage
from tests.browser.voter import Live, sign_in


def test_the_screen_follows_the_phone_and_presses_without_a_network_are_sent_later(
    live: Live, open_page: OpenPage
) -> None:
    _, address = live
    screen, phone = open_page(f"{address}/", size=PROJECTOR), open_page(f"{address}/")
    connect(live, screen, PLANNED)
    sign_in(live, phone, "omar@council.example")
    phone.goto(f"{address}/compere/{PLANNED}")
    phone.get_by_role("button", name="Call up number 1").first.click()
    shown(screen, "presenting")
    check_accessible(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Start the timer", exact=True).click()
    expect(phone.locator(".timer__digits")).to_have_text(re.compile("2:5"))
    expect(phone.locator("#lost")).to_be_visible()
    assert not stage(live, PLANNED)[1]
    phone.context.set_offline(False)
    expect(screen.locator(".timer__digits:visible")).to_have_text(re.compile("2:"), timeout=15_000)


def test_the_clock_says_its_word_and_is_accessible(live: Live, open_page: OpenPage) -> None:
    clock = open_page(f"{live[1]}/", size=DESK)
    sign_in(live, clock, "olivia@council.example")
    clock.goto(f"{live[1]}/clock/{PLANNED}")
    expect(clock.get_by_text("Nobody is speaking")).to_be_visible()
    check_accessible(clock)
