"""The running order in a real browser: dragged by mouse and by finger, moved by keyboard, and without script."""

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from pbvote.vote.events.service import event_called
from pbvote.vote.poll.states import PollState
from tests.browser.conftest import DESK, PHONE, OpenPage, check_accessible, follow
from tests.browser.voter import SLUG, Live, put_poll, sign_in

ORDER = f"/desk/events/{SLUG}/running-order"


@pytest.fixture
def planned(live: Live) -> Live:
    """The demonstration's event before voting opens."""
    put_poll(live[0], PollState.PLANNED)
    return live


def stored(live: Live) -> list[str]:
    """The bids' numbers in the order that the database holds."""
    with live[0].app_context():
        event = event_called(SLUG)
        assert event
        return [slot.bid.reference for slot in event.running_order]


def order_page(live: Live, open_page: OpenPage, size: ViewportSize = DESK, *, script: bool = True) -> Page:
    page = open_page(f"{live[1]}/sign-in", size=size, script=script)
    sign_in(live, page, "olivia@council.example")
    page.goto(live[1] + ORDER)
    return page


def middle(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def is_said(page: Page, words: str) -> None:
    expect(page.locator("[data-reorders] output")).to_contain_text(words)


def test_a_bid_is_dragged_with_a_mouse_and_the_whole_page_follows(planned: Live, open_page: OpenPage) -> None:
    page, before = order_page(planned, open_page), stored(planned)
    bids, handles = page.locator(".order__bid"), page.locator(".order__handle")
    page.mouse.move(*middle(handles.nth(0)))
    page.mouse.down()
    x, y = middle(bids.nth(2))
    page.mouse.move(x, y + 10, steps=6)
    page.mouse.up()
    is_said(page, f"{before[0]} ")
    is_said(page, f"is number 3 of {len(before)} now.")
    expected = [before[1], before[2], before[0], *before[3:]]
    assert stored(planned) == expected
    expect(bids.nth(2)).to_contain_text(f"3. {before[0]}")
    # The numbers below are typed over what is stored, not over what was.
    expect(page.get_by_label(before[0])).to_have_value("3")
    check_accessible(page)


def test_a_bid_is_dragged_with_a_finger(planned: Live, open_page: OpenPage) -> None:
    page, before = order_page(planned, open_page, PHONE), stored(planned)
    handles = page.locator(".order__handle")
    handles.nth(2).scroll_into_view_if_needed()
    (x, start), (_, end) = middle(handles.nth(2)), middle(handles.nth(1))
    finger = page.context.new_cdp_session(page)
    for type_, y in (("touchStart", start), ("touchMove", start - 5), ("touchMove", end - 30), ("touchEnd", None)):
        points = [] if y is None else [{"x": x, "y": y}]
        finger.send("Input.dispatchTouchEvent", {"type": type_, "touchPoints": points})
    is_said(page, f"is number 2 of {len(before)} now.")
    assert stored(planned) == [before[0], before[2], before[1], *before[3:]]


def test_escape_puts_a_dragged_bid_back(planned: Live, open_page: OpenPage) -> None:
    page, before = order_page(planned, open_page), stored(planned)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.mouse.move(*middle(page.locator(".order__handle").nth(0)))
    page.mouse.down()
    page.mouse.move(*middle(page.locator(".order__handle").nth(3)), steps=4)
    expect(page.locator(".order__bid").nth(3)).to_contain_text(before[0])
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".order__bid").nth(0)).to_contain_text(before[0])
    assert "POST" not in sent
    assert stored(planned) == before


def test_a_button_keeps_the_keyboard_where_it_was(planned: Live, open_page: OpenPage) -> None:
    page, before = order_page(planned, open_page), stored(planned)
    page.get_by_role("button", name=f"Up {before[2]}").focus()
    page.keyboard.press("Enter")
    is_said(page, f"is number 2 of {len(before)} now.")
    expect(page.get_by_role("button", name=f"Up {before[2]}")).to_be_focused()
    page.keyboard.press("Enter")
    is_said(page, f"is number 1 of {len(before)} now.")
    expect(page.get_by_role("button", name=f"Down {before[2]}")).to_be_focused()
    assert stored(planned) == [before[2], before[0], before[1], *before[3:]]


def test_without_a_network_the_order_goes_back_and_says_so(planned: Live, open_page: OpenPage) -> None:
    page, before = order_page(planned, open_page), stored(planned)
    page.context.set_offline(True)
    page.mouse.move(*middle(page.locator(".order__handle").nth(0)))
    page.mouse.down()
    page.mouse.move(*middle(page.locator(".order__handle").nth(2)), steps=4)
    page.mouse.up()
    is_said(page, "Not saved")
    expect(page.locator(".order__bid").nth(0)).to_contain_text(before[0])
    assert stored(planned) == before


def test_once_voting_is_open_a_button_says_why_it_moves_nothing(planned: Live, open_page: OpenPage) -> None:
    page, before = order_page(planned, open_page), stored(planned)
    put_poll(planned[0], PollState.OPEN)
    page.get_by_role("button", name=f"Up {before[2]}").click()
    expect(page.get_by_text("Voting has opened, so the bids and their order can’t change.")).to_be_visible()
    assert stored(planned) == before


def test_without_script_the_buttons_move_a_bid(planned: Live, open_page: OpenPage) -> None:
    page, before = order_page(planned, open_page, script=False), stored(planned)
    expect(page.locator(".order__handle").first).to_be_hidden()
    follow(page.get_by_role("button", name=f"Down {before[0]}"))
    expect(page.locator(".order__bid").nth(1)).to_contain_text(f"2. {before[0]}")
    assert stored(planned) == [before[1], before[0], *before[2:]]
