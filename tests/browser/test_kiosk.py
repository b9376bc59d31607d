"""A tablet that many share, in Chromium with a clock that the test moves: it asks, clears, and keeps nothing."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from pbvote.vote.slips.printing import PrintedSlip
from tests.browser.conftest import PHONE, OpenPage, check_accessible
from tests.browser.voter import (
    BIDS,
    SLUG,
    Live,
    check_nothing_kept,
    mark_every_bid,
    new_slip,
    open_paper,
    send,
    stored_of,
)

STILL = "#still"


@pytest.fixture
def slip(live: Live) -> PrintedSlip:
    """A fresh slip."""
    return new_slip(live[0])


@pytest.fixture
def page(live: Live, open_page: OpenPage) -> Page:
    """The kiosk's first page, opened from another one, with a clock of the test's own."""
    page = open_page(f"{live[1]}/healthz")
    page.clock.install()
    page.goto(f"{live[1]}/v/{SLUG}/kiosk")
    return page


def seconds(page: Page, number: int) -> None:
    """Nobody touches the tablet for so long."""
    page.clock.run_for(number * 1000)


def check_is_first_page(page: Page) -> None:
    """Nothing of the last voter is left, on the page or behind it."""
    expect(page.locator(".languages")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("input[name=code]").input_value() == ""
    assert page.locator(".bid, .stored, .done, .error, .check-number").count() == 0
    assert page.url.endswith(f"/v/{SLUG}/kiosk")
    assert page.evaluate("history.state") is None
    assert page.evaluate("history.length") == 3
    check_nothing_kept(page)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_from_typing_the_code_to_the_next_person(live: Live, page: Page, slip: PrintedSlip, lang: str) -> None:
    check_accessible(page)
    open_paper(page, slip, lang)
    check_accessible(page)
    assert page.evaluate("history.state") is None
    assert mark_every_bid(page) == BIDS
    send(page)
    expect(page.locator(".done")).to_be_visible()
    seconds(page, 2)
    expect(page.locator("#leaving [role=status]")).to_contain_text("20")
    check_accessible(page)
    page.locator("[data-next]").click()
    check_is_first_page(page)
    assert stored_of(live[0], slip) == (4, 1)


def test_after_the_acknowledgement_it_goes_back_by_itself(live: Live, page: Page, slip: PrintedSlip) -> None:
    open_paper(page, slip)
    mark_every_bid(page)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    seconds(page, 19)
    expect(page.locator(".done")).to_be_visible()
    seconds(page, 3)
    check_is_first_page(page)
    assert stored_of(live[0], slip) == (4, 1)


def test_who_needs_more_time_gets_it_as_often_as_they_ask(page: Page, slip: PrintedSlip) -> None:
    open_paper(page, slip)
    mark_every_bid(page)
    send(page)
    page.locator("#leaving button").click()
    for _ in range(11):
        seconds(page, 59)
        expect(page.locator(STILL)).not_to_be_visible()
        seconds(page, 2)
        expect(page.locator(STILL)).to_be_visible()
        page.locator(f"{STILL} button").click()
    expect(page.locator(".done")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_paper_that_nobody_touches_is_cleared_after_a_question(
    live: Live, page: Page, slip: PrintedSlip, lang: str
) -> None:
    open_paper(page, slip, lang)
    mark_every_bid(page)
    seconds(page, 59)
    expect(page.locator(STILL)).not_to_be_visible()
    seconds(page, 2)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect(page.locator(f"{STILL} button")).to_be_focused()
    check_accessible(page)
    page.keyboard.press("Enter")
    expect(page.locator(STILL)).not_to_be_visible()
    assert page.locator("input:checked").count() == BIDS
    seconds(page, 61)
    expect(page.locator(STILL)).to_be_visible()
    seconds(page, 21)
    check_is_first_page(page)
    expect(page.locator("h1")).to_be_focused()
    assert stored_of(live[0], slip) is None


def test_a_code_that_somebody_left_in_the_field_is_cleared_too(page: Page, slip: PrintedSlip) -> None:
    seconds(page, 600)
    expect(page.locator(STILL)).not_to_be_visible()
    page.locator("input[name=code]").fill(slip.grouped_code[:9])
    seconds(page, 61)
    expect(page.locator(STILL)).to_be_visible()
    check_accessible(page)
    seconds(page, 21)
    check_is_first_page(page)
    seconds(page, 600)
    expect(page.locator(STILL)).not_to_be_visible()


def test_going_back_and_forth_finds_nothing(page: Page, slip: PrintedSlip) -> None:
    open_paper(page, slip)
    mark_every_bid(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.go_back()
    expect(page.locator("main")).to_have_count(0)
    page.go_forward()
    check_is_first_page(page)


def test_a_page_out_of_the_browsers_memory_is_cleared(page: Page, slip: PrintedSlip) -> None:
    open_paper(page, slip)
    mark_every_bid(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    check_is_first_page(page)


def test_a_tablet_that_slept_is_cleared_when_it_wakes(page: Page, slip: PrintedSlip) -> None:
    open_paper(page, slip)
    page.clock.set_system_time(page.evaluate("Date.now()") + 3_600_000)  # no timer ran
    expect(page.locator(".bids")).to_be_visible()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    check_is_first_page(page)


def test_an_answer_that_comes_for_the_last_voter_is_shown_to_nobody(live: Live, page: Page, slip: PrintedSlip) -> None:
    waiting: list[Route] = []
    page.route("**/v/cast", lambda route: waiting.append(route))
    open_paper(page, slip)
    mark_every_bid(page)
    with page.expect_request("**/v/cast"):
        send(page)
    page.locator("[data-next]").click()
    check_is_first_page(page)
    with page.expect_response("**/v/cast"):
        waiting[0].continue_()
    seconds(page, 5)
    check_is_first_page(page)
    # It had been sent, and whoever holds the slip can see on any phone that a vote is in.
    assert stored_of(live[0], slip) == (4, 1)


def test_nothing_is_sent_again_for_a_voter_who_left(live: Live, page: Page, slip: PrintedSlip) -> None:
    page.route("**/v/cast", lambda route: route.abort())
    open_paper(page, slip)
    mark_every_bid(page)
    send(page)
    expect(page.locator(".lost")).to_contain_text("mark the back of your slip")
    page.locator("[data-next]").click()
    page.unroute("**/v/cast")
    seconds(page, 30)
    check_is_first_page(page)
    assert stored_of(live[0], slip) is None


def test_without_a_signal_the_first_page_says_so_and_keeps_the_code(page: Page, slip: PrintedSlip) -> None:
    page.route("**/v/paper", lambda route: route.abort())
    page.locator("input[name=code]").fill(slip.grouped_code)
    page.locator("button[value=pl]").click()
    expect(page.locator(".no-signal")).to_contain_text("Brak zasięgu.")
    check_accessible(page)
    assert page.locator("input[name=code]").input_value() == slip.grouped_code
    page.unroute("**/v/paper")
    page.locator("button[value=pl]").click()
    expect(page.locator(".bids")).to_be_visible()
    expect(page.locator(".no-signal")).to_be_empty()


def test_a_forgotten_mark_is_found_without_a_step_in_the_history(page: Page, slip: PrintedSlip) -> None:
    open_paper(page, slip)
    send(page)
    expect(page.locator(".errors")).to_be_focused()
    page.locator(".errors a").nth(4).click()
    expect(page.locator("#bid-5")).to_be_focused()
    assert page.evaluate("history.length") == 3
    assert "#" not in page.url


def test_a_scanner_that_types_the_address_and_presses_enter_opens_the_paper(page: Page, slip: PrintedSlip) -> None:
    page.locator("input[name=code]").focus()
    page.keyboard.type(slip.address)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your ballot paper")
    assert slip.code not in page.url


def test_the_text_is_larger_than_on_a_phone(live: Live, page: Page, open_page: OpenPage) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('.line')).fontSize)"
    phone = open_page(f"{live[1]}/v/{SLUG}")
    assert page.evaluate(size) == 1.25 * phone.evaluate(size)


def test_without_script_it_is_the_same_path_by_hand(live: Live, open_page: OpenPage, slip: PrintedSlip) -> None:
    page = open_page(f"{live[1]}/v/{SLUG}/kiosk", script=False)
    open_paper(page, slip)
    mark_every_bid(page)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    page.locator("[data-next]").click()
    expect(page.locator(".languages")).to_be_visible()
    assert page.url.endswith(f"/v/{SLUG}/kiosk")
    assert stored_of(live[0], slip) == (4, 1)


VOICES = """
  window.said = [];
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  Object.defineProperty(window, "speechSynthesis", { value: {
    speaking: false,
    getVoices: () => [
      { lang: "en-GB", localService: true, name: "ours" },
      { lang: "pl-PL", localService: false, name: "elsewhere" },
    ],
    speak(words) { this.speaking = true; window.said.push([words.text, words.voice.name]); },
    cancel() { this.speaking = false; },
  } });
"""


def test_it_reads_aloud_with_a_voice_of_its_own_and_with_no_other(live: Live, page: Page, slip: PrintedSlip) -> None:
    page.context.add_init_script(VOICES)
    page.reload()
    open_paper(page, slip)
    button = page.locator(".aloud")
    expect(button).to_have_text("Read aloud")
    check_accessible(page)
    button.click()
    expect(button).to_have_text("Stop reading")
    said = page.evaluate("said")
    assert said[0] == ["Your ballot paper", "ours"]
    assert any("A herb garden by the library" in text for text, _ in said)
    assert {voice for _, voice in said} == {"ours"}
    button.click()
    expect(button).to_have_text("Read aloud")
    assert not page.evaluate("speechSynthesis.speaking")
    # The only Polish voice would send the text to somebody else.
    page.locator("[data-next]").click()
    open_paper(page, slip, "pl")
    expect(page.locator("h1")).to_have_text(re.compile("Twoja karta"))
    expect(button).not_to_be_visible()


def test_a_small_tablet_scrolls_nowhere_sideways(page: Page, slip: PrintedSlip) -> None:
    page.set_viewport_size({"width": 320, "height": PHONE["height"]})
    check_accessible(page)
    open_paper(page, slip, "pl")
    check_accessible(page)
