"""A hall with bad Wi-Fi: whatever happens on the way, a vote counts once, or the page says that it does not."""

import re

import pytest
from playwright.sync_api import Dialog, Error, Page, Route, expect

from pbvote.vote.slips.printing import PrintedSlip
from tests.browser.conftest import OpenPage
from tests.browser.voter import (
    SLUG,
    Live,
    check_nothing_kept,
    close,
    mark_every_bid,
    new_slip,
    open_paper,
    send,
    stored_of,
    turnout,
)

CAST = "**/v/cast"
NOT_SENT = (
    "Not sent: no signal. Keep this page open, or mark the back of your slip and hand it in. Only one will count."
)


@pytest.fixture
def slip(live: Live) -> PrintedSlip:
    """A fresh slip."""
    return new_slip(live[0])


@pytest.fixture
def page(live: Live, open_page: OpenPage, slip: PrintedSlip) -> Page:
    """A phone with the slip's ballot paper, every bid marked and nothing sent."""
    page = open_page(f"{live[1]}/v/{SLUG}")
    open_paper(page, slip)
    mark_every_bid(page)
    return page


def lose(route: Route) -> None:
    """The request never reaches the server."""
    route.abort("connectionreset")


def lose_the_answer(route: Route) -> None:
    """The server stores the vote; what it answers never reaches the phone."""
    assert route.fetch().status == 200
    route.abort("connectionreset")


def lose_one_answer_and_then_the_network(page: Page) -> None:
    """The vote is stored, the phone does not learn it, and nothing else gets through."""
    ways = iter([lose_the_answer])
    page.route(CAST, lambda route: next(ways, lose)(route))


@pytest.mark.parametrize("happens", [lose, lose_the_answer])
def test_a_cut_in_the_middle_of_sending_counts_once(live: Live, page: Page, slip: PrintedSlip, happens: object) -> None:
    app, _ = live
    before = turnout(app)
    page.route(CAST, happens, times=2)  # type: ignore[arg-type]  # a function of one route
    send(page)
    expect(page.locator(".lost")).to_have_text(NOT_SENT)
    expect(page.locator(".done")).to_be_visible(timeout=15_000)
    assert stored_of(app, slip) == (4, 1)
    assert turnout(app) == before + 1
    assert page.evaluate("history.state") is None
    check_nothing_kept(page)


def test_without_a_network_it_goes_on_by_itself_as_soon_as_there_is_one(
    live: Live, page: Page, slip: PrintedSlip
) -> None:
    app, _ = live
    page.context.set_offline(True)
    send(page)
    expect(page.locator(".lost")).to_have_text(NOT_SENT)
    assert stored_of(app, slip) is None
    page.context.set_offline(False)
    expect(page.locator(".done")).to_be_visible(timeout=15_000)
    assert stored_of(app, slip) == (4, 1)


def test_other_marks_after_a_lost_answer_are_asked_about(live: Live, page: Page, slip: PrintedSlip) -> None:
    app, _ = live
    lose_one_answer_and_then_the_network(page)
    send(page)
    expect(page.locator(".lost")).to_have_text(NOT_SENT)
    mark_every_bid(page, 2)
    page.unroute(CAST)
    expect(page.locator(".lost")).to_have_text("")
    assert stored_of(app, slip) == (4, 1)
    send(page)
    expect(page.locator("h1")).to_have_text("This slip has already voted. Replace that vote?")
    assert stored_of(app, slip) == (4, 1)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    assert stored_of(app, slip) == (2, 2)


def reload(page: Page) -> None:
    """Reload as a person does who means it: the page warns first."""
    warnings: list[str] = []

    def leave(dialog: Dialog) -> None:
        warnings.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.reload()
    page.remove_listener("dialog", leave)
    assert warnings == ["beforeunload"]
    expect(page.locator(".bids")).to_be_visible()


def test_a_reload_keeps_what_is_not_sent(live: Live, page: Page, slip: PrintedSlip) -> None:
    app, _ = live
    reload(page)
    assert page.locator("input[type=radio][value='4']:checked").count() == 11
    assert stored_of(app, slip) is None
    send(page)
    expect(page.locator(".done")).to_be_visible()
    assert stored_of(app, slip) == (4, 1)


def test_a_reload_without_a_network_is_warned_of_and_else_clearly_not_sent(
    live: Live, page: Page, slip: PrintedSlip
) -> None:
    """Chromium drops a page's state with the page where the network's own error takes its place: hence the warning."""
    app, _ = live
    page.context.set_offline(True)
    page.once("dialog", lambda dialog: dialog.accept())
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("h1")).to_have_text("Scan your slip again")
    assert stored_of(app, slip) is None
    open_paper(page, slip)
    assert "already voted" not in page.locator("form").inner_text()


def test_a_reload_after_a_lost_answer_says_that_the_slip_has_voted(live: Live, page: Page, slip: PrintedSlip) -> None:
    app, _ = live
    before = turnout(app)
    lose_one_answer_and_then_the_network(page)
    send(page)
    expect(page.locator(".lost")).to_have_text(NOT_SENT)
    reload(page)
    page.unroute(CAST)
    expect(page.locator("h1")).to_have_text("We have your vote.")
    assert page.locator("input[type=radio][value='4']:checked").count() == 11
    send(page)
    expect(page.locator(".done")).to_be_visible()
    assert turnout(app) == before + 1


def test_two_tabs_with_one_slip_and_different_choices(live: Live, page: Page, slip: PrintedSlip) -> None:
    app, address = live
    before = turnout(app)
    other = page.context.new_page()
    other.goto(f"{address}/v/{SLUG}")
    open_paper(other, slip)
    mark_every_bid(other, 2)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    send(other)
    expect(other.locator("h1")).to_have_text("This slip has already voted. Replace that vote?")
    assert stored_of(app, slip) == (4, 1)
    send(other)
    expect(other.locator(".done")).to_be_visible()
    assert stored_of(app, slip) == (2, 2)
    assert turnout(app) == before + 1


def test_back_after_the_acknowledgement_and_another_vote(live: Live, page: Page, slip: PrintedSlip) -> None:
    app, _ = live
    before = turnout(app)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    page.go_back()
    open_paper(page, slip)
    expect(page.locator("h1")).to_have_text("We have your vote.")
    # Nobody who holds the slip learns what it said.
    assert page.locator("input:checked").count() == 0
    mark_every_bid(page, 1)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    assert stored_of(app, slip) == (1, 2)
    assert turnout(app) == before + 1


def test_forward_again_shows_neither_code_nor_choices(live: Live, page: Page, slip: PrintedSlip) -> None:
    send(page)
    expect(page.locator(".done")).to_be_visible()
    page.go_back()
    expect(page.locator(".languages")).to_be_visible()
    page.go_forward()
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("input:checked, .stored").count() == 0
    assert slip.code not in page.content()


def test_back_without_script_and_another_vote_is_asked_about(
    live: Live, open_page: OpenPage, slip: PrintedSlip
) -> None:
    app, address = live
    page = open_page(f"{address}/v/{SLUG}", script=False)
    open_paper(page, slip)
    fields = {str(field.get_attribute("name")): field.input_value() for field in page.locator("[type=hidden]").all()}
    mark_every_bid(page)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    # The page that the back button brings is the paper as it came: it has seen no vote.
    form: dict[str, bool | float | str] = {**fields, **{f"bid-{number}": "2" for number in range(1, 12)}}
    asked = page.request.post(f"{address}/v/cast", form=form)
    assert asked.status == 409
    assert "Replace that vote?" in asked.text()
    assert stored_of(app, slip) == (4, 1)


def test_closed_meanwhile_is_clearly_not_counted(live: Live, page: Page, slip: PrintedSlip) -> None:
    app, _ = live
    page.route(CAST, lose, times=1)
    close(app)
    send(page)
    expect(page.locator("h1")).to_have_text("Voting has closed", timeout=15_000)
    said = re.compile(r"Voting closed at [\w:]+, before your vote reached us\. It was not counted\.")
    expect(page.locator("main")).to_contain_text(said)
    assert stored_of(app, slip) is None


def test_closed_after_a_lost_answer_is_acknowledged_all_the_same(live: Live, page: Page, slip: PrintedSlip) -> None:
    app, _ = live

    def lose_the_answer_and_close(route: Route) -> None:
        lose_the_answer(route)
        close(app)

    page.route(CAST, lose_the_answer_and_close, times=1)
    send(page)
    expect(page.locator(".done")).to_be_visible(timeout=15_000)
    expect(page.locator("h1")).to_have_text("We have your vote.")
    assert stored_of(app, slip) == (4, 1)
