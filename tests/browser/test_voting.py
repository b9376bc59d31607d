"""A voter's forty seconds, in Chromium at the size of a phone."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from pbvote.db import begin_write, db
from pbvote.tally import BallotRules
from pbvote.vote.events.service import event_called
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip
from tests.browser.conftest import OpenPage, check_accessible
from tests.browser.voter import (
    SLUG,
    Live,
    check_nothing_kept,
    mark_every_bid,
    new_slip,
    open_paper,
    send,
    stored_of,
    turnout,
)
from tests.factories import CUMULATIVE, RANKED, SCORE

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
    expect(page.locator(".bids")).to_be_visible()
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
    expect(page.locator(".stored li")).to_have_count(11)
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
    expect(errors.locator("a")).to_have_count(10)
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
        page.locator(f"#bid-{number}-points").fill(points)
    expect(page.locator(".running output")).to_have_text("Points left: 1")
    page.reload()
    expect(page.locator("#bid-1-points")).to_have_value("٣")
    page.locator(".running button").click()
    expect(page.locator(".errors li")).to_have_count(1)
    expect(page.locator("#bid-4-error")).to_have_text("Write a whole number.")
    expect(page.locator("#bid-1-points")).to_have_value("٣")


def test_a_wrong_code_is_said_kindly_and_can_be_typed_again(live: Live, open_page: OpenPage) -> None:
    app, address = live
    page = open_page(f"{address}/v/sale-2014")
    page.locator("input[name=code]").fill("K7QF-9M2T-XW4X")
    page.locator("button[name=lang][value=en]").click()
    expect(page.locator("main")).to_contain_text("One letter or number looks wrong.")
    expect(page.locator("input.code")).to_be_focused()
    check_accessible(page)
    page.locator("input.code").fill(new_slip(app).grouped_code)
    page.get_by_role("button", name="Open the ballot paper").click()
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


def with_rules(app: Flask, rules: BallotRules) -> PrintedSlip:
    """A fresh slip of the demonstration's open poll, whose ballots now follow these rules."""
    slip = new_slip(app)
    with app.app_context():
        begin_write()
        event = event_called(SLUG)
        assert event
        event.share.ballot_rules = rules
        db.session.commit()
    return slip


@pytest.mark.parametrize("rules", [SCORE, CUMULATIVE], ids=["score", "points"])
def test_an_errors_link_shows_which_group_it_is_about(live: Live, open_page: OpenPage, rules: BallotRules) -> None:
    app, address = live
    page = open_page(f"{address}/v/{SLUG}")
    open_paper(page, with_rules(app, rules))
    if rules is CUMULATIVE:
        page.locator("#bid-9-points").fill("many")
    send(page)
    expect(page.locator(".errors")).to_be_focused()
    page.locator(".errors a[href='#bid-9']").click()
    group = page.locator("#bid-9")
    expect(group).to_be_focused()
    expect(page.locator("#bid-9-title")).to_be_in_viewport(ratio=1)
    expect(page.locator("#bid-9-error")).to_be_in_viewport(ratio=1)
    bar = page.locator(".running").bounding_box()
    card = group.bounding_box()
    assert bar
    assert card
    assert 0 <= card["y"] < card["y"] + card["height"] <= bar["y"]
    check_accessible(page)


def test_what_the_marks_mean_is_said_with_each_group(live: Live, open_page: OpenPage) -> None:
    app, address = live
    page = open_page(f"{address}/v/{SLUG}")
    open_paper(page, new_slip(app))
    expect(page.locator("#bid-1")).to_have_accessible_description("1 = lowest 5 = best")


def test_points_are_given_with_buttons_too(live: Live, open_page: OpenPage) -> None:
    app, address = live
    page = open_page(f"{address}/v/{SLUG}")
    open_paper(page, with_rules(app, CUMULATIVE))
    more = page.get_by_role("button", name="One point more: A herb garden by the library")
    less = page.get_by_role("button", name="One point less: A herb garden by the library")
    for _ in range(3):
        more.click()
    less.click()
    expect(page.locator("#bid-1-points")).to_have_value("2")
    expect(page.locator(".running output")).to_have_text("Points left: 8")
    for _ in range(4):
        less.click()
    expect(page.locator("#bid-1-points")).to_have_value("0")
    check_accessible(page)
    page.set_viewport_size({"width": 320, "height": 568})
    check_accessible(page)


def test_a_place_given_twice_is_said_at_once(live: Live, open_page: OpenPage) -> None:
    app, address = live
    page = open_page(f"{address}/v/{SLUG}")
    open_paper(page, with_rules(app, RANKED))
    bar = page.locator(".running output")
    page.locator("input[name=bid-1][value='1']").check(force=True)
    page.locator("input[name=bid-4][value='1']").check(force=True)
    expect(bar).to_have_text("Place 1 is given twice")
    expect(page.locator(".running.over")).to_be_visible()
    page.locator("input[name=bid-4][value='2']").check(force=True)
    expect(bar).not_to_contain_text("twice")


@pytest.mark.parametrize("script", [True, False])
def test_another_language_keeps_the_marks_with_and_without_script(
    live: Live, open_page: OpenPage, script: bool
) -> None:
    app, address = live
    slip = new_slip(app)
    page = open_page(f"{address}/v/{SLUG}", script=script)
    open_paper(page, slip, "ar")
    mark_every_bid(page, 2)
    page.locator("button[name=other_lang][value=pl]").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.locator("input[value='2']:checked")).to_have_count(11)
    if script:
        check_accessible(page)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    page.locator("button[name=other_lang][value=en]").click()
    expect(page.locator("h1")).to_have_text("We have your vote.")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert stored_of(app, slip) == (2, 1)


def test_large_letters_scroll_nothing_sideways(live: Live, open_page: OpenPage) -> None:
    app, address = live
    for path in (f"/v/{SLUG}", f"/v/{SLUG}/kiosk"):
        page = open_page(f"{address}{path}")
        open_paper(page, new_slip(app), "pl")
        size = page.evaluate("2 * parseFloat(getComputedStyle(document.documentElement).fontSize)")
        page.evaluate("size => document.documentElement.style.setProperty('font-size', `${size}px`)", size)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
