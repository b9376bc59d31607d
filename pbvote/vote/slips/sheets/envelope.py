"""An envelope of slips, and the label that is glued on it."""

from dataclasses import dataclass

from pbvote.addresses import envelope_page
from pbvote.core.qr import qr_rows
from pbvote.printing.codes import draw_qr
from pbvote.printing.document import Document
from pbvote.printing.words import write_line, write_paragraph
from pbvote.vote.events.models import Event
from pbvote.vote.slips.printing import PrintedSlip
from pbvote.vote.slips.sheets.card import CARD_WIDTH, MARGIN

QR_SIDE = 42.0


@dataclass(frozen=True)
class EnvelopeLabel:
    """The slips of one envelope, in the order in which they are printed."""

    event: Event
    number: int
    slips: tuple[PrintedSlip, ...]
    is_sealed: bool
    is_large: bool

    @property
    def serials(self) -> str:
        """The first and the last serial inside, whatever their order."""
        in_order = sorted((slip.serial for slip in self.slips), key=lambda serial: (len(serial), serial))
        return in_order[0] if len(in_order) == 1 else f"{in_order[0]} to {in_order[-1]}"

    @property
    def address(self) -> str:
        """The page on which a steward says that the envelope is open now."""
        return envelope_page(self.event.slug, self.number)

    @property
    def is_rehearsal(self) -> bool:
        """Whether nothing in it ever counts."""
        return all(slip.is_test for slip in self.slips)

    @property
    def must_be_opened(self) -> bool:
        """Whether its slips wait until somebody scans its label. Those for a rehearsal never do."""
        return self.is_sealed and not self.is_rehearsal


def draw_label(pdf: Document, envelope: EnvelopeLabel, x: float, y: float) -> None:
    """A label as large as a card, with its corner at (x, y). Its dark head tells it from a slip."""
    left, width = x + MARGIN, CARD_WIDTH - 2 * MARGIN
    head = "Rehearsal" if envelope.is_rehearsal else f"Envelope {envelope.number}"
    pdf.set_fill_color(0)
    pdf.rect(left, y + MARGIN, width, 12, style="F")
    pdf.set_text_color(255)
    write_line(pdf, "latin-bold", 22, head, left + 3, y + MARGIN + 1.2, width - 6)
    if envelope.is_large:
        write_line(pdf, "latin-bold", 13, "Large print", left + 3, y + MARGIN + 3.2, width - 6, "R")
    pdf.set_text_color(0)
    words = left
    if envelope.must_be_opened:
        draw_qr(pdf, qr_rows(envelope.address), left, y + MARGIN + 17, QR_SIDE)
        words += QR_SIDE + 6
    _draw_words(pdf, envelope, words, y + MARGIN + 16, x + CARD_WIDTH - MARGIN - words)


def _draw_words(pdf: Document, envelope: EnvelopeLabel, x: float, y: float, width: float) -> None:
    slips = len(envelope.slips)
    y = write_paragraph(pdf, "latin-bold", 9.5, envelope.event.name, x, y, width) + 1.5
    write_line(pdf, "latin-bold", 11, envelope.serials, x, y, width)
    write_line(pdf, "latin", 9, f"{slips} slips" if slips != 1 else "1 slip", x, y + 5.5, width)
    y += 12.5
    if envelope.must_be_opened:
        y = write_paragraph(pdf, "latin-bold", 9, "Scan this when you open the envelope.", x, y, width)
        write_paragraph(pdf, "latin", 9, "Until then its slips do not work.", x, y + 1, width)
    elif envelope.is_rehearsal:
        write_paragraph(pdf, "latin-bold", 12, "These slips never count. Keep them away from the others.", x, y, width)
    else:
        write_paragraph(pdf, "latin", 9, "Its slips work at once.", x, y, width)
