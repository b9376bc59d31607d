"""The hall's screen in a real browser: it is let in, follows the console, and goes on without a network."""

import re
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, ViewportSize, expect

from pbvote.vote.screen.matter import letters_for
from tests.browser.conftest import DESK, OpenPage, check_accessible, follow
from tests.browser.screens import ANNOUNCED, PLANNED, PROJECTOR, connect, is_kept, shown, stage
from tests.browser.voter import Live, sign_in

OLD_PROJECTOR = ViewportSize(width=1024, height=768)
SCENES = Path(__file__).with_name("scenes.js").read_text(encoding="utf-8")
AVIXA = {12: 4, 20: 6.7}
"""The least height of letters, in hundredths of the screen's, by the hall's length in metres."""
OPEN = "sale-2014"
LONG = "Wilhelmina Featherstonehaugh-Cholmondeley’s Association for Everybody in Old Sale"
LONG_ARABIC = "جمعية الحديقة المجتمعية للعائلات والأطفال وكبار السن في الحي القديم من المدينة كلها"


def kept_pages(page: Page) -> list[str]:
    """The paths of the pages that this browser keeps, of whatever door."""
    found: list[str] = page.evaluate(
        """async () => {
            const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
            const kept = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
            return kept.map((one) => new URL(one.url).pathname).filter((path) => !path.startsWith("/static/"));
        }"""
    )
    return found


def test_a_screen_asks_and_is_let_in_then_follows_the_console(live: Live, open_page: OpenPage) -> None:
    _, address = live
    screen, desk = open_page(f"{address}/screen/{OPEN}", size=PROJECTOR), open_page(f"{address}/", size=DESK)
    follow(screen.get_by_role("button"))
    sign_in(live, desk, "olivia@council.example")
    desk.goto(f"{address}/desk/events/{OPEN}/passes")
    follow(desk.get_by_role("button", name=re.compile("^Allow")))
    screen.get_by_role("button", name="Start the screen").click(timeout=15_000)
    shown(screen, "vote")
    desk.goto(f"{address}/desk/events/{OPEN}")
    desk.get_by_role("button", name=re.compile("^Next: 1 ")).click()
    shown(screen, "presenting")
    expect(screen.locator(".timer__digits:visible")).to_have_text("3:00")
    desk.get_by_role("button", name="Start the timer").click()
    expect(screen.locator(".timer__digits:visible")).to_have_text(re.compile("2:5"))


def test_it_opens_without_a_network_is_moved_by_its_keys_and_catches_up(live: Live, open_page: OpenPage) -> None:
    screen = open_page(f"{live[1]}/", size=PROJECTOR)
    connect(live, screen, PLANNED)
    is_kept(screen)
    screen.context.set_offline(True)
    screen.reload()
    shown(screen, "welcome")
    expect(screen.locator("#lost")).to_be_visible()
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("Enter")  # starts the screen, whose button has the focus
    screen.keyboard.press(" ")
    expect(screen.locator(".bid__number:visible")).to_have_text("2")
    expect(screen.locator(".timer__digits:visible")).to_have_text(re.compile("2:5"))
    assert stage(live, PLANNED).bid_id is None
    screen.context.set_offline(False)
    expect(screen.locator("#lost")).to_be_hidden()
    for _ in range(50):
        if stage(live, PLANNED).timer.is_running:
            break
        screen.wait_for_timeout(200)
    found = stage(live, PLANNED)
    assert found.bid_id is not None
    assert (found.timer.is_running, found.moved_by) == (True, "Olivia Marsh")
    screen.goto(f"{live[1]}/v/{PLANNED}")
    assert screen.evaluate("navigator.serviceWorker.controller") is None
    scopes = screen.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))")
    assert scopes == [f"{live[1]}/screen/"]


def test_what_is_kept_goes_with_the_access_and_with_whoever_signs_out(live: Live, open_page: OpenPage) -> None:
    _, address = live
    screen, desk = open_page(f"{address}/", size=PROJECTOR), open_page(f"{address}/", size=DESK)
    connect(live, screen, PLANNED)
    is_kept(screen)
    screen.context.clear_cookies(name="session")  # it stays in as a screen
    sign_in(live, desk, "olivia@council.example")
    desk.goto(f"{address}/desk/events/{PLANNED}/passes")
    follow(desk.get_by_role("button", name=re.compile("^End ")).first)
    expect(screen.get_by_text("An organiser has ended the access of")).to_be_visible(timeout=15_000)
    assert kept_pages(screen) == []
    for path in (f"/compere/{ANNOUNCED}", f"/door/{PLANNED}"):
        desk.goto(address + path)
        is_kept(desk)
    other = desk.context.new_page()
    other.goto(f"{address}/")
    follow(other.get_by_role("button", name="Sign out"))
    expect(other.get_by_text("You are signed out.")).to_be_visible()
    assert kept_pages(other) == []
    desk.context.set_offline(True)
    with pytest.raises(Error, match="ERR_FAILED"):
        other.goto(f"{address}/compere/{ANNOUNCED}")


def test_a_screen_that_was_away_takes_what_others_moved_meanwhile(live: Live, open_page: OpenPage) -> None:
    screen, desk = open_page(f"{live[1]}/", size=PROJECTOR), open_page(f"{live[1]}/", size=DESK)
    connect(live, screen, OPEN)
    sign_in(live, desk, "omar@council.example")
    screen.context.set_offline(True)
    screen.keyboard.press("ArrowRight")
    desk.goto(f"{live[1]}/desk/events/{OPEN}")
    desk.get_by_role("button", name="A break").click()
    screen.context.set_offline(False)
    shown(screen, "break")


def test_the_announcement_is_moved_by_keys_and_fills_the_share(live: Live, open_page: OpenPage) -> None:
    screen = open_page(f"{live[1]}/", size=PROJECTOR)
    connect(live, screen, ANNOUNCED)
    desk = open_page(f"{live[1]}/", size=DESK)
    sign_in(live, desk, "omar@council.example")
    desk.goto(f"{live[1]}/desk/events/{ANNOUNCED}")
    desk.get_by_role("button", name="The announcement").click()
    shown(screen, "announcement")
    given = screen.locator('[data-say="given"]')
    expect(given).to_have_text("£0")
    screen.keyboard.press("ArrowRight")
    expect(given).to_have_text("£2,150")
    pieces = screen.locator('.share__piece[visibility="visible"]')
    expect(pieces).to_have_count(1)
    expect(pieces).to_have_attribute("x", "0%")  # the bar fills from its beginning
    expect(screen.get_by_text("announced so far")).to_be_visible()
    expect(screen.locator(".reveal--funded:visible .bid__title")).to_have_count(1)
    screen.keyboard.press("ArrowRight")  # more votes, and no room for what it asks
    expect(screen.locator(".reveal--not_funded:visible .bid__title")).to_have_count(1)
    screen.keyboard.press("ArrowRight")
    expect(given).to_have_text("£3,370")
    screen.keyboard.press("ArrowLeft")
    screen.keyboard.press("ArrowLeft")
    expect(screen.locator(".reveal--funded:visible .bid__title")).to_have_text("Get fit by digging")


@pytest.mark.parametrize("slug", [PLANNED, "sale-2014", ANNOUNCED])
def test_every_scene_fits_its_screen_and_is_read_from_the_last_row(live: Live, open_page: OpenPage, slug: str) -> None:
    screen = open_page(f"{live[1]}/", size=PROJECTOR)
    connect(live, screen, slug)
    shown(screen, {ANNOUNCED: "seal", "sale-2014": "vote", PLANNED: "welcome"}[slug])
    last_call = screen.locator("[data-until]")
    expect(last_call).to_have_count(int(slug == "sale-2014"))
    if slug == "sale-2014":  # whose last call is hours away
        expect(last_call).to_be_hidden()
        last_call.evaluate("line => { line.dataset.until = Date.now() + 59.5 * 60000; }")
        expect(last_call).to_contain_text("Last call in about 60 minutes")
    screen.context.set_offline(True)
    screen.evaluate(SCENES)
    for number in screen.evaluate("SCENES.kinds()"):
        screen.evaluate("number => SCENES.only(number)", number)
        for scheme in ("dark", "light"):
            screen.emulate_media(color_scheme=scheme)
            check_accessible(screen)
    screen.evaluate("document.exitFullscreen()")  # a window that fills the screen has no other size
    for names in ("as they are", "long"):
        if names == "long":
            screen.evaluate("names => SCENES.rename(...names)", [LONG, LONG_ARABIC])
        for size, metres in product((PROJECTOR, OLD_PROJECTOR), AVIXA):
            screen.set_viewport_size(size)
            found = screen.evaluate("letters => SCENES.measured(letters)", letters_for(metres))
            assert [each for each in found if each["wrong"]] == [], (size, metres, names)
            if names == "as they are":
                small = {each["scene"] for each in found if each["letters"] < AVIXA[metres] - 0.01}
                # Eleven bids on one screen can be read from the middle of a long hall.
                assert small <= ({"all that is funded"} if metres == 20 else set()), (size, metres)


def test_the_bar_that_starts_the_screen_covers_nothing_of_it(live: Live, open_page: OpenPage) -> None:
    screen = open_page(f"{live[1]}/", size=ViewportSize(width=1280, height=720))
    sign_in(live, screen, "olivia@council.example")
    screen.goto(f"{live[1]}/desk/events/sale-2014/passes")
    follow(screen.get_by_role("button", name="Make this computer a screen"))
    button = screen.get_by_role("button", name="Start the screen")
    expect(button).to_be_focused()
    bar, scene = screen.locator("#start").bounding_box(), screen.locator("[data-scene]:visible").bounding_box()
    words, pressed = screen.locator("#start p").nth(1).bounding_box(), button.bounding_box()
    assert bar
    assert scene
    assert words
    assert pressed
    assert scene["y"] + scene["height"] <= bar["y"], "what has no room above the bar is left out, and not cut"
    assert pressed["y"] + pressed["height"] + 7 <= words["y"], "the ring around the button is 7 px wide"
    button.click()
    shown(screen, "vote")
    expect(screen.locator(".turnout__dots")).to_be_visible()
    assert screen.locator("#stage").bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 720}
