"""The console keeps itself up to date: under somebody's hands, over a poor line, and not while nobody looks."""

import datetime as dt
import re

import pytest
from flask import Flask
from playwright.sync_api import Page, Request, expect
from werkzeug.datastructures import MultiDict

from pbvote.db import begin_write, db
from pbvote.people.service import account_with_email
from pbvote.vote.events.service import event_called
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.stage.moves import make_move
from pbvote.vote.stage.service import stage_of
from tests.browser.conftest import DESK, OpenPage, check_accessible
from tests.browser.voter import SLUG, Live, close, sign_in

CONSOLE = f"/desk/events/{SLUG}"
Console = tuple[Flask, Page]


@pytest.fixture
def console(live: Live, open_page: OpenPage) -> Console:
    """The app, and an organiser's console of the open poll, whose clock the test moves on."""
    app, address = live
    page = open_page(f"{address}/", size=DESK)
    sign_in(live, page, "olivia@council.example")
    page.clock.install()
    page.goto(address + CONSOLE)
    page.evaluate("window.isTheSame = true")
    return app, page


def look(page: Page) -> None:
    """Let the page look once, and wait until it has."""
    with page.expect_response(lambda response: response.url.endswith(CONSOLE)):
        page.clock.run_for(5_000)


def print_one_more(app: Flask) -> None:
    """One more slip that can vote."""
    with app.app_context():
        begin_write()
        event, organiser = event_called(SLUG), account_with_email("omar@council.example")
        assert event
        make_slips(event, 1, organiser, SlipState.LIVE)
        db.session.commit()


def test_a_change_comes_in_under_somebodys_hands_and_is_announced(console: Console) -> None:
    app, page = console
    page.locator("#ledger summary").click()
    page.get_by_role("link", name="Envelopes").focus()
    place = page.evaluate("scrollY")
    assert place > 0
    status = page.locator("#watching")
    close(app)
    look(page)
    expect(page.locator("#poll")).to_contain_text("Voting is closed")
    expect(status).to_have_text("Voting is closed.")
    expect(page.locator("#ledger details")).to_have_attribute("open", "")
    expect(page.get_by_role("link", name="Envelopes")).to_be_focused()
    assert page.evaluate("isTheSame"), "the page was loaded again"
    assert "Voting is closed" in page.title()
    # What was made by script goes on working: the new page's buttons swallow a second press.
    expect(
        page.locator("#waiting-acts, #state").locator("[data-module=govuk-button]:not([data-govuk-button-init])")
    ).to_have_count(0)
    check_accessible(page)


def test_focus_stays_near_a_control_that_has_gone_and_nothing_new_is_pressed_by_mistake(console: Console) -> None:
    app, page = console
    page.locator("#state a", has_text="Close voting").focus()
    close(app)
    look(page)
    expect(page.locator("#state")).to_be_focused()
    expect(page.locator("#state")).to_have_css("pointer-events", "none")
    page.clock.run_for(1_000)
    expect(page.locator("#state")).not_to_have_css("pointer-events", "none")


def test_numbers_change_in_silence_and_alone(console: Console) -> None:
    app, page = console
    page.evaluate("document.querySelector('#state').firstElementChild.isTheSame = true")
    before = page.locator("#numbers").inner_text()
    print_one_more(app)
    look(page)
    expect(page.locator("#numbers")).not_to_have_text(before)
    expect(page.locator("#watching")).to_be_empty()
    assert page.evaluate("document.querySelector('#state').firstElementChild.isTheSame"), (
        "more than the numbers changed"
    )


def test_a_page_without_news_costs_a_line(console: Console) -> None:
    _, page = console
    look(page)
    with page.expect_response(lambda response: response.url.endswith(CONSOLE)) as answer:
        page.clock.run_for(5_000)
    assert answer.value.status == 304


def test_without_a_line_the_page_says_how_old_it_is_and_finds_back(console: Console) -> None:
    app, page = console
    page.context.set_offline(True)
    for _ in range(2):
        with page.expect_event("requestfailed"):
            page.clock.run_for(5_000)
    lost = page.get_by_text("This page can’t reach the server. It shows the event as it was at")
    expect(lost).to_be_visible()
    check_accessible(page)
    close(app)
    page.context.set_offline(False)
    with page.expect_response(lambda response: response.url.endswith(CONSOLE)):
        page.clock.run_for(60_000)
    expect(page.locator("#poll")).to_contain_text("Voting is closed")
    expect(lost).to_have_count(0)


def test_nobody_looks_so_nothing_is_asked(console: Console) -> None:
    _, page = console
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    is_hidden = "value => { Object.defineProperty(document, 'hidden', { value, configurable: true }); "
    page.evaluate(is_hidden + "document.dispatchEvent(new Event('visibilitychange')) }", True)
    page.clock.run_for(120_000)
    assert asked == []
    with page.expect_request(lambda request: request.url.endswith(CONSOLE)):
        page.evaluate(is_hidden + "document.dispatchEvent(new Event('visibilitychange')) }", False)
        page.clock.run_for(1)


def test_somebody_who_is_signed_out_is_told(console: Console) -> None:
    _, page = console
    page.context.clear_cookies()
    look(page)
    expect(page.get_by_text("You are signed out here.")).to_be_visible()


def test_the_timer_runs_under_the_organisers_hands_and_a_stale_press_is_told(console: Console) -> None:
    app, page = console

    def moved(move: str, **sent: str) -> None:
        with app.app_context():
            begin_write()
            event = event_called(SLUG)
            assert event
            make_move(event, "Omar", MultiDict({"move": move, "seen": str(stage_of(event).version), **sent}))
            db.session.commit()

    with app.app_context():
        event = event_called(SLUG)
        assert event
        first = str(event.running_order[0].bid_id)
    moved("present", bid=first)
    look(page)
    start = page.get_by_role("button", name="Start the timer")
    expect(start).to_be_visible()
    page.clock.run_for(1_000)  # what has just come is not pressed
    start.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 0
    start.click()
    pause = page.get_by_role("button", name="Pause the timer")
    expect(pause).to_be_focused()
    assert (page.evaluate("scrollY"), page.evaluate("isTheSame")) == (place, True)
    expect(page.locator(".timer__digits")).to_have_text(re.compile("^2:5"))
    page.clock.set_system_time(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))  # a laptop whose clock is an hour off
    look(page)
    expect(page.locator(".timer__digits")).to_have_text(re.compile("^2:[45]"))
    check_accessible(page)
    moved("more")
    with page.expect_response(lambda response: response.url.endswith("/stage")) as refused:
        pause.click()
    assert refused.value.status == 409
    expect(page.get_by_role("alert")).to_contain_text("Omar moved the screen on at")
    expect(page.locator(".timer__digits")).to_have_text(re.compile("^3:2"))
    page.clock.run_for(1_000)
    pause.click()  # once more, and that is all that taking over takes
    expect(page.get_by_role("button", name="Start the timer")).to_be_focused()
    expect(page.locator("[data-told]")).to_be_hidden()
