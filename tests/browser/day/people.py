"""Everybody in the hall but its organisers, each at a browser of their own.

What the test looks for on their pages stands here, and for the organisers' in `desk.py`.
"""

import re

from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from tests.browser.conftest import PHONE, follow
from tests.browser.day.hall import Hall, Marks
from tests.browser.voter import check_nothing_kept

PROJECTOR = ViewportSize(width=1920, height=1080)
LOOK_UP = "dispatchEvent(new Event('focus')); document.dispatchEvent(new Event('visibilitychange'))"


class Person:
    """Somebody at a page."""

    def __init__(self, hall: Hall, path: str = "/healthz", size: ViewportSize = PHONE) -> None:
        self.hall = hall
        self.page: Page = hall.open_page(f"{hall.address}{path}", size=size)

    @property
    def main(self) -> Locator:
        """What stands between header and footer."""
        return self.page.locator("main")

    def goes_to(self, path: str) -> None:
        """Type an address."""
        self.page.goto(f"{self.hall.address}{path}")

    def looks_up(self) -> None:
        """Turn to the page again, which asks at once for what is new."""
        self.page.evaluate(LOOK_UP)

    def reads(self, said: str | re.Pattern[str]) -> None:
        """This stands on the page, now or as soon as it has heard of it."""
        self.looks_up()
        expect(self.main).to_contain_text(said)

    def presses(self, name: str | re.Pattern[str]) -> None:
        """Press a button that leads to another page."""
        follow(self.page.get_by_role("button", name=name, exact=isinstance(name, str)))

    def has_signal(self, there_is: bool) -> None:
        """In the hall's dead corner, or out of it."""
        self.page.context.set_offline(not there_is)


class Helper(Person):
    """Somebody with a pass, and a first name."""

    def __init__(self, hall: Hall, name: str, pass_kind: str) -> None:
        super().__init__(hall)
        self.name = name
        self.page.clock.install()  # it goes on as usual, until somebody moves it
        self.goes_to(f"/pass#{hall.passes[pass_kind]}")
        self.page.get_by_label("Your first name").fill(name)
        self.presses("Ask to come in")

    def waits(self, seconds: int) -> None:
        """Let time pass on the phone."""
        self.page.clock.fast_forward(seconds * 1000)


class Steward(Helper):
    """A steward at the door."""

    def __init__(self, hall: Hall, name: str) -> None:
        super().__init__(hall, name, "steward")

    def comes_in(self) -> None:
        """The waiting page has become the door."""
        expect(self.page.locator("[data-with-script]")).to_be_visible()

    def opens_envelope(self, number: int) -> None:
        """Scan an envelope, and open it."""
        self.goes_to(f"/door/{self.hall.slug}/envelopes/{number}")
        self.presses(re.compile(f"^Open envelope {number}"))
        self.comes_in()

    def refreshes(self) -> None:
        """Ask for the page again, for what is below the counter."""
        follow(self.page.get_by_role("button", name="Refresh"))
        self.comes_in()

    def counts(self, people: int, kind: str = "voter") -> None:
        """Press + once for each of them."""
        for _ in range(people):
            self._counter(kind).get_by_role("button", name="One more").click()

    def takes_one_back(self) -> None:
        """Undo the last press."""
        self.page.locator("[data-undo]").click()

    def keeps(self, presses: int) -> None:
        """So many presses wait on this phone."""
        waits = rf"\b{presses} press(es)? waits? " if presses else r"without\.$"
        expect(self.page.locator("[data-mine]")).to_have_text(re.compile(waits))

    def shows(self, voters: int) -> None:
        """The number under the thumb."""
        self.looks_up()
        expect(self._counter("voter").locator("[data-number]")).to_have_text(str(voters))

    def loses_the_first_answer(self) -> None:
        """There is a signal again. The server takes what is sent at once, and the phone does not hear of it."""
        self.page.route("**/lot", _lose_the_answer, times=1)
        with self.page.expect_event("requestfailed"):
            self.has_signal(True)
            self.looks_up()
        self.looks_up()

    def _counter(self, kind: str) -> Locator:
        return self.page.locator(f"[data-counter={kind}]")


class Compere(Helper):
    """The compere, with a phone."""

    def __init__(self, hall: Hall, name: str) -> None:
        super().__init__(hall, name, "compere")

    def comes_in(self) -> None:
        """The waiting page has become the compere's."""
        expect(self.page.locator("#compere")).to_be_visible()

    def presses_here(self, name: str) -> None:
        """Press a button of the page, a moment after the last one: two at once are taken for a slip of the thumb."""
        self.waits(2)
        with self.page.expect_response("**/move"):
            self.page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()

    def shows_something_else(self, name: str) -> None:
        """Show a scene by its name."""
        self.page.locator("summary", has_text="Show something else").click()
        self.presses_here(name)

    def reads_aloud(self, reveal: int) -> str:
        """Look at what comes next, on this phone alone; the sentence."""
        self.page.locator(f"[data-reveal='{reveal}'] [data-uncover]").click()
        sentence = self.page.locator(f"[data-reveal='{reveal}'] .sentence")
        expect(sentence).to_be_visible()
        return sentence.inner_text()


class Screen(Person):
    """The hall's screen."""

    def __init__(self, hall: Hall) -> None:
        super().__init__(hall, f"/screen/{hall.slug}/ask", PROJECTOR)
        follow(self.main.get_by_role("button"))

    def starts(self) -> None:
        """It is let in, and whoever stands beside it starts it."""
        self.page.get_by_role("button", name="Start the screen").click()

    def shows(self, scene: str) -> Locator:
        """It shows this scene."""
        self.looks_up()
        shown = self.page.locator(f'[data-scene="{scene}"]:visible')
        expect(shown).to_have_count(1)
        return shown

    def presents(self, number: int) -> None:
        """It shows the bid with this number."""
        expect(self.shows("presenting").locator(".bid__number")).to_have_text(str(number))

    def fills(self, dots: int) -> None:
        """So many of the dots are filled, and the number beside them says the same."""
        scene = self.shows("vote")
        expect(scene.locator('[data-say="voted"]')).to_have_text(str(dots))
        expect(scene.locator(".turnout__dot--filled")).to_have_count(dots)

    def announces(self, title: str, given: str) -> None:
        """It shows a bid's outcome, and how much of the share is given so far."""
        scene = self.shows("announcement")
        expect(scene.locator(".reveal:visible .bid__title")).to_have_text(title)
        expect(scene.locator('[data-say="given"]')).to_have_text(given)

    def announces_nothing_of(self, title: str) -> None:
        """Nobody in the hall can read it yet."""
        expect(self.page.locator(".reveal:visible", has_text=title)).to_have_count(0)

    def seal_words(self) -> str:
        """The six words that the hall takes a photo of."""
        return " ".join(self.shows("seal").locator(".seal__words li").all_inner_texts())


class Kiosk(Person):
    """The tablet that voters share, beside the door."""

    def __init__(self, hall: Hall) -> None:
        super().__init__(hall, f"/v/{hall.slug}/kiosk")

    def votes(self, code: str, marks: Marks) -> str:
        """Type a code, mark every bid and send; the check number."""
        self.page.locator("input[name=code]").fill(code)
        self.page.locator("button[name=lang][value=en]").click()
        expect(self.page.locator(".running button")).to_be_visible()
        for number, mark in enumerate(marks, 1):
            self.page.locator(f"input[name=bid-{number}][value='{mark}']").check(force=True)
        self.page.locator(".running button").click()
        expect(self.page.locator(".done")).to_be_visible()
        return "".join((self.page.locator(".check-number strong").text_content() or "").split())

    def is_ready_for_the_next(self) -> None:
        """The tablet keeps nothing of whoever was there."""
        self.page.locator("[data-next]").click()
        expect(self.page.locator("input[name=code]")).to_have_value("")
        check_nothing_kept(self.page)


class Witness(Person):
    """A resident with a witness's card, and a phone."""

    def __init__(self, hall: Hall) -> None:
        super().__init__(hall, f"/witness#{hall.passes['witness']}")
        self.presses("See what waits for me")

    def confirms(self, asked: str) -> None:
        """Look again, read what is asked, and confirm it."""
        self.presses("Refresh")
        expect(self.main).to_contain_text(asked)
        follow(self.main.locator("section.act [type=submit]"))
        expect(self.main).to_contain_text("Confirmed")


def _lose_the_answer(route: Route) -> None:
    assert route.fetch().status == 200
    route.abort("connectionreset")
