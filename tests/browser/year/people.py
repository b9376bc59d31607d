"""Whoever has a part in the year, each at a screen 360 pixels wide."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tests.browser.conftest import follow
from tests.browser.voter import sign_in
from tests.browser.walk.desk import Desk
from tests.browser.walk.people import Person
from tests.browser.year.town import Bidding, Town

GRANTS, GROUPS = "/my/awards/", "/my/groups/"
SUMS = ("Awarded", "Paid", "To pay", "Sent back", "With the groups")
COUNTING = r"""addEventListener("click", (event) => {
    const button = event.isTrusted && event.target.closest("button, [role=button], input[type=submit]");
    if (button) pressed(button.innerText.replace(/\s+/g, " ").trim());
    else if (event.isTrusted && event.target.matches("input")) chosen(event.target.name);
}, true)"""


class Reader(Person):
    """Somebody who comes by mailed links."""

    council: Town

    def looks(self) -> None:
        """Nothing scrolls sideways. Other tests let axe look at these pages."""
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), self.page.url

    def opens_letter(self, about: str = "") -> None:
        """Open the link of the newest letter whose subject says this, and press the one button there."""
        bodies = [letter.body for letter in self.council.letters_to(self.email) if about in letter.subject]
        self.page.goto(next(found[0] for body in bodies if (found := re.search(r"http\S+/link#\S+", body))))
        self.presses("Go on")


class SignedIn(Reader):
    """Somebody who has signed in today."""

    def goes_to(self, path: str) -> None:
        """Sign in, and type an address."""
        sign_in((self.council.app, self.council.address), self.page, self.email)
        super().goes_to(path)


class Officer(SignedIn, Desk):
    """An organiser at the desk."""

    def has_to_do(self, *tasks: str) -> None:
        """Today lists these and nothing else, in this order."""
        self.goes_to("/desk/")
        expect(self.main.locator(".govuk-task-list__link")).to_have_text(tasks)

    def begins(self, task: str) -> None:
        """Follow what Today lists."""
        self.goes_to("/desk/")
        self.follows(task)

    def opens_award(self, bidding: Bidding, part: str) -> None:
        """Open a group's award from its event's list, or a part of it: `money`, `report`."""
        self.goes_to(f"/desk/awards/{self.council.award_of(bidding)}/{part}")

    def opens_group(self, bidding: Bidding) -> None:
        """Everything about one funded group."""
        self.goes_to("/desk/monitoring/")
        self.follows(bidding.group)

    def sees_on_boards(self, money: str, promises: str, **figures: int) -> None:
        """The board of Sale has these figures, named in lower case; the others are 0. The borough's has Urmston, too.

        `money` is what was awarded, paid, is to pay, was sent back, is with the groups. Urmston's one group has been
        offered £1,000, and never answers.
        """
        wanted = {name.replace("_", " ").capitalize(): number for name, number in figures.items()}
        offered = dict.fromkeys(("Funded groups", "Green", "Money to pay"), 1)
        self._sees("/desk/monitoring/", {name: wanted.get(name, 0) + offered.get(name, 0) for name in wanted | offered})
        self._sees("/desk/monitoring/localities/sale", wanted)
        sums = [f"{label} {amount}" for label, amount in zip(SUMS, money.split(), strict=True)]
        expect(self.main.locator("section[aria-labelledby=money-title] tbody td")).to_have_text(sums)
        if promises:
            self.reads(promises)

    def _sees(self, board: str, figures: Mapping[str, int]) -> None:
        self.goes_to(board)
        cards = [card.split(maxsplit=1) for card in self.main.locator(".cards--figures .card").all_inner_texts()]
        shown = {label: int(number) for number, label in cards}
        assert shown == {**dict.fromkeys(shown, 0), **figures}


class Tapping(Reader):
    """Somebody whose taps are counted: on buttons, and on what there is to choose."""

    def __init__(self, town: Town, email: str) -> None:
        super().__init__(town, email)
        self.pressed: list[str] = []
        self.chosen: list[str] = []
        self.page.context.expose_function("pressed", lambda name: self.pressed.append(name))
        self.page.context.expose_function("chosen", lambda name: self.chosen.append(name))
        self.page.context.add_init_script(COUNTING)


class Contact(Tapping):
    """Who speaks for a group; the words that they type are counted, too."""

    def __init__(self, town: Town, bidding: Bidding) -> None:
        super().__init__(town, bidding.email)
        self.words = 0

    def types(self, **answers: str) -> None:
        """Fill in boxes, and count the words."""
        self.words += sum(len(text.split()) for text in answers.values())
        super().types(**answers)

    def asks_for_a_link(self) -> None:
        """Ask for a link to their grant, as the letter of an old one says, and open it."""
        self.goes_to(f"/sign-in/by-mail?next={GRANTS}")
        self.types(email=self.email)
        self.presses("Send me a link")
        self.opens_letter("Sign in")


class Home(SignedIn):
    """A group's page, looked at by somebody else of it."""

    def __init__(self, town: Town, bidding: Bidding) -> None:
        super().__init__(town, bidding.email)
        self.bidding = bidding

    def says(self, *sentences: str) -> None:
        """The card of the grant says these."""
        self.goes_to(GRANTS)
        self.reads(self.bidding.title, *sentences)

    def tells_of_visits(self, *sentences: str, photos: int = 0) -> None:
        """What visitors wrote says these, and shows so many photos."""
        self.goes_to(f"{GRANTS}{self.council.award_of(self.bidding)}/visits")
        self.reads(*sentences)
        expect(self.main.get_by_role("img")).to_have_count(photos)


class Member(Tapping):
    """An LP member, whose phone keeps their groups."""

    def __init__(self, town: Town, name: str) -> None:
        super().__init__(town, f"{name}@partnership.example")

    def opens_letter(self, about: str = "") -> None:
        """The same, and count the taps from here on."""
        self.pressed.clear()
        self.chosen.clear()
        super().opens_letter(about)

    def card(self, bidding: Bidding) -> Locator:
        """The card of a group, on the list of theirs."""
        return self.page.get_by_role("listitem").filter(has=self.page.get_by_role("heading", name=bidding.group))

    def opens_form(self, bidding: Bidding) -> None:
        """Open a group's form from the list."""
        self.goes_to(GROUPS)
        self.follows_card(bidding)

    def follows_card(self, bidding: Bidding) -> None:
        """Press the button of a group's card."""
        follow(self.card(bidding).get_by_role("button", name="Log a check-in"))
        self.looks()

    def is_ready(self) -> None:
        """The form keeps each key by now."""
        expect(self.page.locator("form[data-check-in][data-ready]")).to_be_attached()

    def saves(self) -> None:
        """Save the check-in, and come to the list."""
        self.presses("Save the check-in")
        expect(self.page.get_by_role("heading", name="My groups")).to_be_visible()
