"""Small grants on a 360 px phone: £250 on one page, every tap and word counted, and a member who chooses."""

import os
import re
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page, expect

from pbvote.call.checking.interests import bids_near
from pbvote.people.service import account_with_email
from tests.browser.conftest import DESK, OpenPage, check_accessible, follow
from tests.browser.voter import sign_in
from tests.outbox import letters

ROUND = "/rounds/small-grants-for-alleyways"
EMAIL = "ann@gate.example"
MAREK, OLIVIA = "marek@partnership.example", "olivia@council.example"
ANSWERS = {
    "Name of your group": "Ayres Road Neighbours",
    "Who would hold the money for you?": "St John’s Church",
    "Your full name": "Ann Smith",
    "What would you call your project?": "A gate for our alley",
    "What would you do with the money?": "We put up a gate, so that nobody burns our bins, and plant ten tubs.",
    "How much do you ask for?": "250",
}
MOST_WORDS, MOST_TAPS = 60, 12

Live = tuple[Flask, str]


class Thumb:
    """Counts every tap: on a button, on a choice, and into each box before it is typed in."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.words = page, 0, 0

    def press(self, name: str) -> None:
        """Press a button or a link that leads to another page."""
        self.taps += 1
        follow(self.page.get_by_role("button", name=name))

    def choose(self, name: str) -> None:
        """Choose one of a few."""
        self.taps += 1
        self.page.get_by_label(name, exact=True).check()

    def fill(self, question: str, answer: str) -> None:
        """Tap into a box, and type."""
        self.taps += 1
        self.words += len(answer.split())
        box = self.page.get_by_label(question)
        box.click()
        self.page.keyboard.type(answer)


def shoot(page: Page, name: str) -> None:
    """Keep a picture for people to look at, where a folder is named for it."""
    if folder := os.environ.get("PBVOTE_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def saved(page: Page) -> None:
    """Wait until the page says that the server has what was typed."""
    expect(page.locator(".saving")).to_have_text("Saved.")


def test_a_bid_for_250_pounds_takes_one_page_60_words_and_12_taps(live: Live, open_page: OpenPage) -> None:
    app, address = live
    page = open_page(f"{address}{ROUND}")
    thumb = Thumb(page)
    thumb.press("Bid for your group in South Trafford")
    thumb.fill("Your e-mail address", EMAIL)
    thumb.press("Continue")
    check_accessible(page)
    shoot(page, "short-form")
    thumb.choose("None of these")
    for question, answer in ANSWERS.items():
        thumb.fill(question, answer)
    thumb.press("Send our bid")
    expect(page.locator("main")).to_contain_text(EMAIL)
    check_accessible(page)
    assert thumb.taps <= MOST_TAPS, thumb.taps
    assert thumb.words <= MOST_WORDS, thumb.words
    with app.app_context():
        letter = next(letter for letter in letters() if letter.recipient == EMAIL)
        link = re.search(r"\S+/bid/link#\S+", letter.body)
    assert link
    page.goto(link[0])
    follow(page.get_by_role("button", name="Show the bid"))
    follow(page.get_by_role("button", name="Yes, this is our bid"))
    expect(page.locator("main")).to_contain_text("Your bid stands.")


def test_one_page_loses_nothing_to_a_killed_tab_and_no_signal_at_send(live: Live, open_page: OpenPage) -> None:
    _, address = live
    page = open_page(f"{address}{ROUND}/bid")
    page.get_by_label("Your e-mail address").fill(EMAIL)
    follow(page.get_by_role("button", name="Continue"))
    page.get_by_label("None of these", exact=True).check()
    for question, answer in list(ANSWERS.items())[:4]:
        page.get_by_label(question).fill(answer)
    saved(page)
    page.context.set_offline(True)
    page.get_by_label("What would you do with the money?").fill("We put up a gate.")
    expect(page.locator(".saving")).to_contain_text("Your text is kept on this phone.")
    context = page.context
    page.close()  # the phone throws the tab away
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{address}{ROUND}/bid/bid")
    expect(page.get_by_label("What would you do with the money?")).to_have_value("We put up a gate.")
    saved(page)
    page.get_by_label("How much do you ask for?").fill("250")
    saved(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send our bid").click()
    expect(page.locator(".saving")).to_contain_text("Not sent: no signal.")
    expect(page.locator("h1")).to_have_text("Your bid")
    page.context.set_offline(False)
    follow(page.get_by_role("button", name="Send our bid"))
    expect(page.locator("main")).to_contain_text(EMAIL)


def test_without_script_one_page_says_what_is_wrong_and_sends(live: Live, open_page: OpenPage) -> None:
    _, address = live
    page = open_page(f"{address}{ROUND}/bid", script=False)
    page.get_by_label("Your e-mail address").fill(EMAIL)
    follow(page.get_by_role("button", name="Continue"))
    follow(page.get_by_role("button", name="Send our bid"))
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Choose what your group is")
    expect(summary).to_contain_text("Enter how much you ask for")
    page.get_by_label("None of these", exact=True).check()
    for question, answer in ANSWERS.items():
        page.get_by_label(question).fill(answer)
    follow(page.get_by_role("button", name="Send our bid"))
    expect(page.locator("main")).to_contain_text(EMAIL)


def test_a_member_declares_an_interest_and_chooses_on_a_phone(live: Live, open_page: OpenPage) -> None:
    app, address = live
    page = open_page(f"{address}/sign-in")
    sign_in(live, page, MAREK)
    page.goto(f"{address}/my/today")
    check_accessible(page)
    shoot(page, "members-today")
    follow(page.get_by_role("link", name="Choose which bids get a grant: Alleyways of Sale"))
    expect(page.locator("h1")).to_have_text("My interests")
    check_accessible(page)
    shoot(page, "my-interests")
    with app.app_context():
        account = account_with_email(MAREK)
        assert account
        assert any(bid.title == "A shed for all" for bid in bids_near(account))
    page.get_by_label("Priory Gardeners: A herb garden by the library, A shed for all").check()
    page.get_by_label("How do you belong to it?").fill("My sister is its chair")
    follow(page.get_by_role("button", name="This is all"))
    follow(page.get_by_role("link", name="Choose which bids get a grant: Alleyways of Sale"))
    expect(page.get_by_label("Fund “A shed for all”")).to_have_count(0)
    check_accessible(page)
    follow(page.get_by_role("button", name="Send my choice"))
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose at least 1 group.")
    check_accessible(page)
    page.get_by_label("Fund “Bricks to bloom”").check()
    shoot(page, "choose")
    follow(page.get_by_role("button", name="Send my choice"))
    expect(page.locator("main")).to_contain_text("We have your choice")
    follow(page.get_by_role("button", name="Sign out"))
    sign_in(live, page, OLIVIA)
    page.goto(f"{address}/desk/events/small-grants-sale/choosing")
    check_accessible(page)
    shoot(page, "choosing-desk")
    follow(page.get_by_role("button", name="Close and count"))
    page.get_by_label("Why do you recommend this?").fill("A bright lane.")
    follow(page.get_by_role("button", name="Save the reasons"))
    follow(page.get_by_role("button", name="See the outcome"))
    follow(page.get_by_role("button", name="Publish the result"))
    follow(page.get_by_role("button", name="Publish the result"))
    follow(page.get_by_role("link", name="See who chose what, and why"))
    expect(page.locator("main")).to_contain_text("A bright lane.")
    expect(page.locator("main")).to_contain_text("Belongs to the group, so did not choose")


def test_everybody_reads_how_members_decided(live: Live, open_page: OpenPage) -> None:
    _, address = live
    for size in (None, DESK):
        page = open_page(f"{address}/results/small-grants-urmston", **({"size": size} if size else {}))
        check_accessible(page)
        shoot(page, f"members-result-{'desk' if size else 'phone'}")
        follow(page.get_by_role("link", name="See who chose what, and why"))
        expect(page.locator("main")).to_contain_text("4 members of the partnership of Urmston & Partington chose")
        check_accessible(page)
        shoot(page, f"members-record-{'desk' if size else 'phone'}")
