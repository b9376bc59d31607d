"""Slips in large print: a sheet of A4 each, nothing on it smaller than 18 points that a voter needs."""

from typing import Final
from urllib.parse import urlsplit

from pbvote.core.qr import QrSeries
from pbvote.printing.codes import draw_qr
from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, Document, Drawing
from pbvote.printing.words import write_line, write_sentences
from pbvote.vote.events.models import Event
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.printing import PrintedSlip
from pbvote.vote.slips.sheets.back import Back, Side, draw_back, draw_serial
from pbvote.vote.slips.sheets.card import CARD_HEIGHT, CARD_WIDTH
from pbvote.vote.slips.sheets.envelope import EnvelopeLabel, draw_label
from pbvote.vote.slips.sheets.grid import IN_LARGE_PRINT
from pbvote.vote.slips.sheets.rehearsal import draw_frame
from pbvote.vote.slips.sheets.sentences import NO_PHOTO, ONE_COUNTS, REHEARSAL, what_to_do

MARGIN: Final = 14.0  # mm
CORNER: Final = 20.0
QR_SIDE: Final = 90.0
BACK: Final = Side(
    width=A4_WIDTH,
    height=A4_HEIGHT,
    margin=11,
    head=16,
    instruction=18,
    others=16,
    foot=ONE_COUNTS,
    foot_size=18,
    boxes=IN_LARGE_PRINT,
)

_INNER: Final = A4_WIDTH - 2 * MARGIN
_QR_TOP: Final = 44.0
_WORDS: Final = MARGIN + QR_SIDE + 14
_SERIAL_WIDTH: Final = 38.0


class LargePress:
    """Draws each slip on a sheet of its own. An envelope begins with a sheet for its label, as large as on cards."""

    def __init__(self, pdf: Document, event: Event, paper: Paper, codes: QrSeries) -> None:
        self._pdf = pdf
        self._event = event
        self._paper = paper
        self._back_says = Back(event.name, paper, event.day.languages)
        self._codes = codes
        self._sides: dict[bool, tuple[Drawing, Drawing]] = {}

    def print_envelope(self, envelope: EnvelopeLabel) -> None:
        """The label, then each slip's front and back."""
        self._pdf.add_page()
        draw_label(self._pdf, envelope, 0, 0)
        self._pdf.set_draw_color(170)
        self._pdf.set_line_width(0.1)
        self._pdf.line(0, CARD_HEIGHT, CARD_WIDTH, CARD_HEIGHT)
        self._pdf.line(CARD_WIDTH, 0, CARD_WIDTH, CARD_HEIGHT)
        if self._paper.lines:
            self._pdf.add_page()  # the label's empty back
        for slip in envelope.slips:
            self._print_slip(slip)

    def _print_slip(self, slip: PrintedSlip) -> None:
        self._pdf.add_page()
        front, back = self._sides_of(slip)
        self._pdf.stamp(front, 0, 0)
        _draw_own_marks(self._pdf, slip, self._codes)
        if self._paper.lines:
            self._pdf.add_page()
            self._pdf.stamp(back, 0, 0)
            draw_serial(self._pdf, BACK, slip.serial, 0, 0)

    def _sides_of(self, slip: PrintedSlip) -> tuple[Drawing, Drawing]:
        if slip.is_test not in self._sides:
            with self._pdf.recording() as front:
                _draw_front(self._pdf, self._event, slip.address, is_test=slip.is_test)
            with self._pdf.recording() as back:
                draw_back(self._pdf, BACK, self._back_says, is_test=slip.is_test)
            self._sides[slip.is_test] = front, back
        return self._sides[slip.is_test]


def _draw_front(pdf: Document, event: Event, address: str, *, is_test: bool) -> None:
    """What all fronts have in common, in the page's corner."""
    head = MARGIN + CORNER - 6
    pdf.set_draw_color(170)
    pdf.set_line_width(0.1)
    pdf.line(0, CORNER, CORNER, 0)  # the corner to cut off, above the QR code
    name = event.share.locality.name
    write_line(pdf, "latin-bold", 24, name, head, MARGIN - 3, A4_WIDTH - MARGIN - head - _SERIAL_WIDTH)
    write_line(pdf, "latin", 18, event.name, head, MARGIN + 9, A4_WIDTH - MARGIN - head)
    write_line(pdf, "latin", 18, "Your code", _WORDS, _QR_TOP + 2, A4_WIDTH - MARGIN - _WORDS)
    below = _QR_TOP + QR_SIDE + 9
    write_line(pdf, "latin-bold", 18, f"Type it at {urlsplit(address).netloc}/v", MARGIN, below, _INNER)
    y = write_sentences(pdf, what_to_do(event.day.languages), 18, MARGIN, below + 12, _INNER, gap=3.5)
    if is_test:
        draw_frame(pdf, A4_WIDTH, A4_HEIGHT)
        pdf.set_fill_color(0)
        pdf.rect(MARGIN, A4_HEIGHT - MARGIN - 16, _INNER, 16, style="F")
        pdf.set_text_color(255)
        write_line(pdf, "latin-bold", 26, REHEARSAL, MARGIN + 4, A4_HEIGHT - MARGIN - 13.5, _INNER - 8, "C")
        pdf.set_text_color(0)
    else:
        write_line(pdf, "latin-bold", 18, NO_PHOTO, MARGIN, y + 4, _INNER)


def _draw_own_marks(pdf: Document, slip: PrintedSlip, codes: QrSeries) -> None:
    """What only this slip's front has."""
    draw_qr(pdf, codes.rows(slip.code), MARGIN, _QR_TOP, QR_SIDE)
    write_line(pdf, "latin", 18, slip.serial, A4_WIDTH - MARGIN - _SERIAL_WIDTH, MARGIN - 2, _SERIAL_WIDTH, "R")
    for group, symbols in enumerate(slip.grouped_code.split("-")):
        write_line(pdf, "latin-bold", 44, symbols, _WORDS, _QR_TOP + 16 + group * 22, A4_WIDTH - MARGIN - _WORDS)
