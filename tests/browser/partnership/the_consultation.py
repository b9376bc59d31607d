"""Residents are asked on thirty phones; what they say is sorted, and what comes of it is told."""

import datetime as dt

from playwright.sync_api import Page, expect

from tests.browser.conftest import check_accessible, follow
from tests.browser.partnership.people import Editor, Resident
from tests.browser.partnership.the_meeting import PRICE
from tests.browser.year.town import Town

OPENS, CLOSES, TOLD = dt.date(2027, 3, 12), dt.date(2027, 3, 31), dt.date(2027, 4, 2)
DUE = "28 April 2027"
"""Twenty working days after the close."""
PHONES = 30
POND, MARKET, LAMPS = "The pond", "The Saturday market", "More lamps"
TITLE = "The green behind the library"
WONT, WHY = "A fence round the pond", "Children would climb it."


def answer_on_thirty_phones(town: Town, marek: Editor, ann: Resident) -> None:
    """Each phone gets a number, and keeps nothing. Until the result is told, nobody but editors reads an answer."""
    marek.opens("consultations/new")
    marek.types(title=TITLE, why="There is money for benches.", officer="Grace Oyelaran, parks officer")
    marek.types_day("opens_on", OPENS)
    marek.types_day("closes_on", CLOSES)
    marek.presses("Save as a draft")
    ann.opens("engagement")
    ann.does_not_read(TITLE)
    marek.presses("Publish it")
    ann.opens()
    ann.follows(TITLE)
    address = ann.page.url
    for number in range(1, PHONES + 1):
        phone = town.open_page(address)
        phone.locator("[name=answer_1]").fill(POND if number % 3 else MARKET)
        phone.locator("[name=answer_2]").fill("" if number % 2 else LAMPS)
        follow(phone.get_by_role("button", name="Send"))
        expect(phone.locator("main")).to_contain_text(f"Your answer is number {number}.")
        if number == 1:
            check_accessible(phone)
        assert phone.context.cookies() == []
        phone.context.close()
    ann.opens("consultations/1")
    ann.reads(DUE)
    ann.does_not_read(POND, LAMPS)


def sort_and_tell(town: Town, marek: Editor, ann: Resident) -> None:
    """Once it is closed, what was said is put under topics twenty at a time, and told with what is done about it."""
    town.becomes(TOLD)
    marek.opens("consultations/1", "Read and sort the answers")
    marek.reads("30 answers, 30 still to be sorted.")
    for _ in range(2):
        _sort_a_page(marek.page)
        marek.presses("Save all, and go on")
    marek.reads("Every answer is sorted.")
    marek.follows("Write the result")
    marek.types(heard="You like the water, and miss light.")
    marek.page.get_by_label(PRICE, exact=False).check()
    marek.types(**{"wont-0-what": WONT, "wont-0-why": WHY})
    marek.presses("Save")
    ann.opens("consultations/1")
    ann.does_not_read(WONT, "You like the water")
    marek.presses("Publish the result")
    ann.page.reload()
    ann.reads("30 people answered.", "You like the water, and miss light.", PRICE, WONT, WHY)
    bars = ann.main.locator(".totals__words")
    expect(bars).to_have_text([f"{POND} 20", f"{MARKET} 10", f"{LAMPS} 15"], use_inner_text=True)


def _sort_a_page(page: Page) -> None:
    """Type the topic of each answer beneath it."""
    for said in page.locator("fieldset").all():
        words = said.locator("legend").inner_text().splitlines()[-1].strip()
        said.locator("input[type=text]").fill(words)
