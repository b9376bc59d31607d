"""Words on paper: a line that shrinks to fit, a paragraph, and one sentence in every language of the voter's path."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal, cast

from flask_babel import force_locale

from pbvote.printing.document import Document

POINT: Final = 0.3528  # mm
LINE: Final = 1.3  # the height of a line, in sizes of its letters
RIGHT_TO_LEFT: Final = frozenset({"ar", "ur"})

Align = Literal["L", "C", "R"]
Way = Literal["ltr", "rtl"]

_BASELINE: Final = 0.95  # how far below a line's top its letters stand, in sizes


def write_line(
    pdf: Document,
    font: str,
    size: float,
    text: str,
    x: float,
    y: float,
    width: float,
    align: Align = "L",
    way: Way | None = None,
) -> None:
    """One line of text with its top at `y`, made smaller where it would not fit. `size` is in points.

    `way` is the direction of the page; without it the text's first letter decides how its parts follow each other.
    """
    if needs_shaping(text):
        _write_shaped(pdf, font, size, text, x, y, width, align, way)
        return
    pdf.set_font(font, size=size)
    needed = pdf.get_string_width(text)
    if needed > width:
        pdf.set_font(font, size=size * width / needed)
        needed = width
    left = {"L": x, "C": x + (width - needed) / 2, "R": x + width - needed}[align]
    # A cell would take ten times as long, and there are tens of thousands of these.
    pdf.text(left, y + size * POINT * _BASELINE, text)


def write_paragraph(
    pdf: Document, font: str, size: float, text: str, x: float, y: float, width: float, align: Align = "L"
) -> float:
    """As many lines as the text needs. Returns where they end."""
    pdf.set_font(font, size=size)
    pdf.set_xy(x, y)
    pdf.set_text_shaping(needs_shaping(text))
    pdf.multi_cell(width, size * POINT * LINE, text, align=align)
    pdf.set_text_shaping(False)
    return pdf.get_y()


def paragraph_height(pdf: Document, font: str, size: float, text: str, width: float) -> float:
    """What `write_paragraph` would take, in mm."""
    pdf.set_font(font, size=size)
    pdf.set_text_shaping(needs_shaping(text))
    lines = pdf.multi_cell(width, size * POINT * LINE, text, align="L", dry_run=True, output="LINES")
    pdf.set_text_shaping(False)
    return len(cast(list[str], lines)) * size * POINT * LINE


def in_languages(languages: Iterable[str], sentence: Callable[[], str]) -> dict[str, str]:
    """What `sentence` says, by language."""
    said = {}
    for language in languages:
        with force_locale(language):
            said[language] = sentence()
    return said


def sentences_height(pdf: Document, sentences: Mapping[str, str], size: float, width: float) -> float:
    """What `write_sentences` would take without gaps, in mm."""
    return sum(paragraph_height(pdf, _font_of(language), size, words, width) for language, words in sentences.items())


def write_sentences(
    pdf: Document, sentences: Mapping[str, str], size: float, x: float, y: float, width: float, gap: float = 0
) -> float:
    """One language under the other; those from right to left stand at the right. Returns where they end."""
    for language, sentence in sentences.items():
        align: Align = "R" if language in RIGHT_TO_LEFT else "L"
        y = write_paragraph(pdf, _font_of(language), size, sentence, x, y, width, align) + gap
    return y


def _font_of(language: str) -> str:
    return "arabic" if language in RIGHT_TO_LEFT else "latin"


def needs_shaping(text: str) -> bool:
    """Whether letters of it run from right to left, and change their form with their neighbours."""
    return not text.isascii() and any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def _write_shaped(
    pdf: Document,
    font: str,
    size: float,
    text: str,
    x: float,
    y: float,
    width: float,
    align: Align,
    way: Way | None,
) -> None:
    pdf.set_text_shaping(True, direction=way)
    pdf.set_font(font, size=size)
    needed = pdf.get_string_width(text)
    pdf.set_font(font, size=min(size, size * width / needed))
    pdf.set_xy(x, y)
    pdf.cell(width, size * POINT * LINE, text, align=align)
    pdf.set_text_shaping(False)
