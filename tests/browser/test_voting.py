"""A voter's forty seconds, in Chromium at the size of a phone."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from pbvote.db import begin_write, db
from pbvote.events.service import event_called
from pbvote.voting.models import CodeState
from pbvote.voting.service import ballots_in
from pbvote.voting.slips import PrintedSlip, make_slips
from tests.browser.conftest import OpenPage, check_accessible

Live = tuple[Flask, str]
LANGUAGES = {
    "en": ("English", "ltr", "We have your vote."),
    "pl": ("Polski", "ltr", "Mamy Twój głos."),
    "ur": ("اردو", "rtl", None),
    "ar": ("العربية", "rtl", None),
}


def new_slip(app: Flask) -> PrintedSlip:
    """A fresh slip of the demonstration's open poll."""
    with app.app_context():
        begin_write()
        event = event_called("sale-2014")
        assert event
        [slip] = make_slips(event, 1, None, CodeState.LIVE)
        db.session.commit()
        return slip


def turnout(app: Flask) -> int:
    """How many ballots are in."""
    with app.app_context():
        event = event_called("sale-2014")
        assert event
        return ballots_in(event)


def mark_every_bid(page: Page, mark: int = 4) -> int:
    """Give every bid on the page this mark, as a thumb does; returns how many there were."""
    marks = page.locator(f"input[type=radio][value='{mark}']")
    for index in range(marks.count()):
        marks.nth(index).check(force=True)
    return marks.count()


@pytest.mark.parametrize("lang", ["en", "pl", "ur", "ar"])
def test_from_scan_to_we_have_your_vote(live: Live, open_page: OpenPage, lang: str) -> None:
    app, address = live
    before = turnout(app)
    slip = new_slip(app)
    page = open_page(slip.address.replace("http://127.0.0.1:5000", address))
    # The code is in the field and no longer in the address bar.
    expect(page.locator("input[name=code]")).to_have_value(re.compile(slip.code, re.IGNORECASE))
    assert "#" not in page.url
    check_accessible(page)
    page.locator(f"button[name=lang][value={lang}]").click()
    expect(page.locator("html")).to_have_attribute("dir", LANGUAGES[lang][1])
    expect(page.locator("html")).to_have_attribute("lang", lang)
    check_accessible(page)
    assert turnout(app) == before
    assert mark_every_bid(page) == 11
    page.locator(".running button").click()
    expect(page.locator(".done")).to_be_visible()
    check_accessible(page)
    if sentence := LANGUAGES[lang][2]:
        expect(page.locator("h1")).to_contain_text(sentence)
    assert page.locator(".stored li").count() == 11
    assert turnout(app) == before + 1
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_same_path_without_script_by_typing_the_code(live: Live, open_page: OpenPage, lang: str) -> None:
    app, address = live
    before = turnout(app)
    slip = new_slip(app)
    page = open_page(f"{address}/v/", script=False)
    page.locator("input[name=code]").fill(slip.grouped_code.lower())
    page.locator(f"button[name=lang][value={lang}]").click()
    assert mark_every_bid(page) == 11
    page.locator(".running button").click()
    expect(page.locator(".done")).to_be_visible()
    assert turnout(app) == before + 1


def test_a_forgotten_mark_is_pointed_at_and_nothing_is_lost(live: Live, open_page: OpenPage) -> None:
    app, address = live
    slip = new_slip(app)
    page = open_page(slip.address.replace("http://127.0.0.1:5000", address))
    page.locator("button[name=lang][value=en]").click()
    expect(page.locator(".running output")).to_contain_text(re.compile("0 of 11|not sent"))
    page.locator("input[type=radio][value='5']").first.check(force=True)
    expect(page.locator(".running output")).to_have_text("1 of 11 marked")
    page.locator(".running button").click()
    errors = page.locator(".errors")
    expect(errors).to_be_focused()
    assert errors.locator("a").count() == 10
    expect(page.locator("input[type=radio][value='5']").first).to_be_checked()
    check_accessible(page)


def test_a_wrong_code_is_said_kindly_and_can_be_typed_again(live: Live, open_page: OpenPage) -> None:
    app, address = live
    page = open_page(f"{address}/v/sale-2014")
    page.locator("input[name=code]").fill("K7QF-9M2T-XW4X")
    page.locator("button[name=lang][value=en]").click()
    expect(page.locator("main")).to_contain_text("We can't find that code.")
    check_accessible(page)
    page.locator("input[name=code]").fill(new_slip(app).grouped_code)
    page.locator("main form button").first.click()
    expect(page.locator(".bids")).to_be_visible()
