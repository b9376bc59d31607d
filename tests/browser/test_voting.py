"""A voter's forty seconds, in Chromium at the size of a phone."""

import re

import pytest
from playwright.sync_api import expect

from pbvote.db import begin_write, db
from pbvote.vote.events.service import event_called
from pbvote.vote.slips.models import SlipState
from tests.browser.conftest import OpenPage, check_accessible
from tests.browser.voter import SLUG, Live, check_nothing_kept, mark_every_bid, new_slip, open_paper, send, turnout
from tests.factories import CUMULATIVE

LANGUAGES = {
    "en": ("English", "ltr", "We have your vote."),
    "pl": ("Polski", "ltr", "Mamy Twój głos."),
    "ur": ("اردو", "rtl", None),
    "ar": ("العربية", "rtl", None),
}


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
    page.locator("summary").click()
    expect(page.locator(".check-number")).to_be_visible()
    check_accessible(page)
    check_nothing_kept(page)


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


def test_points_are_added_up_and_kept_in_the_digits_of_every_script(live: Live, open_page: OpenPage) -> None:
    app, address = live
    slip = new_slip(app)
    with app.app_context():
        begin_write()
        event = event_called(SLUG)
        assert event
        event.share.ballot_rules = CUMULATIVE
        db.session.commit()
    page = open_page(slip.address.replace("http://127.0.0.1:5000", address))
    page.locator("button[name=lang][value=en]").click()
    for number, points in enumerate(["٣", "۴", "２", "many"], start=1):
        page.locator(f"#bid-{number}").fill(points)
    expect(page.locator(".running output")).to_have_text("Points left: 1")
    page.reload()
    expect(page.locator("#bid-1")).to_have_value("٣")
    page.locator(".running button").click()
    expect(page.locator(".errors li")).to_have_count(1)
    expect(page.locator("#bid-4-error")).to_have_text("Write a whole number.")
    expect(page.locator("#bid-1")).to_have_value("٣")


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


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_rehearsal_is_never_mistaken_for_a_vote(live: Live, open_page: OpenPage, lang: str) -> None:
    app, address = live
    before = turnout(app)
    page = open_page(f"{address}/v/sale-2014")
    open_paper(page, new_slip(app, SlipState.TEST), lang)
    expect(page.locator(".rehearsal")).to_be_visible()
    check_accessible(page)
    mark_every_bid(page)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    expect(page.locator(".rehearsal")).to_be_visible()
    check_accessible(page)
    assert turnout(app) == before
