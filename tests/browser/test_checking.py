"""Looking for a check number, and the seal on the hall's screen, in a real browser."""

from flask import Flask
from playwright.sync_api import Request, expect

from pbvote.db import db
from pbvote.vote.count.models import Seal
from pbvote.vote.events.service import event_called
from tests.browser.conftest import DESK, PHONE, OpenPage, check_accessible

Live = tuple[Flask, str]
SLUG = "urmston-partington-2014"


def check_numbers(app: Flask) -> list[str]:
    """The check numbers of the demonstration's published poll."""
    with app.app_context():
        event = event_called(SLUG)
        assert event
        return db.session.get_one(Seal, event.id).check_numbers


def test_a_check_number_is_found_without_a_request(live: Live, open_page: OpenPage) -> None:
    app, address = live
    number = check_numbers(app)[40]
    page = open_page(f"{address}/results/{SLUG}/check-numbers")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    said = page.locator("output")
    # As somebody writes it who read it off a phone.
    page.get_by_label("Your check number").fill(f"{number[:4].lower()}-{number[4:].replace('0', 'o')}")
    expect(said).to_have_text("It is in the list: your ballot was counted.")
    expect(page.locator(".check-numbers__found")).to_have_attribute("data-number", number)
    page.get_by_label("Your check number").fill(number.translate(str.maketrans("0123456789", "٠١٢٣۴۵۶۷８９")))
    expect(said).to_have_text("It is in the list: your ballot was counted.")
    page.get_by_label("Your check number").fill("ZZZZ ZZZZ")
    expect(said).to_contain_text("It is not in the list")
    expect(page.locator(".check-numbers__found")).to_have_count(0)
    page.get_by_label("Your check number").fill("ZZZ")
    expect(said).to_be_empty()
    # The icon of the tab may come late; nothing else does.
    assert not [request.url for request in sent if "/favicon." not in request.url]
    check_accessible(page)


def test_without_script_the_list_is_there_to_read(live: Live, open_page: OpenPage) -> None:
    app, address = live
    page = open_page(f"{address}/results/{SLUG}/check-numbers", script=False)
    expect(page.locator("[data-number]")).to_have_count(len(check_numbers(app)))
    expect(page.locator("[data-looks-up]")).to_be_hidden()


def test_the_seal_fits_a_phone_and_fills_a_screen(live: Live, open_page: OpenPage) -> None:
    _, address = live
    for size, least in ((PHONE, 28), (DESK, 60)):
        page = open_page(f"{address}/results/{SLUG}/seal", size=size)
        words = page.locator(".seal-words span")
        expect(words).to_have_count(6)
        letters = words.first.evaluate("word => parseFloat(getComputedStyle(word).fontSize)")
        assert letters >= least
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        lines = words.evaluate_all("words => words.map(word => word.getClientRects().length)")
        assert lines == [1] * 6, "a word is broken"
        check_accessible(page)
