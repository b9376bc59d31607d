"""The organisers' console and the pages below it, and what comes out of their printer."""

import re
from pathlib import Path

from playwright.sync_api import Route, expect

from pbvote.core.codes import read_code
from tests.browser.conftest import DESK, follow
from tests.browser.day.hall import Hall, Marks
from tests.browser.day.people import Person
from tests.browser.voter import sign_in
from tests.paper import text_of, words_on

GROUP = re.compile(r"[0-9A-Z]{4}")
GROUPED_CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}\b")


class Organiser(Person):
    """An organiser at a desk."""

    def __init__(self, hall: Hall, name: str) -> None:
        super().__init__(hall, size=DESK)
        sign_in((hall.app, hall.address), self.page, f"{name}@council.example")

    def opens(self, part: str = "") -> None:
        """Open the console, or one of the pages below it."""
        self.goes_to(f"{self.hall.console}{part}")

    def downloads(self, button: str) -> bytes:
        """Press a button that is answered with a file."""
        with self.page.expect_download() as answer:
            self.page.get_by_role("button", name=button, exact=True).click()
        return answer.value.path().read_bytes()

    def lets_in(self, *names: str) -> None:
        """Let in whoever asks under these names; "" for a screen, whose call sign nobody knows beforehand."""
        self.opens("/passes")
        for name in names:
            follow(self.page.get_by_role("button", name=re.compile(f"^Allow.*{name}")).first)

    def takes_step(self, name: str, button: str = "") -> None:
        """Follow a step's link on the console to the page with its facts, and press the button there."""
        self.opens()
        follow(self.main.locator("a", has_text=name).first)
        self.presses(button or name)

    def moves_the_screen(self, button: re.Pattern[str]) -> None:
        """Press one of the console's buttons that move the screen. It may lead to a page, or be answered in place."""
        self.main.get_by_role("button", name=button).first.click()

    def misses_what_others_do(self, whether: bool) -> None:
        """The console's own looks at the server get nowhere; what is pressed does."""
        change = self.page.route if whether else self.page.unroute
        change(f"**{self.hall.console}", _lose_looks)

    def hears_that_nothing_changed(self, who: str) -> None:
        """The press was too late, and the page says who was earlier."""
        expect(self.page.locator("body")).to_contain_text(re.compile(rf"{who} .*changed nothing"))

    def says_of_turnout(self, voted: int, slips: int) -> None:
        """The console's turnout."""
        self.reads(re.compile(rf"\b{voted} of {slips} slips? ha(s|ve) voted"))

    def says_of_door(self, came: int) -> None:
        """The console's door count."""
        self.reads(re.compile(rf"Voters through the door\s*{came}\b"))

    def misses_a_phone(self, name: str) -> None:
        """The console says that a phone may have counted more."""
        self.reads(re.compile(rf"Nothing has come from {name}’s phone since"))
        self.reads("More people may have come than the door’s number says.")

    def misses_no_phone(self) -> None:
        """The console has no doubt of the door's number."""
        self.looks_up()
        expect(self.main).not_to_contain_text("More people may have come")

    def keys_a_paper(self, code: str, marks: Marks | None) -> str:
        """Key what the back of a slip says, None where nothing is marked; the slip's number."""
        self.opens("/papers/key")
        self.page.locator("main input[name=code]").fill(code)
        follow(self.main.locator("form[action$='/papers/key'] [type=submit]"))
        serial = re.search(r"S-\d{4}", self.page.locator("h1").inner_text())
        assert serial
        for number, mark in enumerate(marks or (), 1):
            self.page.locator(f"main input[name=bid-{number}]").fill(str(mark))
        if marks is None:
            self.page.locator("main input[name=reason][value=blank]").check()
        follow(self.main.locator(f"form[action$='/key/{'marks' if marks else 'spoilt'}'] [type=submit]"))
        expect(self.main).to_contain_text(serial[0])
        return serial[0]

    def reads_back(self, serial: str) -> None:
        """Compare a paper with what somebody else keyed, and confirm it."""
        self.opens(f"/papers/read-back/{serial}")
        follow(self.main.locator("form[action$='/confirm'] [type=submit]"))

    def decides_for_the_phone(self, serial: str) -> None:
        """Say that the phone counts, and not the paper."""
        self.opens("/papers")
        follow(self.main.locator(f"form[action$='/clashes/{serial}'] button[value=phone]"))

    def states_the_account(self, left_over: int, *, door: int) -> None:
        """Fill in the code account: the door's number is there already, and nobody has to say why."""
        self.opens("/account")
        expect(self.main.locator("input[name=door_count]")).to_have_value(str(door))
        self.main.locator("input[name=left_over]").fill(str(left_over))
        follow(self.main.locator("form:has(input[name=left_over]) [type=submit]"))
        expect(self.main.locator("input[name=left_over]")).to_have_value(str(left_over))
        expect(self.main.locator("input[name=reason]:checked")).to_have_count(0)
        expect(self.page.locator(".govuk-error-message, .govuk-warning-text")).to_have_count(0)


def codes_on_slips(pdf: bytes, folder: Path) -> list[str]:
    """The codes on printed slips: three groups of four symbols each, whose last one checks the others."""
    groups = [word.text for page in words_on(pdf, folder) for word in page if GROUP.fullmatch(word.text)]
    return [_read("".join(groups[at : at + 3])) for at in range(0, len(groups), 3)]


def code_on_card(pdf: bytes, folder: Path) -> str:
    """The code of a pass, or of a witness's card."""
    [page] = words_on(pdf, folder)
    found = GROUPED_CODE.search(text_of(page))
    assert found
    return _read(found[0])


def _read(typed: str) -> str:
    code = read_code(typed)
    assert code, typed
    return code


def _lose_looks(route: Route) -> None:
    if route.request.resource_type == "fetch":
        route.abort("connectionreset")
    else:
        route.continue_()
