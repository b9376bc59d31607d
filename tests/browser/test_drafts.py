"""The bid form on a 360 px phone: how little it takes, and nothing of it is lost. `walk/` has the whole story."""

import datetime as dt
import re

from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, follow
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


class Hand:
    """A thumb and a keyboard. What they do is counted where the browser feels it: each touch, and each key."""

    def __init__(self, page: Page) -> None:
        self.count, self.typed = 0, ""
        self.page = page
        page.context.expose_function("felt", self._feels)
        page.context.add_init_script(
            """addEventListener("pointerdown", event => event.isTrusted && felt("touch"), true);
            addEventListener("keydown", event => event.isTrusted && felt(event.key), true);"""
        )
        page.reload()

    def _feels(self, what: str) -> None:
        if what == "touch":
            self.count += 1
        else:
            self.typed += what if len(what) == 1 else " "

    def taps(self, what: Locator, *, leads_on: bool = False) -> None:
        """Touch it."""
        if leads_on:
            with self.page.expect_navigation():
                what.tap()
        else:
            what.tap()

    def types(self, text: str, *, into: str = "", then: str = "Tab") -> None:
        """Type it where the keyboard is, then press its key for the next box, or for the form."""
        if into:
            expect(self.page.get_by_label(into)).to_be_focused()
        self.page.keyboard.type(text)
        self.page.keyboard.press(then)

    def moves_on_to(self, name: str) -> None:
        """Press the key for the next box until this one has the keyboard."""
        while self.page.evaluate("document.activeElement.name") != name:
            self.page.keyboard.press("Tab")

    def opens_mail(self, link: str) -> None:
        """Touch the link in the letter, in a program that is not ours."""
        self.count += 1
        self.page.goto(link)


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


def test_a_bid_of_250_pounds_takes_sixty_words_and_twelve_taps(live: Live, open_page: OpenPage) -> None:
    app, address = live
    hand = Hand(open_page(f"{address}/rounds/{SLUG}/bid"))
    hand.taps(hand.page.get_by_label("Your e-mail address"))
    hand.types(EMAIL, then="Enter")
    hand.taps(hand.page.get_by_label("None of these"))
    hand.moves_on_to("group_name")
    for question in ("Name of your group", "Who would hold the money for you?", "Your full name"):
        hand.types(WORDS[question], into=question)
    hand.taps(hand.page.get_by_role("button", name="Continue"), leads_on=True)
    hand.taps(hand.page.get_by_label("What would you call your project?"))
    for question in ("What would you call your project?", "What would you do with the money?", "Who would benefit?"):
        hand.types(WORDS[question], into=question)
    hand.taps(hand.page.get_by_label("We have them"))
    hand.taps(hand.page.get_by_role("button", name="Continue"), leads_on=True)
    hand.taps(hand.page.get_by_label("How much do you ask for?"))
    hand.types("250", then="Enter")
    expect(hand.page.get_by_role("button", name="Send our bid")).to_be_visible()
    hand.taps(hand.page.get_by_role("button", name="Send our bid"), leads_on=True)
    hand.opens_mail(link_of(app, "link"))
    hand.taps(hand.page.get_by_role("button", name="Show the bid"), leads_on=True)
    hand.taps(hand.page.get_by_role("button", name="Yes, this is our bid"), leads_on=True)
    expect(hand.page.locator("main")).to_contain_text("Your bid stands.")
    expect(hand.page.locator(".way [aria-current]")).to_have_text("Sent")
    assert all(text in hand.typed for text in WORDS.values()), "every key was counted"
    assert len(hand.typed.split()) <= MOST_WORDS, hand.typed
    assert hand.count <= MOST_TAPS, hand.count


def test_what_is_typed_is_not_called_saved_before_it_is(live: Live, open_page: OpenPage) -> None:
    _, address = live
    page = open_page(f"{address}/rounds/{SLUG}/bid")
    page.get_by_label("Your e-mail address").fill(EMAIL)
    follow(page.get_by_role("button", name="Continue"))
    fill(page, "Name of your group")
    saved(page)
    page.route("**/save", lambda _: None)  # which answers nothing
    fill(page, "Your full name")
    expect(page.locator(".saving")).to_be_empty()
    assert copies(page) == 1


def test_what_is_typed_is_saved_as_soon_as_the_page_is_out_of_sight(live: Live, open_page: OpenPage) -> None:
    _, address = live
    page = open_page(f"{address}/rounds/{SLUG}/bid")
    page.get_by_label("Your e-mail address").fill(EMAIL)
    follow(page.get_by_role("button", name="Continue"))
    page.clock.install()
    page.clock.pause_at(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))  # no pause in the typing ever ends
    fill(page, "Name of your group")
    page.evaluate("""Object.defineProperty(document, "hidden", { value: true });
        document.dispatchEvent(new Event("visibilitychange"))""")
    saved(page)
    assert copies(page) == 0


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
