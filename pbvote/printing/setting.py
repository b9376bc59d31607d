"""Words set in lines: measured and drawn by the same arithmetic, from left to right or from right to left.

Widths grow with the size of the letters, so each word is measured once, and a layout that tries many sizes stays cheap.
All lengths are mm, sizes points. `x` is measured from the edge where reading begins.
"""

from bisect import bisect
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

from pbvote.printing.document import Document
from pbvote.printing.words import LINE, POINT, RIGHT_TO_LEFT, Align, needs_shaping, write_line

Edge = Literal["start", "centre", "end"]

_MEASURED_AT: Final = 100.0  # points
_FIT: Final = 0.02  # mm: what rounding may add


class Setting:
    """Sets text on a document's pages, in the direction of its language."""

    def __init__(self, pdf: Document, language: str) -> None:
        self.pdf = pdf
        self.is_mirrored = language in RIGHT_TO_LEFT
        self._width_of = lru_cache(maxsize=None)(self._measured)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide the text is on one line."""
        return self._width_of(text, bold) * size / _MEASURED_AT

    def lines(self, text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """The text in lines of this width. A word that is longer than a line goes on in the next."""
        scale = size / _MEASURED_AT
        space, room = self._width_of(" ", bold) * scale, width + _FIT
        lines: list[str] = []
        used = 0.0
        for word in self._pieces(text, room / scale, bold):
            needed = self._width_of(word, bold) * scale
            if lines and used + space + needed <= room:
                lines[-1] += f" {word}"
                used += space + needed
            else:
                lines.append(word)
                used = needed
        return lines

    def _pieces(self, text: str, room: float, bold: bool) -> list[str]:
        """The words, each cut where it would be longer than a line. `room` is in the measure's own size."""
        pieces = []
        for word in text.split():
            rest = word
            while self._width_of(rest, bold) > room and len(rest) > 1:
                widths = [self._width_of(rest[:end], bold) for end in range(1, len(rest))]
                cut = max(bisect(widths, room), 1)
                pieces.append(rest[:cut])
                rest = rest[cut:]
            pieces.append(rest)
        return pieces

    def write(
        self,
        lines: Sequence[str],
        size: float,
        x: float,
        y: float,
        width: float,
        *,
        bold: bool = False,
        edge: Edge = "start",
    ) -> float:
        """Draw lines, as one paragraph, with the first one's top at `y`. Returns where they end."""
        left = self.pdf.w - x - width if self.is_mirrored else x
        if not any(lines):
            return y + height_of(lines, size)
        with self.pdf.paragraph():
            for line in lines:
                font = font_for(line, bold=bold)
                write_line(self.pdf, font, size, line, left, y, width, self._align(edge), self._way)
                y += size * POINT * LINE
        return y

    def rule(self, x: float, y: float, width: float, thick: float = 0.1, grey: int = 170) -> None:
        """A line across."""
        left = self.pdf.w - x - width if self.is_mirrored else x
        self.pdf.set_draw_color(grey)
        self.pdf.set_line_width(thick)
        self.pdf.line(left, y, left + width, y)

    def left_of(self, x: float, width: float) -> float:
        """Where something that is no text begins on the page."""
        return self.pdf.w - x - width if self.is_mirrored else x

    @property
    def _way(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.is_mirrored else "ltr"

    def _align(self, edge: Edge) -> Align:
        if edge == "centre":
            return "C"
        return "L" if (edge == "start") is not self.is_mirrored else "R"

    def _measured(self, text: str, bold: bool) -> float:
        self.pdf.set_font(font_for(text, bold=bold), size=_MEASURED_AT)
        self.pdf.set_text_shaping(needs_shaping(text))
        width = self.pdf.get_string_width(text)
        self.pdf.set_text_shaping(False)
        return width


def font_for(text: str, *, bold: bool) -> str:
    """The font that has the text's letters."""
    family = "arabic" if needs_shaping(text) else "latin"
    return f"{family}-bold" if bold else family


def height_of(lines: Sequence[str] | int, size: float) -> float:
    """What so many lines take."""
    number = lines if isinstance(lines, int) else len(lines)
    return number * size * POINT * LINE
