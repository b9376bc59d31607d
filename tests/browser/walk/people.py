"""Whoever takes part in the walk, each at a screen 360 pixels wide, and what the post brings them."""

import datetime as dt
import re
from dataclasses import dataclass, field

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from pbvote.call.bids.models import Bid
from pbvote.call.checking.decisions import CALL_BACK_FOR
from pbvote.call.checking.models import BidDecision
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.mail.models import Letter
from tests.browser.conftest import OpenPage, check_accessible, follow
from tests.browser.voter import sign_in
from tests.factories import writing
from tests.outbox import letters

ROUND = "grants-2014"


@dataclass(frozen=True)
class Council:
    """A council whose round takes bids, on a port of its own."""

    app: Flask
    address: str
    open_page: OpenPage
    looked_at: set[str] = field(default_factory=set)
    """The titles of the pages that axe has been through."""

    def browser(self, email: str) -> Page:
        """A browser of somebody who has not been here, or is signed in where an officer."""
        page = self.open_page(f"{self.address}/rounds/{ROUND}")
        if email.endswith("@council.example"):
            sign_in((self.app, self.address), page, email)
        return page

    def letters_to(self, email: str) -> list[Letter]:
        """The letters that have left for this address, newest first: not those called back or held for a while."""
        with self.app.app_context():
            return [
                letter
                for letter in letters()
                if letter.recipient == email
                and letter.called_back_at is None
                and (letter.not_before is None or letter.not_before <= now())
            ]

    def let_ten_minutes_pass(self) -> None:
        """Decisions that were sent can't be called back any more, and their letters leave."""
        with writing(self.app):
            earlier = CALL_BACK_FOR + dt.timedelta(seconds=1)
            for decision in db.session.scalars(sa.select(BidDecision).where(BidDecision.sent_at.is_not(None))):
                assert decision.sent_at
                decision.sent_at -= earlier
            for letter in db.session.scalars(sa.select(Letter).where(Letter.not_before.is_not(None))):
                assert letter.not_before
                letter.not_before -= earlier

    def number_of(self, title: str) -> str:
        """The number of the bid with this title."""
        with self.app.app_context():
            return db.session.scalars(sa.select(Bid).where(Bid.title == title)).one().reference


class Person:
    """Somebody at a page. Each kind of page that they come to is looked at: axe, and no scrolling sideways."""

    def __init__(self, council: Council, email: str) -> None:
        self.council, self.email = council, email
        self.page = council.browser(email)

    @property
    def main(self) -> Locator:
        """What stands between header and footer."""
        return self.page.locator("main")

    def looks(self) -> None:
        """Look at the page, if nobody on the walk has seen one of this title."""
        title = self.page.title()
        if title not in self.council.looked_at:
            check_accessible(self.page)
            self.council.looked_at.add(title)

    def goes_to(self, path: str) -> None:
        """Type an address."""
        self.page.goto(f"{self.council.address}{path}")
        self.looks()

    def presses(self, name: str, *, within: Locator | None = None) -> None:
        """Press a button that leads to another page."""
        follow((within or self.page).get_by_role("button", name=name, exact=True))
        self.looks()

    def follows(self, name: str) -> None:
        """Follow the first link that says so, also where it looks like a button."""
        follow(self.page.locator("a", has_text=name).first)
        self.looks()

    def unfolds(self, name: str) -> None:
        """Open what is folded away."""
        self.page.locator("summary", has_text=name).click()

    def types(self, **answers: str) -> None:
        """Fill in boxes, by the names of their fields."""
        for name, text in answers.items():
            self.page.locator(f"main [name='{name}']:not([type=hidden])").fill(text)

    def types_day(self, name: str, day: dt.date) -> None:
        """Fill in a day's three boxes."""
        parts = zip(("day", "month", "year"), (day.day, day.month, day.year), strict=True)
        self.types(**{f"{name}-{part}": str(number) for part, number in parts})

    def chooses(self, *labels: str) -> None:
        """Choose radios or ticks."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def reads(self, *sentences: str) -> None:
        """Each of these stands on the page."""
        for sentence in sentences:
            expect(self.main).to_contain_text(sentence)

    def follows_letter(self, path: str, button: str, *, to: str = "") -> None:
        """Open the link of the newest letter that leads to such a page, and press the one button there.

        `to` names the address that the letter went to, where it was passed on.
        """
        bodies = [letter.body for letter in self.council.letters_to(to or self.email)]
        link = next(found[0] for body in bodies if (found := re.search(rf"http\S+{path}#\S+", body)))
        self.page.goto(link)
        self.looks()
        self.presses(button)

    def downloads(self, path: str) -> bytes:
        """A file at this address, as this browser gets it."""
        answer = self.page.context.request.get(f"{self.council.address}{path}")
        assert answer.ok, path
        return answer.body()
