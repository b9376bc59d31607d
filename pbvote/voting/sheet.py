"""The printed slips: A4 sheets with eight cards each, to be cut along the hairlines.

A card carries a QR code of 42 mm, the code in letters, its serial, the host in words, and one sentence in every
language of the voter's path. Its cut corner tells a voter who can't see where the QR code is.
"""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale, gettext
from fpdf import FPDF

from pbvote.config import LANGUAGES
from pbvote.core.qr import dark_runs, qr_rows, smallest_version
from pbvote.events.models import Event
from pbvote.voting.slips import PrintedSlip

COLUMNS, ROWS = 2, 4
CARD_WIDTH, CARD_HEIGHT = 105.0, 74.25  # mm: A4 cut in eight
MARGIN = 6.0
QR_SIDE = 42.0
GAP = 5.0  # the quiet zone beside the code: four modules of a code of 33
CORNER = 9.0
POINT = 0.3528  # mm

_FONTS = {
    "latin": ("NotoSans_400Regular.ttf", ""),
    "latin-bold": ("NotoSans_700Bold.ttf", ""),
    "arabic": ("NotoSansArabic_400Regular.ttf", ""),
}
RIGHT_TO_LEFT = frozenset({"ar", "ur"})


def slip_sheets(event: Event, slips: Sequence[PrintedSlip]) -> bytes:
    """The slips as one PDF in memory. It goes to whoever asked for it and is stored nowhere."""
    pdf = _blank_document(f"Slips for {event.name}")
    sentences = {language: _sentence_in(language) for language in LANGUAGES}
    host = urlsplit(slips[0].address).netloc
    version = smallest_version(len(slips[0].address)) if slips else None
    for index, slip in enumerate(slips):
        place = index % (COLUMNS * ROWS)
        if place == 0:
            pdf.add_page()
            _cutting_lines(pdf)
        x, y = place % COLUMNS * CARD_WIDTH, place // COLUMNS * CARD_HEIGHT
        _draw_qr(pdf, slip.address, version, x + MARGIN, y + MARGIN + 7)
        _draw_words(pdf, event, slip, host, x, y)
        _draw_sentences(pdf, sentences, x, y)
    return bytes(pdf.output())


def _blank_document(title: str) -> FPDF:
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_title(title)
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    folder = Path(current_app.static_folder or "")
    for family, (file, style) in _FONTS.items():
        pdf.add_font(family, style, folder / file)
    return pdf


def _sentence_in(language: str) -> str:
    """What to do with the slip, in one of the voter's languages."""
    with force_locale(language):
        return gettext("Scan your slip, or type the 12 letters and numbers on it.")


def _cutting_lines(pdf: FPDF) -> None:
    pdf.set_draw_color(170)
    pdf.set_line_width(0.1)
    for row in range(1, ROWS):
        pdf.line(0, row * CARD_HEIGHT, CARD_WIDTH * COLUMNS, row * CARD_HEIGHT)
    pdf.line(CARD_WIDTH, 0, CARD_WIDTH, CARD_HEIGHT * ROWS)
    for column in range(COLUMNS):
        for row in range(ROWS):
            x, y = column * CARD_WIDTH, row * CARD_HEIGHT
            pdf.line(x, y + CORNER, x + CORNER, y)  # the corner to cut off, above the QR code


def _draw_qr(pdf: FPDF, text: str, version: int | None, x: float, y: float) -> None:
    rows = qr_rows(text, version)
    module = QR_SIDE / len(rows)
    pdf.set_fill_color(0)
    for line, row in enumerate(rows):
        for start, length in dark_runs(row):
            # A hair of overlap: renderers leave light seams between shapes that only touch.
            pdf.rect(x + start * module, y + line * module, length * module, module + 0.02, style="F")


def _draw_words(pdf: FPDF, event: Event, slip: PrintedSlip, host: str, x: float, y: float) -> None:
    left = x + MARGIN + QR_SIDE + GAP
    width = CARD_WIDTH - MARGIN * 2 - QR_SIDE - GAP
    _line(pdf, "latin-bold", 10.5, event.share.locality.name, x + MARGIN + CORNER, y + MARGIN - 2.5, 62)
    _line(pdf, "latin", 9, event.name, x + MARGIN + CORNER, y + MARGIN + 1.7, 62)
    pdf.set_xy(x + CARD_WIDTH - MARGIN - 26, y + MARGIN - 2.5)
    pdf.set_font("latin", size=9)
    pdf.cell(26, 4.5, slip.serial, align="R")
    _line(pdf, "latin", 8, "Your code", left, y + MARGIN + 7.5, width)
    for group, symbols in enumerate(slip.grouped_code.split("-")):
        _line(pdf, "latin-bold", 17, symbols, left, y + MARGIN + 11.5 + group * 7, width)
    _line(pdf, "latin", 8, "Type it at", left, y + MARGIN + 34.5, width)
    _line(pdf, "latin-bold", 9, f"{host}/v", left, y + MARGIN + 38.3, width)
    _line(pdf, "latin", 7, "Don't post a photo of this slip.", left, y + MARGIN + 45, width)


def _draw_sentences(pdf: FPDF, sentences: dict[str, str], x: float, y: float) -> None:
    """One language under the other; those from right to left stand at the right."""
    for index, (language, sentence) in enumerate(sentences.items()):
        is_mirrored = language in RIGHT_TO_LEFT
        pdf.set_font("arabic" if is_mirrored else "latin", size=6)
        pdf.set_text_shaping(is_mirrored)
        pdf.set_xy(x + MARGIN, y + CARD_HEIGHT - 16 + index * 3)
        pdf.cell(CARD_WIDTH - 2 * MARGIN, 3, sentence, align="R" if is_mirrored else "L")
    pdf.set_text_shaping(False)


def _line(pdf: FPDF, font: str, size: float, text: str, x: float, y: float, width: float) -> None:
    """One line of text, made smaller where it would not fit."""
    pdf.set_font(font, size=size)
    needed = pdf.get_string_width(text)
    if needed > width:
        pdf.set_font(font, size=size * width / needed)
    pdf.set_xy(x, y)
    pdf.cell(width, size * POINT * 1.25, text)
