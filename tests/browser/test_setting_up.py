"""Setting a round up in a real browser: its ballots, and what its pages are for other rounds and other rules."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, OpenPage, check_accessible, follow
from tests.browser.voter import sign_in

OLIVIA = "olivia@council.example"
OTHERS = (
    "/desk/rounds/voluntary-sector-grants-2015",
    "/desk/rounds/small-grants-for-alleyways",
    "/desk/shares/1/rule",
    "/desk/shares/3/settings",
    "/desk/shares/3/ballot?kind=choose-then-score",
    "/desk/shares/3/rule?name=equalshares/add1",
    "/desk/shares/3/as-a-resident?lang=ar",
    "/rounds/small-grants-for-alleyways",
)
"""Pages that look unlike the one that `test_every_page` reads of their kind."""


def test_pages_of_other_rounds_ballots_and_rules_are_accessible(live: tuple[Flask, str], open_page: OpenPage) -> None:
    page = open_page(f"{live[1]}/sign-in", size=PHONE)
    sign_in(live, page, OLIVIA)
    for path in OTHERS:
        page.goto(live[1] + path)
        check_accessible(page)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_ballot_is_chosen_by_its_picture_and_seen_as_a_resident(
    live: tuple[Flask, str], open_page: OpenPage, script: bool
) -> None:
    page = open_page(f"{live[1]}/sign-in", size=PHONE, script=script)
    sign_in(live, page, OLIVIA)
    page.goto(f"{live[1]}/desk/shares/3/ballot")
    expect(page.get_by_label("Points to share out")).to_have_count(0)
    follow(page.get_by_role("link", name="Share out points"))
    page.get_by_label("Points to share out").fill("6")
    follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("How South Trafford votes is saved.")).to_be_visible()
    follow(page.get_by_role("button", name="See it as a resident"))
    expect(page.get_by_text("You have 6 points to share out.")).to_be_visible()
    if script:
        page.locator("input[type=text]").first.fill("4")
        expect(page.locator("output")).to_have_text("Points left: 2")
        page.locator("input[type=text]").first.press("Enter")
        expect(page.get_by_text("This is an example. It sends nothing.")).to_be_visible()


def test_on_a_desk_s_screen_the_example_is_as_wide_as_a_phone(live: tuple[Flask, str], open_page: OpenPage) -> None:
    for size, width in ((DESK, 390), (PHONE, PHONE["width"])):
        page = open_page(f"{live[1]}/sign-in", size=size)
        sign_in(live, page, OLIVIA)
        page.goto(f"{live[1]}/desk/shares/1/as-a-resident")
        assert page.locator("body").evaluate("body => body.clientWidth") == pytest.approx(width, abs=20)
        page.get_by_role("button", name="Send my vote").click()
        expect(page.get_by_text("Nothing was sent.")).to_be_visible()
        check_accessible(page)
