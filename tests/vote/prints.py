"""What the tests of an event's prints draw, and how they read it back."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask
from flask_babel import force_locale

from pbvote.files.store import the_store
from pbvote.vote.programme.matter import Item, Matter
from pbvote.vote.programme.photos import PrintPhoto
from pbvote.vote.programme.prints import KINDS
from tests.files.samples import scene
from tests.paper import POINTS_IN_MM, boxed_text, streams_of

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengese"
ARABIC = "أحواض مرتفعة يمكن الوصول إليها من الكرسي المتحرك وأعشاب يمكن للجميع قطفها"
ENGLISH = "Raised beds that anyone can reach from a wheelchair, with herbs that anyone may pick"


def words(text: str, number: int) -> str:
    """So many words, over and over."""
    return " ".join((text.split() * number)[:number])


def matter_of(
    bids: int, language: str = "en", *, long: bool = False, photos: Sequence[PrintPhoto | None] = (None,)
) -> Matter:
    """An event with so many bids; with `long`, the longest that the forms take. The photos go round."""
    text = ARABIC if language in {"ur", "ar"} else ENGLISH
    title = f"{LONG_WORD} and so" if long else words(text, 5)
    summary, group = words(text, 80 if long else 14), "Friends of the Park " * (6 if long else 1)
    items = [
        Item(number, title, summary, group.strip(), "£3,999.99", photos[number % len(photos)])
        for number in range(1, bids + 1)
    ]
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

    @cached_property
    def core(self) -> tuple[float, float]:
        """From where to where its letters surely reach: fonts claim more, the Arabic one half a line more."""
        rim = (self.bottom - self.top) * (0.22 if self.text.isascii() else 0.32)
        return self.top + rim, self.bottom - rim

    def is_on(self, photo: "Box") -> bool:
        """Whether its letters stand on a photo."""
        top, bottom = self.core
        is_across = self.left < photo.right - 0.3 and photo.left + 0.3 < self.right
        return is_across and top < photo.bottom and photo.top < bottom

    def overlaps(self, other: "Box") -> bool:
        """Whether letters of one stand on letters of the other."""
        (top, bottom), (its_top, its_bottom) = self.core, other.core
        beside = self.right - 0.3 <= other.left or other.right - 0.3 <= self.left
        return not beside and its_top < bottom and top < its_bottom


_MEDIA = re.compile(rb"/MediaBox \[0 0 [\d.]+ ([\d.]+)\]")
_CLIP = re.compile(rb"q ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re W n")
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>')


def boxes_on(pdf: bytes, folder: Path) -> Iterator[tuple[float, float, list[Box]]]:
    """Each page's width, height and words."""
    said = boxed_text(pdf, folder)
    for page in re.split(r"(?=<page )", said)[1:]:
        size = _PAGE.match(page)
        assert size
        boxes = [Box(text, *(float(each) / POINTS_IN_MM for each in place)) for *place, text in _WORD.findall(page)]
        yield float(size[1]) / POINTS_IN_MM, float(size[2]) / POINTS_IN_MM, boxes


def a_print_photo(app: Flask, width: int = 400, height: int = 300, text: str = "Children plant a tree") -> PrintPhoto:
    """A photo that lies in the store, as small ones do."""
    file = io.BytesIO()
    scene(width, height).save(file, "JPEG", quality=76, progressive=True)
    with app.app_context():
        return PrintPhoto(the_store().put(file.getvalue()), width, height, text)


def photos_on(pdf: bytes) -> list[list[Box]]:
    """Where the photos of each page are seen."""
    media = _MEDIA.search(pdf)
    assert media
    high = float(media[1]) / POINTS_IN_MM
    return [[_seen(place, high) for place in _CLIP.findall(page)] for page in streams_of(pdf) if b"/MCID" in page]


def _seen(place: tuple[bytes, ...], page_height: float) -> Box:
    left, foot, width, height = (float(each) / POINTS_IN_MM for each in place)
    return Box("", left, page_height - foot - height, left + width, page_height - foot)
