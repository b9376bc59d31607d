"""A form that was sent with errors, in a real browser: each line of the summary leads to its box."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage, check_accessible, follow

# Whether a box has the focus and is in the window, and its label above it.
IN_SIGHT = """box => document.activeElement === box && box.labels[0].getBoundingClientRect().top >= 0
  && box.getBoundingClientRect().bottom <= innerHeight"""


def begin_bid(page: Page) -> None:
    """Begin a bid, as far as the page about the group."""
    follow(page.locator("a[href$='/voluntary-sector-grants-2014/bid']").first)
    page.get_by_label("Your e-mail address").fill("ann@growers.example")
    follow(page.get_by_role("button", name="Continue"))


def send_empty_page(page: Page) -> list[str]:
    """Send a page of the bid form as it is; the ids that the error summary leads to."""
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    links = page.locator(".govuk-error-summary__list a").all()
    return [(link.get_attribute("href") or "").removeprefix("#") for link in links]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_error_leads_to_its_box_and_leaves_the_label_in_sight(
    live: tuple[Flask, str], open_page: OpenPage, script: bool
) -> None:
    page = open_page(f"{live[1]}/", size=PHONE, script=script)
    begin_bid(page)
    page.get_by_label("Your e-mail address").fill("")
    targets = send_empty_page(page)
    assert len(targets) > 3
    for target in targets:
        page.locator(f".govuk-error-summary__list a[href='#{target}']").click()
        box = page.locator(f"[id='{target}']")
        expect(box).to_be_focused()
        assert box.evaluate(IN_SIGHT), target
    if script:
        check_accessible(page)


def test_the_lines_of_a_budget_add_up_in_the_digits_of_every_script(
    live: tuple[Flask, str], open_page: OpenPage
) -> None:
    page = open_page(f"{live[1]}/")
    begin_bid(page)
    page.goto(page.url.replace("/group", "/money"))
    page.get_by_label("How much do you ask for?").fill("3,000")
    for row, amount in enumerate(["£1,000.50", "٢٬٠٠٠٫٢٥", "۳۰", "much"]):
        page.locator(f"[name=lines-{row}-line_pence]").fill(amount)
    page.locator("[name=lines-3-line_pence]").blur()
    expect(page.locator("output.adding")).to_have_text("So far your lines add up to £3,030.75")
