"""The poster of a consultation: A4, its questions, and a code that leads to the boxes."""

from typing import Final

from pbvote.addresses import consultation_address
from pbvote.core.qr import qr_rows
from pbvote.filters import day
from pbvote.partnership.engagement.consultations.models import Consultation
from pbvote.printing.codes import draw_qr
from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, Document, blank_document
from pbvote.printing.words import paragraph_height, write_line, write_paragraph

_MARGIN: Final = 16.0  # mm
_INNER: Final = A4_WIDTH - 2 * _MARGIN
_CODE: Final = 96.0
_FOOT: Final = A4_HEIGHT - _MARGIN - _CODE - 26
"""Where the code begins."""
_LARGEST: Final = 46.0  # points
_LEAST: Final = 14.0


def consultation_poster(consultation: Consultation) -> bytes:
    """The poster as a PDF of one page, its questions in letters as large as they may be."""
    pdf = blank_document(f"Poster: {consultation.title}")
    pdf.add_page()
    y = write_paragraph(pdf, "latin-bold", 20, consultation.title, _MARGIN, _MARGIN, _INNER) + 4
    size = _LARGEST
    while size > _LEAST and y + _height(pdf, consultation, size) > _FOOT - 6:
        size -= 2
    for question in consultation.questions:
        y = write_paragraph(pdf, "latin-bold", size, question.words, _MARGIN, y, _INNER) + size / 8
    write_paragraph(pdf, "latin", size * 0.45, consultation.why, _MARGIN, y, _INNER)
    _draw_foot(pdf, consultation)
    return bytes(pdf.output())


def _height(pdf: Document, consultation: Consultation, size: float) -> float:
    asked = (paragraph_height(pdf, "latin-bold", size, each.words, _INNER) for each in consultation.questions)
    why = paragraph_height(pdf, "latin", size * 0.45, consultation.why, _INNER)
    return sum(asked) + len(consultation.questions) * size / 8 + why


def _draw_foot(pdf: Document, consultation: Consultation) -> None:
    address = consultation_address(consultation.code)
    draw_qr(pdf, qr_rows(address), _MARGIN, _FOOT, _CODE)
    beside, width = _MARGIN + _CODE + 12, _INNER - _CODE - 12
    y = write_paragraph(pdf, "latin-bold", 24, "Scan, write, send.", beside, _FOOT, width) + 4
    y = write_paragraph(pdf, "latin", 16, "It takes a minute. We ask for no name.", beside, y, width) + 4
    until = f"Until {day(consultation.closes_on)}"
    y = write_paragraph(pdf, "latin-bold", 16, until, beside, y, width) + 4
    said = f"By {day(consultation.result_due_on)} we say what we heard, and what we do about it."
    write_paragraph(pdf, "latin", 16, said, beside, y, width)
    write_line(pdf, "latin-bold", 20, address.partition("://")[2], _MARGIN, _FOOT + _CODE + 8, _INNER)
