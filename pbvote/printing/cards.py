"""A card of A6 on a sheet of A4, for whoever helps at an event: who it is for, a QR code, and the code to type."""

from typing import Final

from pbvote.core.codes import in_groups
from pbvote.core.qr import qr_rows
from pbvote.printing.codes import draw_qr
from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, Document, blank_document
from pbvote.printing.words import write_line, write_paragraph

WIDTH: Final = 105.0  # mm: A6
HEIGHT: Final = 148.5
MARGIN: Final = 8.0
QR_SIDE: Final = 46.0

_SMALL: Final = 9.5  # points
_INNER: Final = WIDTH - 2 * MARGIN


class Card:
    """A card that is written from top to bottom: its head and codes first, then paragraphs and points."""

    def __init__(self, title: str, role: str, name: str, below: str, address: str) -> None:
        """`role` stands in the black bar, `name` and `below` under it. `address` ends in ``#`` and the code."""
        self._pdf = blank_document(title)
        self._pdf.add_page()
        _draw_cuts(self._pdf)
        _draw_head(self._pdf, role, name, below)
        self._top = MARGIN + 29
        self._draw_codes(address)

    def _draw_codes(self, address: str) -> None:
        draw_qr(self._pdf, qr_rows(address), (WIDTH - QR_SIDE) / 2, self._top, QR_SIDE)
        self._top += QR_SIDE + 3
        page, _, code = address.partition("#")
        if code:
            where = f"Scan it, or type it at {page.partition('://')[2]}"
            write_line(self._pdf, "latin-bold", 16, in_groups(code), MARGIN, self._top, _INNER, "C")
            write_line(self._pdf, "latin", 8.5, where, MARGIN, self._top + 8, _INNER, "C")
        self._top += 14

    def say(self, sentence: str, *, is_bold: bool = False, space: float = 0) -> None:
        """Write a paragraph, after `space` in mm."""
        font = "latin-bold" if is_bold else "latin"
        self._top = write_paragraph(self._pdf, font, _SMALL, sentence, MARGIN, self._top + space, _INNER)

    def list(self, point: str) -> None:
        """Write one point of a list."""
        write_line(self._pdf, "latin", _SMALL, "–", MARGIN, self._top, 4)
        self._top = write_paragraph(self._pdf, "latin", _SMALL, point, MARGIN + 4, self._top, _INNER - 4)

    def pdf(self) -> bytes:
        """The file."""
        return bytes(self._pdf.output())


def _draw_cuts(pdf: Document) -> None:
    pdf.set_draw_color(170)
    pdf.set_line_width(0.1)
    pdf.line(0, HEIGHT, A4_WIDTH, HEIGHT)
    pdf.line(WIDTH, 0, WIDTH, A4_HEIGHT)


def _draw_head(pdf: Document, role: str, name: str, below: str) -> None:
    pdf.set_fill_color(0)
    pdf.rect(MARGIN, MARGIN, _INNER, 11, style="F")
    pdf.set_text_color(255)
    write_line(pdf, "latin-bold", 20, role, MARGIN + 3, MARGIN + 1, _INNER - 6)
    pdf.set_text_color(0)
    write_line(pdf, "latin-bold", 15, name, MARGIN, MARGIN + 13, _INNER)
    write_line(pdf, "latin", 11, below, MARGIN, MARGIN + 20.5, _INNER)
