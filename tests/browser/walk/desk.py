"""An officer's desk: the bids board, one bid, decisions, the event and its page."""

import datetime as dt

from playwright.sync_api import Locator

from tests.browser.walk.people import ROUND, Person

BOARD = f"/desk/bids/round/{ROUND}"
DECISIONS = f"{BOARD}/decisions"


class Desk(Person):
    """The desk of an organiser, on a phone as well."""

    def opens(self, title: str) -> None:
        """A bid's page, by way of the board."""
        self.goes_to(BOARD)
        self.follows(title)

    def ticks_on_the_board(self, *titles: str) -> None:
        """Tick bids on the board."""
        self.goes_to(BOARD)
        for title in titles:
            self.page.get_by_label(title).check()

    def asks(self, question: str, by: dt.date) -> None:
        """Send the group of the open bid a question."""
        self.unfolds("Ask the group a question")
        self.types(question=question)
        self.types_day("answer_by", by)
        self.presses("Send the question")

    def refuses(self, reason: str, advice: str) -> None:
        """Draft that the open bid is refused."""
        self.unfolds("Refuse this bid")
        self.types(reason=reason, advice=advice)
        self.presses("Draft: refuse")

    def letter_about(self, reference: str) -> Locator:
        """A drafted decision, as the letter that it will be."""
        return self.page.locator(".planned-letter", has_text=f"{reference}:")

    def words_in_arabic(self, title: str, summary: str) -> None:
        """Enter the open bid's words in Arabic."""
        self.follows("Arabic")
        self.types(title=title, summary=summary)
        self.presses("Save")

    def prints(self, kind: str, language: str) -> bytes:
        """Download one of the prints that the event's page offers."""
        link = self.page.get_by_role("link", name=f"{kind} in {language} (PDF)", exact=True)
        return self.downloads(link.get_attribute("href") or "")
