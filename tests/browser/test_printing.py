"""Making slips, passes and cards in a real browser: the file comes, and the page stays and says what was made."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import DESK, OpenPage, check_accessible
from tests.browser.voter import sign_in


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_page_says_what_was_made(live: tuple[Flask, str], open_page: OpenPage, script: bool) -> None:
    _, address = live
    page = open_page(f"{address}/", size=DESK, script=script)
    sign_in(live, page, "olivia@council.example")
    page.goto(f"{address}/desk/events/sale-2014/slips")
    page.get_by_label("How many slips?").fill("2")
    page.get_by_label("The event").check()
    page.get_by_label("Large print").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Make").click()
    assert download.value.suggested_filename.endswith(".pdf")
    if not script:
        page.reload()
    receipt = page.locator("#receipt")
    expect(receipt).to_contain_text("2 slips made")
    expect(receipt).to_contain_text("in large print")
    expect(page.get_by_role("row").nth(1)).to_contain_text("large print")
    if script:
        expect(page.get_by_role("status")).to_have_text(re.compile(r"New slips: S-\d+ to S-\d+\."))
        check_accessible(page)


def test_the_pages_of_passes_and_cards_say_what_was_printed(live: tuple[Flask, str], open_page: OpenPage) -> None:
    _, address = live
    page = open_page(f"{address}/", size=DESK)
    sign_in(live, page, "olivia@council.example")
    page.goto(f"{address}/desk/events/sale-2014/witnesses")
    page.get_by_label("Name of the witness").fill("Wendy Walker")
    with page.expect_download():
        page.get_by_role("button", name="Make the card as a PDF").click()
    expect(page.get_by_role("row", name="Wendy Walker")).to_be_visible()
    page.goto(f"{address}/desk/events/sale-2014/passes")
    expect(page.locator("#pass-compere")).to_contain_text("No pass is in force.")
    with page.expect_download():
        page.get_by_role("button", name="Print the compere’s pass").click()
    expect(page.locator("#pass-compere")).to_contain_text("by Olivia Marsh")
    expect(page.get_by_role("button", name="Print a new compere’s pass")).to_be_visible()
