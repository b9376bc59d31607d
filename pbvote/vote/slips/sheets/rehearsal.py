"""What marks a slip that can never count, on both its sides."""

from typing import Final

from pbvote.printing.document import Document

_INSET: Final = (
    3.2  # mm from the edge: a printer leaves a rim of about 4 mm at the sheet's edge, and part of it still shows
)
_THICK: Final = 1.4  # on a card; a large side has a heavier one
_SIDE: Final = 105.0


def draw_frame(pdf: Document, width: float, height: float) -> None:
    """A heavy frame around a side in the page's corner."""
    pdf.set_draw_color(0)
    thick = _THICK * width / _SIDE
    pdf.set_line_width(thick)
    middle = _INSET + thick / 2
    pdf.rect(middle, middle, width - 2 * middle, height - 2 * middle)
