"""The back of a slip: the paper ballot, boxes by bid number, and the bids' titles where there is room for them.

The running order may change until the poll opens. The ledger keeps what the backs say of it, and the console tells when
they no longer fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pbvote.printing.document import Document
from pbvote.printing.words import LINE, POINT, Align, paragraph_height, write_line, write_paragraph, write_sentences
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.sheets.grid import Sizes
from pbvote.vote.slips.sheets.layout import Layout, Room, layout_for
from pbvote.vote.slips.sheets.rehearsal import draw_frame
from pbvote.vote.slips.sheets.sentences import REHEARSAL

TOO_MANY: Final = "There are more bids than fit here. Vote on your phone, or ask a steward."
BY_NUMBER: Final = "The numbers are those on the poster."


@dataclass(frozen=True)
class Side:
    """The back of one size of slip, in mm, and its letters in points."""

    width: float
    height: float
    margin: float
    head: float  # points: event and serial
    instruction: float  # points
    others: float  # points: the instruction in the other languages
    foot: tuple[str, ...]
    foot_size: float  # points
    boxes: Sizes

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    @property
    def serial_width(self) -> float:
        """What is kept free for the serial, at the right of the head."""
        return self.head * 2.3

    @property
    def head_height(self) -> float:
        """What the line with event and serial takes."""
        return self.head * POINT * LINE * 1.2

    @property
    def foot_top(self) -> float:
        """Where the last sentences begin."""
        return self.height - self.margin - len(self.foot) * self.foot_size * POINT * LINE

    @property
    def room(self) -> Room:
        """Between head and foot."""
        top = self.margin + self.head_height + self.head * 0.1
        bottom = self.foot_top - self.foot_size * 0.15
        return Room(self.margin, top, self.inner, bottom, self.instruction, self.others, self.boxes)


@dataclass(frozen=True, slots=True)
class Back:
    """What the backs of an event's slips say: its name, the paper ballot, and in which languages that asks."""

    event: str
    paper: Paper
    languages: Sequence[str]


def draw_back(pdf: Document, side: Side, back: Back, *, is_test: bool) -> None:
    """What all backs have in common, in the page's corner."""
    layout = layout_for(pdf, back.paper, side.room, back.languages)
    _draw_head(pdf, side, back.event if layout and layout.titles else f"{back.event}. {BY_NUMBER}", is_test)
    if layout:
        _draw_ballot(pdf, side, layout)
    else:
        write_paragraph(pdf, "latin-bold", side.instruction, TOO_MANY, side.margin, side.room.top, side.inner)
    for line, sentence in enumerate(side.foot):
        top = side.foot_top + line * side.foot_size * POINT * LINE
        write_line(pdf, "latin", side.foot_size, sentence, side.margin, top, side.inner)


def draw_serial(pdf: Document, side: Side, serial: str, x: float, y: float) -> None:
    """The slip's serial, so that anybody can check that back and front belong together."""
    right = x + side.width - side.margin - side.serial_width
    write_line(pdf, "latin", side.head, serial, right, y + side.margin + side.head * 0.05, side.serial_width, "R")


def _draw_head(pdf: Document, side: Side, words: str, is_test: bool) -> None:
    """What it is, or the warning of a rehearsal."""
    width = side.inner - side.serial_width
    if not is_test:
        write_line(pdf, "latin", side.head, words, side.margin, side.margin + side.head * 0.05, width)
        return
    draw_frame(pdf, side.width, side.height)
    pdf.set_fill_color(0)
    pdf.rect(side.margin, side.margin, width, side.head_height, style="F")
    pdf.set_text_color(255)
    size = side.head * 1.15
    write_line(pdf, "latin-bold", size, REHEARSAL, side.margin + 1, side.margin + 0.2, width - 2, align="C")
    pdf.set_text_color(0)


def _draw_ballot(pdf: Document, side: Side, layout: Layout) -> None:
    """The instruction in one language or all, then a row for each bid."""
    write_paragraph(pdf, "latin-bold", side.instruction, layout.instruction, side.margin, side.room.top, side.inner)
    write_sentences(pdf, layout.others, side.others, side.margin, layout.others_top, side.inner)
    for number in range(1, layout.grid.bids + 1):
        x, y = layout.grid.place_of(number, side.boxes.gutter)
        x, y = side.margin + x, layout.grid_top + y
        if layout.titles:
            _draw_title(pdf, side, layout, layout.titles[number - 1], x, y)
        _draw_row(pdf, side, layout, number, x, y)


def _draw_title(pdf: Document, side: Side, layout: Layout, title: str, x: float, y: float) -> None:
    """The title beside its number, and a hairline over it that leads the eye to its boxes."""
    grid = layout.grid
    pdf.set_draw_color(170)
    pdf.set_line_width(0.1)
    pdf.line(x, y, x + grid.column_width, y)
    height = paragraph_height(pdf, "latin", layout.title_size, title, grid.title_width)
    top = y + (grid.row_height - height) / 2
    write_paragraph(pdf, "latin", layout.title_size, title, x + side.boxes.label, top, grid.title_width)


def _draw_row(pdf: Document, side: Side, layout: Layout, number: int, x: float, y: float) -> None:
    """A bid's number and its boxes."""
    sizes, grid = side.boxes, layout.grid
    middle = y + grid.row_height / 2
    label = sizes.label - sizes.number * 0.12
    align: Align = "L" if layout.titles else "R"
    write_line(pdf, "latin-bold", sizes.number, str(number), x, middle - sizes.number * 0.21, label, align)
    pdf.set_draw_color(0)
    pdf.set_line_width(0.25)
    pdf.set_text_color(70)
    for place, mark in enumerate(grid.points or ("",)):
        left = x + grid.boxes_left(sizes) + place * (grid.box_width + sizes.gap)
        pdf.rect(left, middle - grid.box_height / 2, grid.box_width, grid.box_height)
        if mark != "":
            top = middle - sizes.mark * 0.21
            write_line(pdf, "latin", sizes.mark, str(mark), left, top, grid.box_width, align="C")
    pdf.set_text_color(0)
