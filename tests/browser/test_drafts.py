"""The bid form on a 360 px phone: two sittings with the tab killed in between, no signal, and how little it takes."""

import re

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, check_accessible, follow
from tests.outbox import letters

SLUG = "voluntary-sector-grants-2014"
WORDS = {
    "Name of your group": "Sale Bell Ringers",
    "Who would hold the money for you?": "St Paul's Church",
    "Your full name": "Ann Smith",
    "What would you call your project?": "Bells for beginners",
    "What would you do with the money?": "We buy ropes, and teach ten neighbours to ring the bells.",
    "Who would benefit?": "Ten beginners, and everybody who hears them.",
}
EMAIL = "ann@ringers.example"
MOST_WORDS, MOST_TAPS = 60, 12

Live = tuple[Flask, str]


class Taps:
    """Counts what is pressed, beside the keyboard."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, page: Page, name: str) -> None:
        """Press a button that leads to another page."""
        self.count += 1
        follow(page.get_by_role("button", name=name))

    def choose(self, page: Page, name: str) -> None:
        """Choose one of a few."""
        self.count += 1
        page.get_by_label(name, exact=True).check()


def fill(page: Page, *questions: str) -> None:
    """Type the answers to these questions."""
    for question in questions:
        page.get_by_label(question).fill(WORDS[question])


def saved(page: Page) -> None:
    """Wait until the page says that the server has what was typed."""
    expect(page.locator(".saving")).to_have_text("Saved.")


def copies(page: Page) -> int:
    """How many pages of a draft this phone keeps."""
    return int(page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('pbvote-draft-')).length"))


def link_of(app: Flask, what: str) -> str:
    """The newest letter's link of this kind."""
    with app.app_context():
        found = (re.search(rf"\S+/bid/{what}#\S+", letter.body) for letter in letters())
        return next(link[0] for link in found if link)


def test_a_group_of_two_applies_over_two_sittings_and_loses_its_signal_at_send(live: Live, open_page: OpenPage) -> None:
    app, address = live
    taps = Taps()
    page = open_page(f"{address}/rounds/{SLUG}/bid")
    page.get_by_label("Your e-mail address").fill(EMAIL)
    taps.press(page, "Continue")
    check_accessible(page)
    taps.choose(page, "None of these")
    fill(page, "Name of your group", "Who would hold the money for you?", "Your full name")
    taps.press(page, "Continue")
    fill(page, "What would you call your project?", "What would you do with the money?")
    saved(page)
    assert copies(page) == 0
    page.context.set_offline(True)
    fill(page, "Who would benefit?")
    expect(page.locator(".saving")).to_contain_text("Not saved: no signal. Your text is kept on this phone")
    assert copies(page) == 1
    context = page.context
    page.close()  # the phone throws the tab away
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{address}/rounds/{SLUG}/bid/project")
    expect(page.get_by_label("Who would benefit?")).to_have_value(WORDS["Who would benefit?"])
    saved(page)
    assert copies(page) == 0
    check_accessible(page)
    # The second sitting, on another phone, by the mailed link.
    page = open_page(link_of(app, "draft"))
    follow(page.get_by_role("button", name="Open the draft"))
    expect(page.get_by_label("Who would benefit?")).to_have_value(WORDS["Who would benefit?"])
    taps.choose(page, "We have them")
    taps.press(page, "Continue")
    page.get_by_label("How much do you ask for?").fill("250")
    expect(page.get_by_role("group", name="What would the money buy?")).to_be_hidden()
    check_accessible(page)
    taps.press(page, "Continue")
    check_accessible(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send our bid").click()
    expect(page.locator(".saving")).to_have_text(
        "Not sent: no signal. Nothing is lost. Press the button again once there is signal."
    )
    page.context.set_offline(False)
    taps.press(page, "Send our bid")
    expect(page.locator("main")).to_contain_text(EMAIL)
    page.goto(link_of(app, "link"))
    taps.count += 1  # the letter's link
    taps.press(page, "Show the bid")
    taps.press(page, "Yes, this is our bid")
    expect(page.locator("main")).to_contain_text("Your bid stands.")
    expect(page.locator(".way [aria-current]")).to_have_text("Sent")
    check_accessible(page)
    assert sum(len(text.split()) for text in WORDS.values()) <= MOST_WORDS
    assert taps.count <= MOST_TAPS, taps.count


def test_without_signal_continue_stays_on_the_page_and_without_script_all_of_it_works(
    live: Live, open_page: OpenPage
) -> None:
    _, address = live
    page = open_page(f"{address}/rounds/{SLUG}/bid", script=False)
    page.get_by_label("Your e-mail address").fill(EMAIL)
    follow(page.get_by_role("button", name="Continue"))
    page.get_by_label("A charity").check()
    fill(page, "Name of your group", "Your full name")
    follow(page.get_by_role("button", name="Continue"))
    expect(page.locator("h1")).to_have_text("Your project")
    scripted = open_page(f"{address}/rounds/{SLUG}/bid")
    scripted.get_by_label("Your e-mail address").fill(EMAIL)
    follow(scripted.get_by_role("button", name="Continue"))
    scripted.context.set_offline(True)
    scripted.get_by_label("Name of your group").fill("Ringers")
    scripted.get_by_role("button", name="Continue").click()
    expect(scripted.locator(".saving")).to_contain_text("Not saved: no signal.")
    expect(scripted.locator("h1")).to_have_text("Your group")


def test_whoever_stops_leaves_nothing_on_a_shared_computer_and_loses_nothing(live: Live, open_page: OpenPage) -> None:
    app, address = live
    page = open_page(f"{address}/rounds/{SLUG}/bid")
    page.get_by_label("Your e-mail address").fill(EMAIL)
    follow(page.get_by_role("button", name="Continue"))
    fill(page, "Name of your group")
    follow(page.get_by_role("button", name="Stop here and go on later"))
    expect(page.locator("h1")).to_have_text("Your draft is kept")
    assert copies(page) == 0
    page.goto(link_of(app, "draft"))
    follow(page.get_by_role("button", name="Open the draft"))
    expect(page.get_by_label("Name of your group")).to_have_value(WORDS["Name of your group"])
