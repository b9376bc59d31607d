"""The hall's screen in a real browser, and the pages that a hall's devices keep."""

from playwright.sync_api import Page, ViewportSize, expect

from pbvote.vote.events.service import event_called
from pbvote.vote.stage.models import Stage
from pbvote.vote.stage.service import stage_of
from tests.browser.conftest import follow
from tests.browser.voter import Live, sign_in

PLANNED, OPEN, ANNOUNCED = "old-trafford-stretford-2026", "sale-2014", "urmston-partington-2014"
PROJECTOR = ViewportSize(width=1920, height=1080)


def connect(live: Live, page: Page, slug: str) -> None:
    """Make a screen of the organiser's own computer, and start it."""
    sign_in(live, page, "olivia@council.example")
    page.goto(f"{live[1]}/desk/events/{slug}/passes")
    follow(page.get_by_role("button", name="Make this computer a screen"))
    page.get_by_role("button", name="Start the screen").click()


def shown(page: Page, scene: str) -> None:
    """The screen shows it."""
    expect(page.locator(f'[data-scene="{scene}"]:visible')).to_have_count(1)


def is_kept(page: Page) -> None:
    """The page can be opened without a network from now on."""
    assert _comes_true(page, "await caches.match(location.href)")


def is_forgotten(page: Page) -> None:
    """The page is kept no more."""
    assert _comes_true(page, "!(await caches.match(location.href))")


def _comes_true(page: Page, promise: str) -> bool:
    """Whether it does within ten seconds. `wait_for_function` takes an asynchronous function's promise for a yes."""
    return bool(
        page.evaluate(
            f"""async () => {{
                for (let turn = 0; turn < 200; turn += 1) {{
                    if ({promise}) return true;
                    await new Promise((done) => setTimeout(done, 50));
                }}
                return false;
            }}"""
        )
    )


def stage(live: Live, slug: str) -> Stage:
    """The stage as the server has it."""
    with live[0].app_context():
        event = event_called(slug)
        assert event
        return stage_of(event)
