"""A PDF in memory, with the product's fonts. It goes to whoever asked for it and is stored nowhere."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

from flask import current_app
from fpdf import FPDF, ViewerPreferences
from fpdf.enums import Duplex

from pbvote.printing.fonts import give_fonts, leave_out_the_unwritten

A4_WIDTH: Final = 210.0  # mm
A4_HEIGHT: Final = 297.0

# It would write letters that a font lacks into the log, out of somebody's name.
logging.getLogger("fpdf").setLevel(logging.ERROR)

Size = Literal["A3", "A4", "A5"]
_SIZES: Final[dict[Size, tuple[float, float]]] = {
    "A3": (297.0, 420.0),
    "A4": (A4_WIDTH, A4_HEIGHT),
    "A5": (148.0, 210.0),
}


class Drawing:
    """What was drawn once, to be stamped many times. It holds its marks when its recording has ended."""

    def __init__(self) -> None:
        self.marks = b""


class Document(FPDF):
    """A document that can repeat a drawing without working it out again: half of a sheet is the same on each card."""

    def __init__(self, size: Size = "A4", *, is_wide: bool = False) -> None:
        super().__init__(orientation="landscape" if is_wide else "portrait", format=_SIZES[size], unit="mm")
        # Every page finds every font, so a drawing that was recorded on one can be stamped on any.
        self.single_resources_object = True

    def output(self, *arguments: Any, **options: Any) -> Any:
        """The same without what nothing was written with."""
        leave_out_the_unwritten(self)
        return super().output(*arguments, **options)

    def put(self, marks: bytes) -> None:
        """Add marks in PDF's own operators to the page."""
        self._out(marks)

    @contextmanager
    def paragraph(self) -> Iterator[None]:
        """Mark what is written within as a paragraph.

        A photo's words make a document a tagged one, and of those a screen reader reads nothing that has no tag.
        """
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type="/P", mcid=number)
        self.put(b"/P <</MCID %d>> BDC" % number)
        yield
        self.put(b"EMC")

    @contextmanager
    def recording(self) -> Iterator[Drawing]:
        """Draw within, as if at the page's top left corner. Nothing of it stays on the page."""
        drawing = Drawing()
        contents = self.pages[self.page].contents
        if not isinstance(contents, bytearray):
            raise TypeError("A page that is being drawn on holds its marks as a bytearray.")
        start = len(contents)
        # Nothing that was set before the recording can be counted on where it is stamped.
        with self.local_context(current_font_is_set_on_page=False):
            self.set_fill_color(0)
            self.set_draw_color(0)
            self.set_text_color(0)
            yield drawing
        drawing.marks = bytes(contents[start:])
        del contents[start:]

    def stamp(self, drawing: Drawing, x: float, y: float) -> None:
        """Repeat a drawing with its corner at (x, y), in mm from the page's top left."""
        self.put(b"q 1 0 0 1 %.3f %.3f cm\n%bQ" % (x * self.k, -y * self.k, drawing.marks))


def blank_document(
    title: str, *, both_sides: bool = False, language: str = "en-GB", size: Size = "A4", is_wide: bool = False
) -> Document:
    """A document without pages. It asks printers for its true size, and with `both_sides` to turn on the long edge.

    The window shows the title in place of the file's name, and a screen reader speaks the language. The programs that
    made it are named without their versions: those help only whoever looks for a hole.
    """
    pdf = Document(size, is_wide=is_wide)
    pdf.set_title(title)
    pdf.set_lang(language)
    pdf.set_author(str(current_app.config["COUNCIL_NAME"]))
    pdf.set_creator("pbvote")
    pdf.set_producer("pbvote")
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.viewer_preferences = ViewerPreferences(
        display_doc_title=True,
        print_scaling="None",
        duplex=Duplex.DUPLEX_FLIP_LONG_EDGE if both_sides else Duplex.SIMPLEX,
    )
    give_fonts(pdf, Path(current_app.static_folder or ""))
    return pdf
