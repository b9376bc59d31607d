"""The event: planned, its order drawn, its page published, and everything that is printed of it."""

import datetime as dt
import re
from pathlib import Path

from playwright.sync_api import expect

from pbvote.core.clock import today
from pbvote.core.lots import order_by_lot
from tests.browser.walk.applying import BEANS, BELLS, CHESS, SHOWS, SONGS
from tests.browser.walk.desk import Desk
from tests.browser.walk.people import ROUND
from tests.browser.walk.phone import Phone
from tests.paper import pictures_in, text_of, words_on
from tests.vote.prints import boxes_on

IN_ARABIC = "أجراس للمبتدئين"
SUMMARY_IN_ARABIC = "نشتري الحبال ونعلم عشرة من الجيران قرع الأجراس."
PAPERS = {
    "Poster": (297, 420),
    "Handout": (210, 297),
    "Booklet in large print": (210, 297),
    "Table cards": (210, 148),
}


def slug() -> str:
    """The event's part of addresses."""
    return f"sale-{event_day().year}"


def event_day() -> dt.date:
    """Three weeks from now."""
    return today() + dt.timedelta(days=21)


def plan_the_day(omar: Desk) -> None:
    """The hall is booked for three weeks from now."""
    omar.goes_to(f"/desk/rounds/{ROUND}")
    omar.follows("The event")
    omar.types(name="Sale decides", place="Sale Waterside, 1 Waterside Plaza", starts="1:30pm", ends="4pm")
    omar.types_day("held_on", event_day())
    omar.types(access="Step-free from the car park.")
    omar.presses("Plan the event")
    omar.opens(BELLS)
    omar.words_in_arabic(IN_ARABIC, SUMMARY_IN_ARABIC)


def draw_the_order_by_lot(omar: Desk) -> list[str]:
    """Nobody knows it before, and anybody finds it again. The titles in their order."""
    omar.goes_to(f"/desk/events/{slug()}/running-order")
    omar.presses("Draw the order")
    said = omar.main.inner_text()
    seed = re.search(r"The seed is ([0-9a-f]{16})", said)
    assert seed
    bids = re.findall(r"^\d+\. (B-\d+) (.+)$", said, re.MULTILINE)
    assert [number for number, _ in bids] == order_by_lot(seed[1], [number for number, _ in bids])
    assert {title for _, title in bids} == {BELLS, BEANS, CHESS, SONGS}
    return [title for _, title in bids]


def publish_the_page(omar: Desk, ann: Phone, titles: list[str]) -> None:
    """Everybody reads the page from now on, in the order of the lot, the photo beside its bid."""
    omar.follows("Back to the event")
    omar.follows("Publish the page")
    omar.presses("Publish the page")
    omar.reads("Everybody can read the page now.")
    ann.goes_to(f"/events/{slug()}")
    expect(ann.page.locator(".programme__title")).to_have_text(titles)
    shown = ann.page.locator(".programme__bid", has_text=BELLS).get_by_role("img", name=SHOWS)
    shown.scroll_into_view_if_needed()  # a photo is loaded once it is near, and `decode()` would wait for ever
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("photo => photo.naturalWidth > photo.naturalHeight")
    ann.follows("العربية")
    expect(ann.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(ann.page.locator(".programme__title", has_text=IN_ARABIC)).to_be_visible()


def print_everything(omar: Desk, titles: list[str], folder: Path) -> None:
    """Poster, handout, booklet and table cards, each in English and in Arabic."""
    for kind, paper in PAPERS.items():
        in_english, in_arabic = omar.prints(kind, "English"), omar.prints(kind, "Arabic")
        for pdf in (in_english, in_arabic):
            assert {(round(wide), round(high)) for wide, high, _ in boxes_on(pdf, folder)} == {paper}
            assert pictures_in(pdf, folder), kind
        assert order_on(in_english, titles, folder) == titles, kind
        said = said_in(in_arabic, folder)
        assert set(" ".join(titles).replace(BELLS, "").split()) <= set(said.split()), kind
        # A reader of PDF gives letters as they stand, from left to right, and without blanks between them.
        assert IN_ARABIC.replace(" ", "") in said.replace(" ", "")[::-1], kind
        assert b"/Lang (ar)" in in_arabic
        assert numbers_stand(in_english, folder) == {"left"}, kind
        assert numbers_stand(in_arabic, folder) == {"right"}, kind


def said_in(pdf: bytes, folder: Path) -> str:
    """All words of a print."""
    return " ".join(text_of(page) for page in words_on(pdf, folder))


def order_on(pdf: bytes, titles: list[str], folder: Path) -> list[str]:
    """The titles from the first page's top on, by where the largest letters of their first words stand."""
    pages = enumerate(boxes for *_, boxes in boxes_on(pdf, folder))
    found = [(box.bottom - box.top, page, box) for page, boxes in pages for box in boxes]
    places = {
        title: max((tall, page, box.top) for tall, page, box in found if box.text == title.split()[0])[1:]
        for title in titles
    }
    return sorted(titles, key=lambda title: places[title])


def numbers_stand(pdf: bytes, folder: Path) -> set[str]:
    """On which side of its page the number of each bid stands: the tallest of its kind."""
    found = [(box, wide) for wide, _, boxes in boxes_on(pdf, folder) for box in boxes if box.text in {*"1234"}]
    tallest = {box.text: (box, wide) for box, wide in sorted(found, key=lambda one: one[0].bottom - one[0].top)}
    assert len(tallest) == 4
    return {"left" if box.right < wide / 2 else "right" for box, wide in tallest.values()}
