"""The card with which a witness confirms."""

from typing import Final

from pbvote.core.codes import in_groups
from pbvote.core.qr import qr_rows
from pbvote.printing.codes import draw_qr
from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, Document, blank_document
from pbvote.printing.words import write_line, write_paragraph
from pbvote.vote.acts.kinds import occasions
from pbvote.vote.events.models import Event

WIDTH: Final = 105.0  # mm: A6
HEIGHT: Final = 148.5
MARGIN: Final = 8.0
QR_SIDE: Final = 46.0
TASK: Final = "With this card you may be asked to confirm:"

_SMALL: Final = 9.5  # points
_INNER: Final = WIDTH - 2 * MARGIN


def witness_card(event: Event, name: str, address: str) -> bytes:
    """A card of A6 on a sheet of A4. `address` is the card's own page, with its code in the fragment."""
    pdf = blank_document(f"Witness card of {event.name}")
    pdf.add_page()
    pdf.set_draw_color(170)
    pdf.set_line_width(0.1)
    pdf.line(0, HEIGHT, A4_WIDTH, HEIGHT)
    pdf.line(WIDTH, 0, WIDTH, A4_HEIGHT)
    page, _, code = address.partition("#")
    _draw_head(pdf, event, name)
    top = MARGIN + 29
    draw_qr(pdf, qr_rows(address), (WIDTH - QR_SIDE) / 2, top, QR_SIDE)
    top += QR_SIDE + 3
    if code:
        where = f"Scan it, or type it at {page.partition('://')[2]}"
        write_line(pdf, "latin-bold", 16, in_groups(code), MARGIN, top, _INNER, "C")
        write_line(pdf, "latin", 8.5, where, MARGIN, top + 8, _INNER, "C")
    top = write_paragraph(pdf, "latin", _SMALL, TASK, MARGIN, top + 14, _INNER)
    for occasion in occasions():
        write_line(pdf, "latin", _SMALL, "–", MARGIN, top, 4)
        top = write_paragraph(pdf, "latin", _SMALL, occasion, MARGIN + 4, top, _INNER - 4)
    top = write_paragraph(pdf, "latin-bold", _SMALL, "Look before you press.", MARGIN, top + 1, _INNER)
    write_paragraph(pdf, "latin", _SMALL, "Keep the card with you, and give it back at the end.", MARGIN, top, _INNER)
    return bytes(pdf.output())


def _draw_head(pdf: Document, event: Event, name: str) -> None:
    pdf.set_fill_color(0)
    pdf.rect(MARGIN, MARGIN, _INNER, 11, style="F")
    pdf.set_text_color(255)
    write_line(pdf, "latin-bold", 20, "Witness", MARGIN + 3, MARGIN + 1, _INNER - 6)
    pdf.set_text_color(0)
    write_line(pdf, "latin-bold", 15, name, MARGIN, MARGIN + 13, _INNER)
    write_line(pdf, "latin", 11, event.name, MARGIN, MARGIN + 20.5, _INNER)
