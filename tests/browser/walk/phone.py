"""A group's phone: the bid form, its letters, a photo."""

from playwright.sync_api import expect

from tests.browser.conftest import follow
from tests.browser.walk.people import ROUND, Person

BID = f"/rounds/{ROUND}/bid"
DRAFT, CONFIRM, ANSWER, LOOK_AGAIN = "/bid/draft", "/bid/link", "/bids/answer", "/bids/look-again"


class Phone(Person):
    """The phone of somebody who speaks for a group."""

    def begins_a_bid(self) -> None:
        """The first page: where the way back goes."""
        self.goes_to(BID)
        self.types(email=self.email)
        self.presses("Continue")

    def is_saved(self) -> None:
        """The page says that the server has what was typed."""
        expect(self.page.locator(".saving")).to_have_text("Saved.")

    def comes_back(self) -> None:
        """Open the draft by the mailed way back."""
        self.follows_letter(DRAFT, "Open the draft")

    def kept_pages(self) -> int:
        """How many pages of a draft this phone keeps, because the server has not got them."""
        keys = "Object.keys(localStorage).filter(key => key.startsWith('pbvote-draft-')).length"
        return int(self.page.evaluate(keys))

    def is_killed(self) -> None:
        """The phone throws the tab away, with everything that this browser knew, and saves nothing before."""
        self.page.context.close()
        self.page = self.council.browser(self.email)

    def loses_its_tab(self) -> None:
        """The phone throws the tab away; the browser stays."""
        context = self.page.context
        self.page.close()
        self.page = context.new_page()

    def has_signal(self, there_is: bool) -> None:
        """In a tunnel, or out of it."""
        self.page.context.set_offline(not there_is)

    def confirms(self) -> None:
        """Open the letter, read what was sent, and say that it is ours."""
        self.follows_letter(CONFIRM, "Show the bid")
        self.presses("Yes, this is our bid")
        self.reads("Your bid stands.")

    def gives_photo(self, name: str, kind: str, content: bytes, shows: str) -> None:
        """Choose a photo, say what it shows, and save."""
        self.page.locator("input[name=photo]").set_input_files({"name": name, "mimeType": kind, "buffer": content})
        self.types(text=shows)
        follow(self.page.get_by_role("button", name="Save the photo"))
