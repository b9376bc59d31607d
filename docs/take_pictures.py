"""The guide's pictures: `make pictures` runs the demonstration's event of Sale in a real browser and photographs it.

Everything is invented, and lies in a folder of its own that is gone afterwards. Each picture has the name by which
docs/guide.md shows it.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, FloatRect, Locator, Page, ViewportSize, expect, sync_playwright

from pbvote.app import create_app
from pbvote.db import begin_write, db
from pbvote.demonstration.accounts import PASSWORD
from pbvote.demonstration.service import load_demonstration
from pbvote.people.service import hash_password
from tests.browser.conftest import CHROMIUM, DESK, FLAGS, PHONE, follow, served

PICTURES = Path(__file__).parent / "pictures"
SALE, PLANNED = "sale-2014", "old-trafford-stretford-2026"
PROJECTOR = ViewportSize(width=1280, height=720)


@contextmanager
def demonstration() -> Iterator[str]:
    """The demonstration, fresh and served: its address."""
    with tempfile.TemporaryDirectory() as folder:

        def make_app(**settings: Any) -> Flask:
            place = {"INSTANCE_PATH": folder, "DATABASE_URL": f"sqlite:///{folder}/pbvote.sqlite", "KEYS_DIR": ""}
            return create_app({**place, "SECRET_KEY": "not secret: a picture's", **settings})

        with served(make_app) as (app, address):
            with app.app_context():
                upgrade()
                begin_write()
                load_demonstration(hash_password(PASSWORD))
                db.session.commit()
            yield address


class Person:
    """Somebody with a window of their own."""

    def __init__(self, browser: Browser, address: str, size: ViewportSize, email: str = "") -> None:
        context = browser.new_context(
            viewport=size, has_touch=size is PHONE, locale="en-GB", device_scale_factor=2 if size is PHONE else 1
        )
        self.page: Page = context.new_page()
        self._address, self._size = address, size
        if email:
            self.go("/sign-in")
            self.page.locator("[name=email]").fill(email)
            self.page.locator("[name=password]").fill(PASSWORD)
            follow(self.page.locator("main button[type=submit]"))

    def go(self, path: str) -> "Person":
        """Open an address of the demonstration."""
        self.page.goto(f"{self._address}{path}")
        return self

    def follow(self, name: str) -> "Person":
        """Press the first link or button of this name, and wait for its page."""
        follow(self._named(name))
        return self

    def press(self, name: str) -> "Person":
        """Press the first button of this name, on a page that stays."""
        self._named(name).click()
        return self

    def _named(self, name: str) -> Locator:
        page = self.page
        return page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first

    def sees(self, words: str) -> "Person":
        """Wait for what the page is to say."""
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible()
        return self

    def photograph(self, picture: str, *, whole: bool = False) -> "Person":
        """Keep what this person sees in docs/pictures: the top of the page's matter, or the whole window."""
        path, width, height = PICTURES / f"{picture}.png", self._size["width"], self._size["height"]
        if whole:
            self.page.screenshot(path=path, animations="disabled")
            return self
        top, tall = self.page.locator("main").evaluate("main => [main.offsetTop, main.offsetHeight]")
        clip = FloatRect(x=0, y=top, width=width, height=min(height, tall))
        self.page.screenshot(path=path, full_page=True, clip=clip, animations="disabled")
        return self


def event(slug: str, page: str = "") -> str:
    """The address of an event's console, or of a page behind it."""
    return f"/desk/events/{slug}{page}"


def before(browser: Browser, address: str, olivia: Person) -> None:
    """What is to do before an event, and its hall."""
    olivia.go(event(PLANNED)).photograph("before")
    olivia.go(event(SALE, "/venue")).follow("Check the server").go(event(SALE, "/venue")).photograph("venue")
    stella = Person(browser, address, PHONE, "stella@council.example")
    stella.follow("Go to the door of Sale decides").sees("All phones at the last answer").photograph("door")


def a_slip(olivia: Person) -> str:
    """A new slip of Sale, as the demonstration shows it: the address that its QR code holds."""
    olivia.go(event(SALE)).follow("Show me a new slip")
    return str(olivia.page.locator('main a[href*="/v/"]').first.get_attribute("href"))


def voting(browser: Browser, address: str, olivia: Person) -> Person:
    """A group on the screen and on the compere's page, then the vote. Gives the hall's screen."""
    voter = Person(browser, address, PHONE)
    voter.page.goto(a_slip(olivia))
    follow(voter.page.locator("button", has_text="English").first)
    for number, mark in enumerate((5, 3, 4)):
        voter.page.locator("fieldset").nth(number).locator("label", has_text=str(mark)).first.click()
    voter.photograph("ballot", whole=True)
    screen = Person(browser, address, PROJECTOR, "omar@council.example")
    screen.go(event(SALE, "/passes")).follow("Make this computer a screen").press("Start the screen")
    screen.sees("slips have voted").photograph("vote", whole=True)
    compere = Person(browser, address, PHONE, "olivia@council.example").go(f"/compere/{SALE}")
    compere.press("Call up number 1").press("Start the timer").sees("left").photograph("compere", whole=True)
    screen.sees("A herb garden by the library").photograph("speaking", whole=True)
    compere.press("End the turn")
    return screen.sees("A short break")


def counting(browser: Browser, address: str, olivia: Person) -> None:
    """Close, add up, count with a second organiser."""
    olivia.go(event(SALE, "/close")).follow("Close voting")
    olivia.follow("Do the slips add up?").follow("Save the numbers").go(event(SALE, "/account"))
    olivia.photograph("adding-up")
    olivia.go(event(SALE, "/count")).follow("Ask to count and seal")
    omar = Person(browser, address, DESK, "omar@council.example").go(event(SALE))
    omar.follow("I have read the numbers, and confirm")


def telling(olivia: Person, screen: Person) -> None:
    """The seal, the announcement, the result for everybody."""
    screen.sees("Take a photo").photograph("seal", whole=True)
    olivia.go(event(SALE)).follow("See the outcome").follow("See the outcome").photograph("outcome")
    olivia.go(event(SALE)).press("The announcement")
    for number in range(1, 5):
        olivia.press("Reveal the next")
        expect(screen.page.locator(f'[data-reveal="{number}"]').last).to_be_visible()
    screen.photograph("announcement", whole=True)
    olivia.go(event(SALE, "/publish")).follow("Publish the result")
    olivia.go(f"/results/{SALE}").photograph("result")


def main() -> None:
    """Take every picture, in the order of the day."""
    PICTURES.mkdir(exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        olivia = Person(browser, address, DESK, "olivia@council.example")
        before(browser, address, olivia)
        screen = voting(browser, address, olivia)
        counting(browser, address, olivia)
        telling(olivia, screen)
        browser.close()


if __name__ == "__main__":
    main()
