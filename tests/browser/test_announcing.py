"""What was done is read out and takes the focus, else at the page's top; what happens meanwhile is read out."""

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from pbvote.db import db
from tests.browser.conftest import DESK, OpenPage
from tests.browser.halls import SLUG, plan, press, step
from tests.browser.voter import Live, sign_in
from tests.factories import writing


def hears(page: Page, words: str) -> None:
    """The confirmation is read out at once, and whoever goes on with the keyboard goes on from there."""
    banner = page.locator(".govuk-notification-banner").first
    expect(banner).to_contain_text(words)
    expect(banner).to_have_attribute("role", "alert")
    expect(banner).to_be_focused()


def test_plan_rule_account_and_count_are_confirmed_aloud_and_so_is_what_others_do(
    live: Live, open_page: OpenPage
) -> None:
    app, address = live
    plan(app)
    console = f"{address}/desk/events/{SLUG}"
    with writing(app):
        share_id = db.session.execute(sa.text("SELECT share_id FROM event WHERE slug = :slug"), {"slug": SLUG}).scalar()
    first, second = open_page(f"{address}/", size=DESK), open_page(f"{address}/", size=DESK)
    sign_in(live, first, "olivia@council.example")
    sign_in(live, second, "omar@council.example")
    first.goto(f"{console}/plan")
    press(first, "Save")
    hears(first, "The event’s name, place and hours are saved.")
    for page, words in (
        ("ballot", "How South Trafford votes is saved."),
        ("rule", "The rule of South Trafford is saved."),
    ):
        first.goto(f"{address}/desk/shares/{share_id}/{page}")
        press(first, "Save")
        hears(first, words)
    first.goto(console)
    step(first, "Open voting")
    step(first, "Close voting")
    first.goto(f"{console}/account")
    first.get_by_label("Slips left over").fill("0")
    first.get_by_label("Voters who came through the door").fill("0")
    press(first, "Save the numbers")
    hears(first, "The slips add up.")
    second.goto(console)
    first.goto(console)
    step(first, "Count and seal", "Ask to count and seal")
    hears(first, "The count waits for a second person.")
    # The other's console says what has come, and leaves the focus where it is.
    said = second.locator("#watching")
    expect(said).to_contain_text("Olivia Marsh asks to count the votes of South Trafford decides", timeout=15_000)
    press(second, "I have read the numbers, and confirm")
    expect(first.locator("#watching")).to_contain_text("Counted and sealed, not public yet", timeout=15_000)
    expect(first.get_by_text("The count waits for a second person.")).to_have_count(0)
