"""The page of an event in a real browser: read on a phone, searched as one types, in another language, in the dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, OpenPage, check_accessible, follow
from tests.browser.voter import Live, sign_in

PAGE = "/events/sale-2014"


def test_a_resident_finds_a_bid_and_reads_it_in_another_language(live: Live, open_page: OpenPage) -> None:
    _, address = live
    page = open_page(f"{address}{PAGE}")
    bids = page.locator(".programme__bid")
    expect(bids).to_have_count(11)
    check_accessible(page)
    box, said = page.get_by_label("Look for a bid"), page.locator("output.search__said")
    box.fill("BIKES every")
    expect(page.locator(".programme__bid:visible")).to_have_count(1)
    expect(said).to_have_text("1 of 11 bids")
    box.fill("ogród")
    expect(page.locator(".programme__bid:visible")).to_have_count(0)
    expect(said).to_contain_text("Press Search to look in all languages")
    follow(page.get_by_role("button", name="Search"))
    expect(bids).to_have_count(1)
    expect(bids).to_contain_text("A herb garden by the library")
    follow(page.get_by_role("link", name="العربية"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(bids).to_have_count(11)
    check_accessible(page)
    follow(page.get_by_role("link", name="حديقة أعشاب بجانب المكتبة"))
    expect(page.get_by_role("heading", level=1)).to_have_text("حديقة أعشاب بجانب المكتبة")
    check_accessible(page)


def test_without_script_the_search_is_a_page_of_its_own(live: Live, open_page: OpenPage) -> None:
    _, address = live
    page = open_page(f"{address}{PAGE}?lang=pl", script=False)
    page.get_by_label("Szukaj projektu").fill("rowery")
    follow(page.get_by_role("button", name="Szukaj"))
    expect(page.locator(".programme__bid")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.get_by_role("button", name="Skopiuj adres")).to_have_count(0)
    expect(page.locator("#share-address")).to_be_visible()


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/bids/B-08", "/events/old-trafford-stretford-2014?lang=ur"])
def test_the_page_fits_any_screen_by_day_and_in_the_dark(live: Live, open_page: OpenPage, path: str) -> None:
    _, address = live
    for width in (320, 360, 1280):
        page = open_page(f"{address}{path}", size={"width": width, "height": 740})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            check_accessible(page)
        page.context.close()


def test_the_address_is_copied(live: Live, open_page: OpenPage) -> None:
    _, address = live
    page = open_page(f"{address}{PAGE}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}{PAGE}"


def test_the_desk_s_pages_are_accessible(live: Live, open_page: OpenPage) -> None:
    _, address = live
    for size in (None, DESK):
        page = open_page(f"{address}/") if size is None else open_page(f"{address}/", size=size)
        sign_in(live, page, "olivia@council.example")
        for path in ("page", "page/preview", "translations"):
            page.goto(f"{address}/desk/events/sale-2014/{path}")
            check_accessible(page)
