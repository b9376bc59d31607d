"""The prints of an event, read back: everything is on them, nothing overflows, no two texts overlap."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from pbvote.vote.programme.matter import Item, Matter
from pbvote.vote.programme.prints import KINDS
from pbvote.vote.programme.publishing import publish_page
from tests.checked_client import CheckedClient
from tests.factories import an_event, sign_in, the_event, writing
from tests.paper import POINTS_IN_MM, codes_on, facts_of, rendered, text_of, words_on

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengese"
ARABIC = "أحواض مرتفعة يمكن الوصول إليها من الكرسي المتحرك وأعشاب يمكن للجميع قطفها"
ENGLISH = "Raised beds that anyone can reach from a wheelchair, with herbs that anyone may pick"
LANGUAGES = ("en", "pl", "ur", "ar")
NUMBER = 60


def words(text: str, number: int) -> str:
    """So many words, over and over."""
    return " ".join((text.split() * number)[:number])


def matter_of(bids: int, language: str = "en", *, long: bool = False) -> Matter:
    """An event with so many bids; with `long`, the longest that the forms take."""
    text = ARABIC if language in {"ur", "ar"} else ENGLISH
    title = f"{LONG_WORD} and so" if long else words(text, 5)
    summary, group = words(text, 80 if long else 14), "Friends of the Park " * (6 if long else 1)
    items = [Item(number, title, summary, group.strip(), "£3,999.99") for number in range(1, bids + 1)]
    return Matter(
        language=language,
        council="Trafford Council",
        colour=(26, 94, 99),
        name="The residents of Old Trafford and Stretford decide" if long else "Sale decides",
        place="Sale Waterside, 1 Waterside Plaza",
        when="12 July 2014, 1:30pm–4pm",
        access=words("Step-free from the car park.", 60 if long else 5),
        money="There is £30,000 to give out.",
        how="Give all 60 groups a mark. 5 is best, 1 is lowest.",
        address="https://votes.trafford.example/events/sale-2014",
        items=tuple(items),
    )


def drawn(app: Flask, kind: str, matter: Matter) -> bytes:
    """The print as a PDF."""
    with app.test_request_context(), force_locale(matter.language):
        return KINDS[kind].draw(matter)


@dataclass(frozen=True)
class Box:
    """Where a word stands, in mm from the page's top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def core(self) -> tuple[float, float]:
        """From where to where its letters surely reach: fonts claim more, the Arabic one half a line more."""
        rim = (self.bottom - self.top) * (0.22 if self.text.isascii() else 0.32)
        return self.top + rim, self.bottom - rim

    def overlaps(self, other: "Box") -> bool:
        """Whether letters of one stand on letters of the other."""
        (top, bottom), (its_top, its_bottom) = self.core, other.core
        beside = self.right - 0.3 <= other.left or other.right - 0.3 <= self.left
        return not beside and its_top < bottom and top < its_bottom


_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>')


def boxes_on(pdf: bytes, folder: Path) -> Iterator[tuple[float, float, list[Box]]]:
    """Each page's width, height and words."""
    words_on(pdf, folder)  # skips the test where poppler is missing
    said = subprocess.run(
        ["pdftotext", "-bbox", folder / "words.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    for page in re.split(r"(?=<page )", said)[1:]:
        size = _PAGE.match(page)
        assert size
        boxes = [Box(text, *(float(each) / POINTS_IN_MM for each in place)) for *place, text in _WORD.findall(page)]
        yield float(size[1]) / POINTS_IN_MM, float(size[2]) / POINTS_IN_MM, boxes


@pytest.mark.parametrize("long", [False, True], ids=["usual", "long"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_overflows_and_nothing_overlaps(
    app: Flask, tmp_path: Path, kind: str, language: str, long: bool
) -> None:
    for bids in (1, 11, NUMBER):
        pdf = drawn(app, kind, matter_of(bids, language, long=long))
        for width, height, boxes in boxes_on(pdf, tmp_path):
            assert all(box.left >= 5 and box.right <= width - 5 for box in boxes)
            assert all(box.top >= 3 and box.bottom <= height - 3 for box in boxes)
            rows = sorted(boxes, key=lambda box: box.top)
            for place, box in enumerate(rows):
                near = (other for other in rows[place + 1 :] if other.top < box.bottom)
                touching = [other.text for other in near if box.overlaps(other)]
                assert not touching, (kind, bids, box.text, touching)


@pytest.mark.parametrize("kind", KINDS)
def test_every_bid_is_there_with_all_its_words(app: Flask, tmp_path: Path, kind: str) -> None:
    matter = matter_of(NUMBER)
    items = tuple(
        replace(item, title=f"Title{item.number}", group=f"Group{item.number}", summary=f"Summary{item.number} end.")
        for item in matter.items
    )
    pages = words_on(drawn(app, kind, replace(matter, items=items)), tmp_path)
    said = [word.text for page in pages for word in page]
    for number in range(1, NUMBER + 1):
        assert said.count(f"Title{number}") == 1
        assert said.count(f"Group{number}") == 1
        assert said.count(f"Summary{number}") == (kind in {"handout", "booklet"})
        assert str(number) in said
    assert said.count("£3,999.99") == NUMBER


def test_twenty_long_bids_fit_on_the_two_sides_of_a_handout(app: Flask, tmp_path: Path) -> None:
    pages = words_on(drawn(app, "handout", matter_of(20, long=True)), tmp_path)
    assert len(pages) == 2
    assert min(word.size for page in pages for word in page) >= 7


def test_nothing_in_the_booklet_is_smaller_than_eighteen_points(app: Flask, tmp_path: Path) -> None:
    for language in LANGUAGES:
        sizes = {
            box.bottom - box.top
            for *_, boxes in boxes_on(drawn(app, "booklet", matter_of(5, language)), tmp_path)
            for box in boxes
        }
        # The lowest letters' box is as tall as a line of 18 points of Noto Sans, or of its Arabic sister.
        assert min(sizes) >= 18 / POINTS_IN_MM * 1.3


def test_a_number_on_a_table_card_is_read_across_a_hall(app: Flask, tmp_path: Path) -> None:
    pages = words_on(drawn(app, "cards", matter_of(12)), tmp_path)
    assert len(pages) == 12
    for number, page in enumerate(pages, 1):
        assert next(word for word in page if word.text == str(number)).size > 100


@pytest.mark.parametrize(
    ("kind", "width", "height"),
    [
        ("poster", 297, 420),
        ("handout", 210, 297),
        ("booklet", 210, 297),
        ("cards", 210, 148),
    ],
)
def test_each_print_has_its_paper(app: Flask, tmp_path: Path, kind: str, width: int, height: int) -> None:
    for wide, high, _ in boxes_on(drawn(app, kind, matter_of(3)), tmp_path):
        assert (round(wide), round(high)) == (width, height)


@pytest.mark.parametrize("kind", ["poster", "handout"])
def test_a_phone_that_scans_it_reads_more(app: Flask, tmp_path: Path, kind: str) -> None:
    [code] = codes_on(rendered(drawn(app, kind, matter_of(11)), tmp_path)[0])
    assert code.text == "https://votes.trafford.example/events/sale-2014"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Poster of Sale decides"),
        ("pl", "Plakat: Sale decides"),
        ("ur", "پوسٹر: Sale decides"),
    ],
)
def test_a_print_names_its_title_and_language(app: Flask, tmp_path: Path, language: str, title: str) -> None:
    pdf = drawn(app, "poster", matter_of(3, language))
    assert facts_of(pdf, tmp_path)["Title"] == title
    assert f"/Lang ({language})".encode() in pdf


def test_a_poster_runs_from_right_to_left_in_arabic(app: Flask, tmp_path: Path) -> None:
    def numbers(language: str) -> list[float]:
        page = words_on(drawn(app, "poster", matter_of(9, language)), tmp_path)[0]
        return [word.x for word in page if word.text in {"3", "4", "8", "9"} and word.size > 30]

    assert numbers("en")
    assert max(numbers("en")) < 148 < min(numbers("ar"))


def test_poster_and_handout_are_public_with_the_page_and_the_rest_is_the_desks(
    app: Flask, client: CheckedClient, tmp_path: Path
) -> None:
    with writing(app):
        event = an_event()
        publish_page(event)
        slug = event.slug
    for kind in ("poster", "handout"):
        answer = client.get(f"/events/{slug}/{kind}.pdf?lang=pl")
        assert answer.mimetype == "application/pdf"
        assert ["Project", "of", "Group", "2"][0] in text_of(words_on(answer.data, tmp_path)[0])
    assert client.get(f"/events/{slug}/booklet.pdf").status_code == 404
    sign_in(client, "organiser@council.example")
    for kind in KINDS:
        for language in LANGUAGES:
            answer = client.get(f"/desk/events/{slug}/page/prints/{kind}?lang={language}")
            assert answer.data.startswith(b"%PDF"), (kind, language)
            assert f"/Lang ({language})".encode() in answer.data


def test_a_print_follows_what_changes(app: Flask, client: CheckedClient, tmp_path: Path) -> None:
    with writing(app):
        event = an_event()
        publish_page(event)
        slug = event.slug
    before = client.get(f"/events/{slug}/poster.pdf").data
    with writing(app):
        the_event().running_order[0].bid.title = "Something else"
    after = client.get(f"/events/{slug}/poster.pdf").data
    assert "Something" not in text_of(words_on(before, tmp_path)[0])
    assert "Something else" in text_of(words_on(after, tmp_path)[0])
