"""A page of A4 that is filled from the top, and goes on to another where it is full."""

from collections.abc import Sequence
from typing import Final

from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, Document
from pbvote.printing.words import POINT, paragraph_height, write_line, write_paragraph

MARGIN: Final = 20.0  # mm
WIDTH: Final = A4_WIDTH - 2 * MARGIN
_BOTTOM: Final = A4_HEIGHT - MARGIN
_FOOT: Final = 9.0  # points


class Flow:
    """Writes one thing under the other. `y` is where the next one begins, in mm; `left` and `width` its column.

    `again` stands at the top of each further page, so that a sheet that comes apart still says what it is about.
    """

    def __init__(self, pdf: Document, again: str = "") -> None:
        self.pdf = pdf
        self.again = again
        pdf.add_page()
        self.left, self.width, self.y = MARGIN, WIDTH, MARGIN

    def need(self, height: float) -> None:
        """Go on to a new page unless so much fits on this one."""
        if self.y + height > _BOTTOM:
            self.pdf.add_page()
            self.y = MARGIN
            if self.again:
                self.paragraph(self.again, 13, "latin-bold")
                self.y += 3

    def heading(self, text: str, size: float = 14) -> None:
        """A heading, and room under it, so that it never stands alone at the foot of a page."""
        self.need(size * POINT * 4)
        self.y = write_paragraph(self.pdf, "latin-bold", size, text, self.left, self.y, self.width) + size * 0.1

    def paragraph(self, text: str, size: float = 11, font: str = "latin", mark: str = "") -> None:
        """A paragraph. With a `mark`, which is a number or a dash, it stands in from it."""
        step = size * 0.6 if mark else 0
        self.need(paragraph_height(self.pdf, font, size, text, self.width - step))
        if mark:
            write_line(self.pdf, font, size, mark, self.left, self.y, step)
        self.y = write_paragraph(self.pdf, font, size, text, self.left + step, self.y, self.width - step)
        self.y += size * 0.14

    def row(self, label: str, value: str, size: float = 11) -> None:
        """What something is called, and at the right what it is, over a hairline."""
        words, figures = self.width * 0.84, self.width * 0.14
        if paragraph_height(self.pdf, "latin-bold", size, value, figures) > size:
            words, figures = self.width * 0.64, self.width * 0.34
        tallest = max(
            paragraph_height(self.pdf, "latin", size, label, words),
            paragraph_height(self.pdf, "latin-bold", size, value, figures),
        )
        self.need(tallest + 2)
        write_paragraph(self.pdf, "latin", size, label, self.left, self.y, words)
        write_paragraph(self.pdf, "latin-bold", size, value, self.left + self.width - figures, self.y, figures, "R")
        self.y += tallest + 0.8
        self.pdf.set_draw_color(170)
        self.pdf.set_line_width(0.1)
        self.pdf.line(self.left, self.y, self.left + self.width, self.y)
        self.y += 1.2

    def blanks(self, captions: Sequence[str], height: float = 14) -> None:
        """Lines to write on by hand, side by side, each with what belongs there under it."""
        self.need(height + 6)
        width = (WIDTH - 6 * (len(captions) - 1)) / len(captions)
        self.y += height
        self.pdf.set_draw_color(0)
        self.pdf.set_line_width(0.25)
        for place, caption in enumerate(captions):
            left = MARGIN + place * (width + 6)
            self.pdf.line(left, self.y, left + width, self.y)
            write_line(self.pdf, "latin", _FOOT, caption, left, self.y + 0.6, width)
        self.y += 5

    def number_pages(self, title: str) -> None:
        """Say at each page's foot which of how many it is: sheets that are signed must not lose one."""
        pages = self.pdf.pages_count
        for page in range(1, pages + 1):
            self.pdf.page = page
            with self.pdf.recording() as foot:
                text = f"{title}: page {page} of {pages}"
                write_line(self.pdf, "latin", _FOOT, text, MARGIN, A4_HEIGHT - 13, WIDTH, "R")
            self.pdf.stamp(foot, 0, 0)
