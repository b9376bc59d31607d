"""The paper ballot to look at before slips are printed: the very backs, and a word across them."""

import math
from typing import Final

from pbvote.printing.document import Document, blank_document
from pbvote.printing.words import POINT, write_line
from pbvote.vote.slips.sheets import cards, large
from pbvote.vote.slips.sheets.back import Back, Side, draw_back, draw_serial

SPECIMEN: Final = "SPECIMEN"
_SERIAL: Final = "S-0000"  # which no slip has
_SHARE: Final = 0.8  # of the diagonal that the word takes
_LETTERS: Final = 0.66  # the width of its capitals, in sizes


def specimen(back: Back) -> bytes:
    """The back of a card and of a slip in large print, a page of its own size each, as one PDF in memory."""
    pdf = blank_document(f"Specimen ballot: {back.event}")
    for side in (cards.BACK, large.BACK):
        pdf.add_page(format=(side.width, side.height))
        draw_back(pdf, side, back, is_test=False)
        draw_serial(pdf, side, _SERIAL, 0, 0)
        _write_across(pdf, side)
    return bytes(pdf.output())


def _write_across(pdf: Document, side: Side) -> None:
    """The word from corner to corner, so thin that all is read under it and so large that nobody cuts it off."""
    length = _SHARE * math.hypot(side.width, side.height)
    size = length / (len(SPECIMEN) * _LETTERS * POINT)
    middle = side.width / 2, side.height / 2
    angle = math.degrees(math.atan2(side.height, side.width))
    with pdf.local_context(fill_opacity=0.22), pdf.rotation(angle, *middle):
        left, top = middle[0] - length / 2, middle[1] - size * POINT * 0.6
        write_line(pdf, "latin-bold", size, SPECIMEN, left, top, length, "C")
