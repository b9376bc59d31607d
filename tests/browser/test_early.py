"""Before the opening, on a phone: marks made while listening stay on it, and the page becomes the paper by itself."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from pbvote.people.service import account_with_email
from pbvote.vote.events.ordering import move_bid
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips
from pbvote.vote.slips.voiding import void_slip
from tests.browser.conftest import OpenPage, check_accessible, served
from tests.browser.voter import Live, check_nothing_kept, send
from tests.conftest import AppMaker
from tests.factories import an_event, the_event, writing
from tests.hall import ORGANISER, organiser_does, slug, stored

LOOKS = 15_000  # milliseconds within which every page that waits has looked


@pytest.fixture
def hall(make_app: AppMaker) -> Iterator[tuple[Live, PrintedSlip]]:
    """A server before the opening of an event of three groups, and a slip that votes after it."""
    with served(make_app) as live:
        with writing(live[0]):
            [slip] = make_slips(an_event(), 1, None, SlipState.LIVE)
        yield live, slip


def scanned(live: Live, open_page: OpenPage, slip: PrintedSlip, kiosk: str = "") -> Page:
    """A phone with a clock of the test's own, which has just scanned the slip."""
    page = open_page(f"{live[1]}/healthz")
    page.clock.install()
    page.goto(f"{live[1]}/v/{slug(live[0])}{kiosk}#{slip.code}")
    if kiosk:
        page.locator("input.code").fill(slip.code)
    page.locator("button[value=en]").click()
    expect(page.locator("h1")).to_have_text("Voting opens when all have spoken.")
    return page


def mark(page: Page, marks: dict[int, int]) -> None:
    """Give each bid its mark, as a thumb does."""
    for number, value in marks.items():
        page.locator(f"input[name=bid-{number}][value='{value}']").check(force=True)


def marked(page: Page) -> dict[str, str]:
    """Every mark on the page, by its bid's title."""
    found: dict[str, str] = page.locator(".bid").evaluate_all(
        "all => Object.fromEntries(all.map(bid => [bid.querySelector('.bid-head').innerText.split('\\n').pop(),"
        " bid.querySelector('input:checked')?.value ?? '']))"
    )
    return found


def is_paper(page: Page) -> None:
    """The page has become the ballot paper."""
    page.clock.run_for(LOOKS)
    expect(page.locator(".running button")).to_have_text("Send my vote")


def test_the_page_becomes_the_paper_and_marks_made_while_listening_are_sent_with_the_vote_alone(
    hall: tuple[Live, PrintedSlip], open_page: OpenPage
) -> None:
    (app, _), slip = hall
    page = scanned(hall[0], open_page, slip)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    check_accessible(page)
    mark(page, {1: 5, 2: 2, 3: 4})
    expect(page.locator("output")).to_have_text("All marked. Not sent yet.")
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    check_accessible(page)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.locator(".early.live")).to_be_visible()
    assert list(marked(page).values()) == ["5", "2", "4"]
    page.context.set_offline(True)
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#waiting")).to_have_text("Please try again")
    page.context.set_offline(False)
    assert list(marked(page).values()) == ["5", "2", "4"]
    third = page.locator("input[name=bid-3][value='4']")
    third.focus()
    before = third.bounding_box()
    organiser_does(app, open_poll)
    is_paper(page)
    assert list(marked(page).values()) == ["5", "2", "4"]
    # Whoever listens goes on where they are, and hears what has changed.
    expect(third).to_be_focused()
    after = third.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2
    page.clock.run_for(2_000)
    expect(page.get_by_role("status").filter(has_text="Voting is open.")).to_have_count(1)
    assert sent
    assert not [line for line in sent if "bid" in line or "/v/cast" in line]
    assert stored(app) == []
    send(page)
    expect(page.locator(".done")).to_be_visible()
    assert stored(app) == [('{"B-01":5,"B-02":2,"B-03":4}', 1)]
    assert page.evaluate("history.state") is None
    check_nothing_kept(page)
    assert page.evaluate("navigator.serviceWorker.controller") is None
    links = page.locator("a").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    assert not [link for link in links if "/events/" in link]


def test_marks_go_with_their_bids_and_end_with_their_slip(hall: tuple[Live, PrintedSlip], open_page: OpenPage) -> None:
    (app, _), slip = hall
    page = scanned(hall[0], open_page, slip)
    mark(page, {1: 5, 3: 1})
    before = marked(page)
    with writing(app):
        move_bid(the_event(), the_event().running_order[2].bid_id, 1)
    organiser_does(app, open_poll)
    is_paper(page)
    assert marked(page) == before
    assert list(before) != list(marked(page))
    expect(page.locator("main")).to_contain_text("The ballot paper has changed. Check your marks.")
    make_void(app, slip)
    page.get_by_role("button", name="Polski").click()
    expect(page.locator("#code-error")).to_be_visible()
    assert page.evaluate("'marks' in history.state") is False
    assert page.evaluate("history.state.code") == slip.code


def make_void(app: Flask, slip: PrintedSlip) -> None:
    """Void the slip, which has not voted."""
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        void_slip(the_event(), slip.serial, VoidReason.SHOWN, organiser)


def test_a_shared_tablet_has_nothing_to_mark_and_becomes_the_paper_too(
    hall: tuple[Live, PrintedSlip], open_page: OpenPage
) -> None:
    (app, _), slip = hall
    page = scanned(hall[0], open_page, slip, "/kiosk")
    check_accessible(page)
    assert page.locator(".bid").count() == 3
    assert page.locator(".marks:visible, .running:visible, .size").count() == 0
    organiser_does(app, open_poll)
    is_paper(page)
    assert page.evaluate("history.state") is None
    check_nothing_kept(page)


def test_without_script_a_button_asks_again(hall: tuple[Live, PrintedSlip], open_page: OpenPage) -> None:
    (app, address), slip = hall
    page = open_page(f"{address}/v/{slug(app)}", script=False)
    page.locator("input.code").fill(slip.code)
    page.locator("button[value=en]").click()
    expect(page.locator("main")).to_contain_text("When you hear that voting is open, press Refresh.")
    assert page.locator(".marks:visible, .running:visible, .size:visible").count() == 0
    organiser_does(app, open_poll)
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator(".running button")).to_have_text("Send my vote")


def test_larger_letters_stay_for_this_tab_alone(hall: tuple[Live, PrintedSlip], open_page: OpenPage) -> None:
    (_, address), slip = hall
    page = scanned(hall[0], open_page, slip)
    size = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    usual = page.evaluate(size)
    page.get_by_role("button", name="Text size").click()
    assert page.evaluate(size) == 1.25 * usual
    page.get_by_role("button", name="Text size").click()
    assert page.evaluate(size) == 1.5 * usual
    check_accessible(page)
    page.reload()
    expect(page.locator(".early.live")).to_be_visible()
    assert page.evaluate(size) == 1.5 * usual
    check_nothing_kept(page)
    other = page.context.new_page()
    other.goto(f"{address}/v/{slug(hall[0][0])}")
    assert other.evaluate("document.documentElement.style.fontSize") == ""
    page.get_by_role("button", name="Text size").click()
    assert page.evaluate(size) == usual
