"""The fonts of every document: read once by each process, and handed to each document to write with.

To read a font is to walk through its thousands of letters, which took longer than a page of text.
"""

import copy
import functools
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import SubsetMap, TTFFont

_FILES: Final = {
    "latin": "NotoSans_400Regular.ttf",
    "latin-bold": "NotoSans_700Bold.ttf",
    "arabic": "NotoSansArabic_400Regular.ttf",
    "arabic-bold": "NotoSansArabic_700Bold.ttf",
}
_RESERVED_GLYPHS: Final = 2
"""What every font holds from the start: the blank, and what stands for a letter it lacks."""
_LAYOUT: Final = ("GDEF", "GPOS", "GSUB")
"""How letters are joined and placed. No file carries it: the letters stand in their places by then."""


class _Font(TTFFont):
    """A font of one document."""

    def get_text_width(
        self, text: str, font_size_pt: float, text_shaping_params: dict[str, Any] | None
    ) -> tuple[int, float]:
        """The same, in a third of the time: it is asked for each letter of each line."""
        if text_shaping_params:
            return super().get_text_width(text, font_size_pt, text_shaping_params)
        self.biggest_size_pt = max(self.biggest_size_pt, font_size_pt)
        return len(text), sum(map(self.cw.__getitem__, map(ord, text))) * font_size_pt * 0.001


class _Known(NamedTuple):
    """What is known of a font, which no document changes."""

    font: _Font
    content: bytes


def give_fonts(pdf: FPDF, folder: Path) -> None:
    """Let a document write in every family. People's names come in any script."""
    for number, (family, file) in enumerate(_FILES.items(), 1):
        pdf.fonts[family] = _opened(_read(folder / file, family), number)
    pdf.set_fallback_fonts(["latin", "arabic"], exact_match=False)


@functools.cache
def _read(file: Path, family: str) -> _Known:
    font = _Font(FPDF(), file, family, "")
    font.close()
    del font.ttfont
    return _Known(font, file.read_bytes())


def _opened(known: _Known, number: int) -> _Font:
    """The font for one document, as the so-manyth in its file. What it writes with it is noted in the copy alone."""
    font = copy.copy(known.font)
    font.i = number
    font.ttfont = TTFont(BytesIO(known.content), recalcTimestamp=False, lazy=True)
    font.desc = copy.copy(known.font.desc)
    font.cw = known.font.cw.copy()
    font.missing_glyphs = []
    font.subset = SubsetMap(font)
    return font


def leave_out_the_unwritten(pdf: FPDF) -> None:
    """Forget what would take time and room in the file: the fonts and the rules by which nothing more is written."""
    for family, font in list(pdf.fonts.items()):
        if not isinstance(font, TTFFont):
            continue
        if len(font.subset) <= _RESERVED_GLYPHS:
            del pdf.fonts[family]
            continue
        for table in _LAYOUT:
            if table in font.ttfont:
                del font.ttfont[table]
