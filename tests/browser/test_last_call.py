"""The hall's network goes at the worst moment, and a screen sleeps for an hour: what each of them says, and then."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.screens import PROJECTOR, connect, is_kept, shown, stage
from tests.browser.voter import (
    SLUG,
    Live,
    close,
    mark_every_bid,
    new_slip,
    open_paper,
    send,
    sign_in,
    stored_of,
    turnout,
)

NOT_SENT = "Not sent: no signal."
TOO_LATE = "before your vote reached us. It was not counted."


def test_a_network_that_goes_at_the_last_call_loses_nothing_and_each_says_what_is_so(
    live: Live, open_page: OpenPage
) -> None:
    app, address = live
    screen, compere = open_page(f"{address}/", size=PROJECTOR), open_page(f"{address}/")
    connect(live, screen, SLUG)
    shown(screen, "vote")
    sign_in(live, compere, "omar@council.example")
    compere.goto(f"{address}/compere/{SLUG}")
    is_kept(compere)
    slips, before = [new_slip(app) for _ in range(2)], turnout(app)
    voters = [open_page(f"{address}/v/{SLUG}") for _ in slips]
    for voter, slip in zip(voters, slips, strict=True):
        open_paper(voter, slip)
        mark_every_bid(voter)
    hall = (screen, compere, *voters)

    for page in hall:
        page.context.set_offline(True)
    show_last_call(compere)
    for voter in voters:
        send(voter)
        expect(voter.locator(".lost")).to_contain_text(NOT_SENT)
    for page in (screen, compere):
        expect(page.locator("#lost")).to_be_visible(timeout=15_000)
    shown(screen, "vote")  # it can't know, and goes on to say how to vote
    assert (turnout(app), stage(live, SLUG).version) == (before, 0)

    in_time, too_slow = voters
    for page in (screen, compere, in_time):
        page.context.set_offline(False)
    shown(screen, "last_call")
    for page in (screen, compere):
        expect(page.locator("#lost")).to_be_hidden(timeout=15_000)
    expect(in_time.locator(".done")).to_be_visible(timeout=15_000)
    assert [stored_of(app, slip) for slip in slips] == [(4, 1), None]
    expect(too_slow.locator(".lost")).to_contain_text(NOT_SENT)

    close(app)
    shown(screen, "closed")
    too_slow.context.set_offline(False)
    expect(too_slow.locator("main")).to_contain_text(TOO_LATE, timeout=15_000)
    assert [stored_of(app, slip) for slip in slips] == [(4, 1), None]
    assert turnout(app) == before + 1


def show_last_call(compere: Page) -> None:
    """Press it where the other scenes are."""
    compere.get_by_text("Show something else").click()
    compere.get_by_role("button", name="Last call").click()


def test_a_screen_that_slept_for_an_hour_paints_what_it_knows_and_then_what_is_so(
    live: Live, open_page: OpenPage
) -> None:
    screen, desk = open_page(f"{live[1]}/", size=PROJECTOR), open_page(f"{live[1]}/", size=DESK)
    screen.clock.install()
    connect(live, screen, SLUG)
    sign_in(live, desk, "olivia@council.example")
    desk.goto(f"{live[1]}/desk/events/{SLUG}")
    desk.get_by_role("button", name=re.compile("^Next: 1 ")).click()
    shown(screen, "presenting")
    desk.get_by_role("button", name="Start the timer").click()
    digits = screen.locator(".timer__digits:visible")
    expect(digits).to_have_text(re.compile("2:5"))

    screen.context.set_offline(True)
    screen.clock.fast_forward("01:00:00")
    shown(screen, "presenting")
    expect(digits).to_have_text(re.compile("5[67]:"))  # over its time, as the clock on the wall says
    expect(screen.locator("#lost")).to_be_visible(timeout=15_000)
    screen.context.set_offline(False)
    expect(digits).to_have_text(re.compile("2:"), timeout=15_000)  # the server has not slept, and knows the time
    expect(screen.locator("#lost")).to_be_hidden()

    screen.context.set_offline(True)
    close(live[0])
    screen.clock.fast_forward("01:00:00")
    shown(screen, "presenting")
    screen.context.set_offline(False)
    shown(screen, "closed")
    expect(screen.locator("#lost")).to_be_hidden()
