"""The hall's screen in a real browser: it is let in, follows the console, and goes on without a network."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from pbvote.db import begin_write, db
from pbvote.vote.events.day import DayPlan
from pbvote.vote.events.service import event_called
from pbvote.vote.stage.service import stage_of
from tests.browser.conftest import DESK, OpenPage, check_accessible, follow
from tests.browser.voter import Live, sign_in

PLANNED, ANNOUNCED = "old-trafford-stretford-2026", "urmston-partington-2014"
PROJECTOR = ViewportSize(width=1920, height=1080)
SCENES = "[...document.querySelectorAll('[data-scene]')]"


def connect(live: Live, page: Page, slug: str) -> None:
    """Make a screen of the organiser's own computer, and start it."""
    sign_in(live, page, "olivia@council.example")
    page.goto(f"{live[1]}/desk/events/{slug}/passes")
    follow(page.get_by_role("button", name="Make this computer a screen"))
    page.get_by_role("button", name="Start the screen").click()


def shown(page: Page, scene: str) -> None:
    """The screen shows it."""
    expect(page.locator(f'[data-scene="{scene}"]:visible')).to_have_count(1)


def stage(live: Live, slug: str) -> tuple[int | None, bool, str]:
    """Whose turn the server knows, whether the timer runs, and who moved last."""
    with live[0].app_context():
        event = event_called(slug)
        assert event
        found = stage_of(event)
        return found.bid_id, found.timer.is_running, found.moved_by


def test_a_screen_asks_and_is_let_in_then_follows_the_console(live: Live, open_page: OpenPage) -> None:
    _, address = live
    screen, desk = open_page(f"{address}/screen/{PLANNED}", size=PROJECTOR), open_page(f"{address}/", size=DESK)
    follow(screen.get_by_role("button"))
    sign_in(live, desk, "olivia@council.example")
    desk.goto(f"{address}/desk/events/{PLANNED}/passes")
    follow(desk.get_by_role("button", name=re.compile("^Allow")))
    screen.get_by_role("button", name="Start the screen").click(timeout=15_000)
    shown(screen, "welcome")
    desk.goto(f"{address}/desk/events/{PLANNED}")
    follow(desk.get_by_role("button", name=re.compile("^Next: 1 ")))
    shown(screen, "presenting")
    expect(screen.locator(".timer__digits:visible")).to_have_text("3:00")
    follow(desk.get_by_role("button", name="Start the timer"))
    expect(screen.locator(".timer__digits:visible")).to_have_text(re.compile("2:5"))


def test_a_screen_goes_on_without_a_network_and_catches_up(live: Live, open_page: OpenPage) -> None:
    screen = open_page(f"{live[1]}/", size=PROJECTOR)
    connect(live, screen, PLANNED)
    shown(screen, "welcome")
    screen.context.set_offline(True)
    expect(screen.locator("#lost")).to_be_visible()
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press(" ")
    expect(screen.locator(".bid__number:visible")).to_have_text("2")
    expect(screen.locator(".timer__digits:visible")).to_have_text(re.compile("2:5"))
    assert stage(live, PLANNED)[0] is None
    screen.context.set_offline(False)
    expect(screen.locator("#lost")).to_be_hidden()
    for _ in range(50):
        if stage(live, PLANNED)[1]:
            break
        screen.wait_for_timeout(200)
    bid, is_running, by = stage(live, PLANNED)
    assert bid is not None
    assert is_running
    assert by == "Olivia Marsh"


def test_a_screen_that_was_away_takes_what_others_moved_meanwhile(live: Live, open_page: OpenPage) -> None:
    screen, desk = open_page(f"{live[1]}/", size=PROJECTOR), open_page(f"{live[1]}/", size=DESK)
    connect(live, screen, PLANNED)
    sign_in(live, desk, "omar@council.example")
    screen.context.set_offline(True)
    screen.keyboard.press("ArrowRight")
    desk.goto(f"{live[1]}/desk/events/{PLANNED}")
    follow(desk.get_by_role("button", name="A break"))
    screen.context.set_offline(False)
    shown(screen, "break")


def test_it_opens_without_a_network_and_no_voters_page_is_ever_answered_for(live: Live, open_page: OpenPage) -> None:
    screen = open_page(f"{live[1]}/", size=PROJECTOR)
    connect(live, screen, PLANNED)
    screen.evaluate("navigator.serviceWorker.ready")
    screen.reload()
    shown(screen, "welcome")
    screen.context.set_offline(True)
    screen.reload()
    shown(screen, "welcome")
    screen.context.set_offline(False)
    screen.goto(f"{live[1]}/v/{PLANNED}")
    assert screen.evaluate("navigator.serviceWorker.controller") is None
    scopes = screen.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))")
    assert scopes == [f"{live[1]}/screen/"]


def test_the_announcement_is_moved_by_keys_and_fills_the_share(live: Live, open_page: OpenPage) -> None:
    screen = open_page(f"{live[1]}/", size=PROJECTOR)
    connect(live, screen, ANNOUNCED)
    desk = open_page(f"{live[1]}/", size=DESK)
    sign_in(live, desk, "omar@council.example")
    desk.goto(f"{live[1]}/desk/events/{ANNOUNCED}")
    follow(desk.get_by_role("button", name="The announcement"))
    shown(screen, "announcement")
    given = screen.locator('[data-say="given"]')
    expect(given).to_have_text("£0")
    screen.keyboard.press("ArrowRight")
    expect(given).to_have_text("£2,150")
    expect(screen.locator(".reveal--funded:visible .bid__title")).to_have_count(1)
    screen.keyboard.press("ArrowRight")  # more votes, and no room for what it asks
    expect(screen.locator(".reveal--not_funded:visible .bid__title")).to_have_count(1)
    screen.keyboard.press("ArrowRight")
    expect(given).to_have_text("£3,370")
    screen.keyboard.press("ArrowLeft")
    screen.keyboard.press("ArrowLeft")
    expect(screen.locator(".reveal--funded:visible .bid__title")).to_have_text("Get fit by digging")


@pytest.mark.parametrize(("slug", "metres"), [(PLANNED, 12), ("sale-2014", 12), (ANNOUNCED, 20)])
def test_every_scene_fits_its_screen_and_is_accessible(live: Live, open_page: OpenPage, slug: str, metres: int) -> None:
    app, address = live
    with app.app_context():
        begin_write()
        event = event_called(slug)
        assert event
        event.day = DayPlan(hall_metres=metres)
        db.session.commit()
    screen = open_page(f"{address}/", size=PROJECTOR)
    connect(live, screen, slug)
    screen.context.set_offline(True)
    for number in range(screen.evaluate(f"{SCENES}.length")):
        screen.evaluate(f"at => {SCENES}.forEach((scene, number) => {{ scene.hidden = number !== at }})", number)
        screen.evaluate("dispatchEvent(new Event('resize'))")
        name = screen.evaluate(f"at => {SCENES}[at].dataset.scene", number)
        for scheme in ("light", "dark") if name != "presenting" else ("light",):
            screen.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            check_accessible(screen)
        assert screen.evaluate(f"at => {SCENES}[at].scrollHeight - {SCENES}[at].clientHeight", number) <= 1, name
        sizes = screen.evaluate(
            f"""at => [...{SCENES}[at].querySelectorAll('p, h2, li, b, span')].filter(
                one => one.offsetParent && one.textContent.trim() && !one.closest('.unseen')
            ).map(one => parseFloat(getComputedStyle(one).fontSize) / innerHeight * 100)""",
            number,
        )
        assert min(sizes, default=99) > {12: 3.99, 20: 6.69}[metres], name
