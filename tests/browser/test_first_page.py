"""The first page after a scan, by hand, and when somebody comes back to it, in Chromium at the size of a phone."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from pbvote.vote.poll.states import PollState
from pbvote.vote.slips.printing import PrintedSlip
from tests.browser.conftest import PHONE, OpenPage, check_accessible, follow
from tests.browser.voter import (
    SLUG,
    Live,
    check_nothing_kept,
    close,
    mark_every_bid,
    new_slip,
    open_paper,
    put_poll,
    send,
)

SMALL = ViewportSize(width=320, height=568)
TWICE = ViewportSize(width=180, height=370)  # a phone of 360 by 740 at 200 %


@pytest.fixture
def slip(live: Live) -> PrintedSlip:
    """A fresh slip."""
    return new_slip(live[0])


@pytest.fixture
def page(live: Live, open_page: OpenPage, slip: PrintedSlip) -> Page:
    """A phone that has just scanned the slip."""
    return open_page(f"{live[1]}/v/{SLUG}#{slip.code}")


def open_with_a_clock(live: Live, open_page: OpenPage, slip: PrintedSlip) -> Page:
    """A phone with a clock of the test's own and no cache, which has just scanned the slip."""
    page = open_page(f"{live[1]}/healthz")
    page.route("**/v/**", lambda route: route.continue_())
    page.clock.install()
    page.goto(f"{live[1]}/v/{SLUG}#{slip.code}")
    return page


def ends(page: Page) -> list[float]:
    """Where each language's button ends, from the top of the page."""
    found: list[float] = page.locator(".languages button").evaluate_all(
        "all => all.map(button => button.getBoundingClientRect().bottom)"
    )
    return found


@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["360", "320"])
@pytest.mark.parametrize("state", [PollState.OPEN, PollState.PLANNED])
def test_after_a_scan_all_four_languages_are_on_the_screen(
    live: Live, open_page: OpenPage, slip: PrintedSlip, size: ViewportSize, state: PollState
) -> None:
    put_poll(live[0], state)
    page = open_page(f"{live[1]}/v/{SLUG}#{slip.code}", size=size)
    expect(page.locator(".recognised")).to_contain_text("Slip recognised")
    assert len(ends(page)) == 4
    assert max(ends(page)) <= (size["height"] if state is PollState.OPEN else PHONE["height"])
    # The code is known: its field is folded away under the buttons, and nothing stands between them.
    expect(page.locator("input.code")).to_be_hidden()
    expect(page.locator("summary")).to_contain_text("Type a different code")
    gaps = page.locator(".languages").evaluate("list => [...list.children].map(child => child.tagName)")
    assert gaps == ["BUTTON"] * 4
    check_accessible(page)
    page.locator("summary").click()
    expect(page.locator("input.code")).to_have_value(slip.code)
    check_accessible(page)


def test_at_twice_the_size_the_buttons_are_two_screens_away_at_most(
    live: Live, open_page: OpenPage, slip: PrintedSlip
) -> None:
    page = open_page(f"{live[1]}/v/{SLUG}#{slip.code}", size=TWICE)
    assert max(ends(page)) <= 2 * TWICE["height"]
    check_accessible(page)
    page = open_page(f"{live[1]}/v/{SLUG}#{slip.code}")
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("state", [PollState.OPEN, PollState.PLANNED])
def test_without_a_scan_there_is_the_field_and_a_line_beside_each_language(
    live: Live, open_page: OpenPage, state: PollState
) -> None:
    put_poll(live[0], state)
    page = open_page(f"{live[1]}/v/{SLUG}", script=False)
    expect(page.locator("input.code")).to_be_visible()
    expect(page.locator(".recognised")).to_be_hidden()
    assert max(ends(page)) <= PHONE["height"]
    assert page.locator(".line:visible").count() == 4


def test_an_empty_field_is_answered_in_the_voters_language_and_by_no_bubble(live: Live, open_page: OpenPage) -> None:
    page = open_page(f"{live[1]}/v/{SLUG}")
    page.locator("button[value=pl]").click()
    expect(page.locator("h1")).to_have_text("Sprawdź kod")
    expect(page.get_by_role("alert")).to_have_text("Wpisz 12 liter i cyfr z Twojej kartki.")
    expect(page.locator("input.code")).to_be_focused()
    expect(page.locator("header")).to_contain_text("Sale decides")


def test_back_from_the_paper_keeps_code_and_marks(page: Page, slip: PrintedSlip) -> None:
    page.locator("button[value=ar]").click()
    expect(page.locator(".bids")).to_be_visible()
    mark_every_bid(page, 3)
    page.go_back()
    expect(page.locator(".recognised")).to_be_visible()
    page.locator("button[value=en]").click()
    expect(page.locator(".bids")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("input[value='3']:checked").count() == 11
    check_nothing_kept(page)
    page.go_back()
    expect(page.locator(".languages")).to_be_visible()
    page.go_forward()
    expect(page.locator(".bids")).to_be_visible()
    assert page.locator("input[value='3']:checked").count() == 11


def test_back_after_a_reload_keeps_the_code_too(page: Page) -> None:
    page.locator("button[value=pl]").click()
    expect(page.locator(".bids")).to_be_visible()
    page.reload()
    expect(page.locator(".bids")).to_be_visible()
    page.go_back()
    expect(page.locator(".recognised")).to_be_visible()


def test_a_scanned_code_outlives_a_reload_and_a_typed_one_is_not_called_recognised(
    live: Live, open_page: OpenPage, page: Page
) -> None:
    page.reload()
    expect(page.locator(".recognised")).to_be_visible()
    typing = open_page(f"{live[1]}/v/{SLUG}")
    typing.locator("input.code").fill("K7QF")
    typing.locator("button[value=en]").click()
    expect(typing.get_by_role("alert")).to_have_text("That is 4 letters and numbers. The code has 12.")
    typing.go_back()
    expect(typing.locator(".languages")).to_be_visible()
    expect(typing.locator("input.code")).to_have_value("K7QF")
    expect(typing.locator(".recognised")).to_be_hidden()


def test_back_and_a_reload_after_the_acknowledgement_say_that_the_vote_is_in(page: Page, slip: PrintedSlip) -> None:
    page.locator("button[value=en]").click()
    expect(page.locator(".bids")).to_be_visible()
    mark_every_bid(page)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    page.reload()
    expect(page.locator("main")).to_contain_text("If you saw “We have your vote”, it is in.")
    assert slip.code not in page.content()
    page.go_back()
    expect(page.locator(".languages")).to_be_visible()
    assert page.locator("input.code").input_value() == ""


def test_back_from_the_acknowledgement_finds_no_code_and_kind_words(page: Page, slip: PrintedSlip) -> None:
    page.locator("button[value=en]").click()
    expect(page.locator(".bids")).to_be_visible()
    mark_every_bid(page)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    page.go_back()
    expect(page.locator(".languages")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Jeśli pojawił się napis „Mamy Twój głos”, głos jest u nas.")
    assert page.locator("input.code").input_value() == ""
    assert page.evaluate("history.state") is None
    check_accessible(page)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_who_has_voted_can_leave_it_as_it_is(live: Live, open_page: OpenPage, slip: PrintedSlip, lang: str) -> None:
    page = open_page(f"{live[1]}/v/{SLUG}")
    open_paper(page, slip)
    mark_every_bid(page)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    page.goto(f"{live[1]}/v/{SLUG}#{slip.code}")
    page.locator(f"button[value={lang}]").click()
    expect(page.locator("button[form=as-it-is]")).to_be_visible()
    check_accessible(page)
    page.locator("button[form=as-it-is]").click()
    expect(page.locator("[data-end]")).to_be_visible()
    check_accessible(page)
    assert slip.code not in page.content()
    assert page.evaluate("history.state") is None


def test_the_first_page_says_by_itself_that_voting_is_open(live: Live, open_page: OpenPage, slip: PrintedSlip) -> None:
    app, _ = live
    put_poll(app, PollState.PLANNED)
    page = open_with_a_clock(live, open_page, slip)
    put_poll(app, PollState.OPEN)
    page.clock.run_for(20_000)
    expect(page.locator("#waiting")).to_contain_text("Voting is open.")
    assert len(ends(page)) == 4


def test_a_waiting_page_says_that_voting_was_over_before_it_looked(
    live: Live, open_page: OpenPage, slip: PrintedSlip
) -> None:
    app, _ = live
    put_poll(app, PollState.PLANNED)
    page = open_with_a_clock(live, open_page, slip)
    page.locator("button[value=en]").click()
    expect(page.locator(".early")).to_be_visible()
    put_poll(app, PollState.OPEN)
    close(app)
    page.clock.run_for(20_000)
    expect(page.locator("h1")).to_have_text("Voting has closed")
    expect(page.locator("main")).to_contain_text("Not voted yet? Tell a steward now")


@pytest.mark.parametrize(("language", "asked"), [("اردو", 1), ("العربية", 0), ("English", 0)])
def test_a_device_without_urdus_full_stop_gets_that_one_sign_and_no_other_page_asks_for_it(
    page: Page, language: str, asked: int
) -> None:
    follow(page.get_by_role("button", name=language))
    page.evaluate("document.fonts.ready.then(() => true)")
    loaded = "performance.getEntriesByType('resource').filter(each => each.name.includes('woff2'))"
    assert page.evaluate(f"{loaded}.length") == asked
    assert page.evaluate(f"{loaded}.every(each => each.transferSize < 2000)")
    assert page.evaluate("[...document.fonts].filter(each => each.status === 'loaded').length") == asked
