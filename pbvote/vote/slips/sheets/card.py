"""A slip as a card, an eighth of a sheet: what is on its front, and where.

It carries a QR code of 42 mm, the code in letters, its serial, the host in words, and one sentence in each
language of the event. Its cut corner tells a voter who can't see where the QR code is.
"""

from typing import Final
from urllib.parse import urlsplit

from pbvote.core.qr import QrSeries
from pbvote.printing.codes import draw_qr
from pbvote.printing.document import Document
from pbvote.printing.words import write_line, write_sentences
from pbvote.vote.events.models import Event
from pbvote.vote.slips.printing import PrintedSlip
from pbvote.vote.slips.sheets.rehearsal import draw_frame
from pbvote.vote.slips.sheets.sentences import NO_PHOTO, what_to_do

CARD_WIDTH: Final = 105.0  # mm
CARD_HEIGHT: Final = 74.25
MARGIN: Final = 6.0
CORNER: Final = 9.0

_QR_SIDE: Final = 42.0
_GAP: Final = 5.0  # the quiet zone beside the code: four modules of a code of 33
_QR_TOP: Final = MARGIN + 6
_WORDS: Final = MARGIN + _QR_SIDE + _GAP
_WORDS_WIDTH: Final = CARD_WIDTH - MARGIN - _WORDS
_SERIAL_WIDTH: Final = 18.0


def draw_front(pdf: Document, event: Event, address: str, *, is_test: bool) -> None:
    """What all fronts have in common, in the page's corner."""
    head = MARGIN + CORNER
    head_width = CARD_WIDTH - MARGIN - head - _SERIAL_WIDTH
    pdf.set_draw_color(170)
    pdf.set_line_width(0.1)
    pdf.line(0, CORNER, CORNER, 0)  # the corner to cut off, above the QR code
    write_line(pdf, "latin-bold", 10, event.share.locality.name, head, MARGIN - 1.2, head_width)
    write_line(pdf, "latin", 8.5, event.name, _WORDS, MARGIN + 3.2, _WORDS_WIDTH)
    write_line(pdf, "latin", 8, "Your code", _WORDS, MARGIN + 8.3, _WORDS_WIDTH)
    write_line(pdf, "latin", 8, "Type it at", _WORDS, MARGIN + 32.6, _WORDS_WIDTH)
    write_line(pdf, "latin-bold", 9, f"{urlsplit(address).netloc}/v", _WORDS, MARGIN + 36, _WORDS_WIDTH)
    if is_test:
        draw_frame(pdf, CARD_WIDTH, CARD_HEIGHT)
        _draw_warning(pdf)
    else:
        write_line(pdf, "latin", 7.5, NO_PHOTO, _WORDS, MARGIN + 43.6, _WORDS_WIDTH)
    write_sentences(pdf, what_to_do(event.day.languages), 6.2, MARGIN, CARD_HEIGHT - 17.2, CARD_WIDTH - 2 * MARGIN)


def draw_own_marks(pdf: Document, slip: PrintedSlip, codes: QrSeries, x: float, y: float) -> None:
    """What only this slip's front has, on the card with its corner at (x, y)."""
    draw_qr(pdf, codes.rows(slip.code), x + MARGIN, y + _QR_TOP, _QR_SIDE)
    right = x + CARD_WIDTH - MARGIN - _SERIAL_WIDTH
    write_line(pdf, "latin", 9, slip.serial, right, y + MARGIN - 1, _SERIAL_WIDTH, "R")
    for group, symbols in enumerate(slip.grouped_code.split("-")):
        write_line(pdf, "latin-bold", 17, symbols, x + _WORDS, y + MARGIN + 11.2 + group * 6.8, _WORDS_WIDTH)


def _draw_warning(pdf: Document) -> None:
    """In the place of the sentence about photographs, which such a slip does not need."""
    top = MARGIN + 40.6
    pdf.set_fill_color(0)
    pdf.rect(_WORDS, top, _WORDS_WIDTH, 9.8, style="F")
    pdf.set_text_color(255)
    write_line(pdf, "latin-bold", 12, "REHEARSAL:", _WORDS + 2, top + 0.3, _WORDS_WIDTH - 4)
    write_line(pdf, "latin-bold", 9.5, "this slip never counts", _WORDS + 2, top + 5.2, _WORDS_WIDTH - 4)
    pdf.set_text_color(0)
