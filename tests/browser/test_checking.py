"""Looking for a check number, and the seal on the hall's screen, in a real browser."""

import pytest
from flask import Flask
from playwright.sync_api import Request, expect

from pbvote.db import db
from pbvote.vote.count.models import Seal
from pbvote.vote.events.service import event_called
from tests.browser.conftest import DESK, OpenPage, check_accessible

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


# On a screen, what the last row of a hall of 20 m can read: 6.7 % of the height.
@pytest.mark.parametrize(
    ("width", "height", "least"), [(360, 740, 40), (1024, 768, 51), (1280, 900, 60), (1920, 1080, 72)]
)
def test_the_seal_fits_a_phone_and_fills_a_screen(
    live: Live, open_page: OpenPage, width: int, height: int, least: float
) -> None:
    _, address = live
    for scheme in ("light", "dark"):
        page = open_page(f"{address}/results/{SLUG}/seal", size={"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        words = page.locator(".seal__words span")
        expect(words).to_have_count(6)
        letters = words.first.evaluate("word => parseFloat(getComputedStyle(word).fontSize)")
        assert letters >= least
        for stranger in ("Sign in", "Demonstration", "Privacy"):
            expect(page.get_by_text(stranger)).to_have_count(0)
        if width > height:
            assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "a projector can't scroll"
        lines = words.evaluate_all("words => words.map(word => word.getClientRects().length)")
        assert lines == [1] * 6, "a word is broken"
        check_accessible(page)


def test_escape_leads_back_from_the_hall_s_screen(live: Live, open_page: OpenPage) -> None:
    _, address = live
    page = open_page(f"{address}/results/{SLUG}/seal", size=DESK)
    page.keyboard.press("Escape")
    page.wait_for_url(f"{address}/results/{SLUG}")
    plain = open_page(f"{address}/results/{SLUG}/seal", script=False)
    plain.get_by_role("link", name="Back to the result").click()
    plain.wait_for_url(f"{address}/results/{SLUG}")
