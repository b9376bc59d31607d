"""The back of a slip: the paper ballot, boxes by bid number.

It names no bid, for the running order may change until the poll opens: the poster, the screen and the phone do.
"""

from dataclasses import dataclass
from html import unescape
from typing import Final

from flask import get_template_attribute
from flask_babel import force_locale

from pbvote.printing.document import Document
from pbvote.printing.words import LINE, POINT, paragraph_height, write_line, write_paragraph
from pbvote.tally import BallotKind
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.sheets.grid import Grid, Sizes, grid_for, points_to_cross
from pbvote.vote.slips.sheets.rehearsal import draw_frame
from pbvote.vote.slips.sheets.sentences import REHEARSAL

TOO_MANY: Final = "There are more bids than fit here. Vote on your phone, or ask a steward."


@dataclass(frozen=True)
class Side:
    """The back of one size of slip, in mm, and its letters in points."""

    width: float
    height: float
    margin: float
    head: float  # points: event and serial
    instruction: float  # points
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


def draw_back(pdf: Document, side: Side, event: str, paper: Paper, *, is_test: bool) -> None:
    """What all backs have in common, in the page's corner."""
    y = _draw_head(pdf, side, event, is_test=is_test)
    bottom = side.height - side.margin - len(side.foot) * side.foot_size * POINT * LINE
    _draw_ballot(pdf, side, paper, y, bottom - 1)
    for line, sentence in enumerate(side.foot):
        top = bottom + line * side.foot_size * POINT * LINE
        write_line(pdf, "latin", side.foot_size, sentence, side.margin, top, side.inner)


def draw_serial(pdf: Document, side: Side, serial: str, x: float, y: float) -> None:
    """The slip's serial, so that anybody can check that back and front belong together."""
    right = x + side.width - side.margin - side.serial_width
    write_line(pdf, "latin", side.head, serial, right, y + side.margin + side.head * 0.05, side.serial_width, "R")


def _draw_head(pdf: Document, side: Side, event: str, *, is_test: bool) -> float:
    """Event, or the warning of a rehearsal. Returns where it ends."""
    height = side.head * POINT * LINE * 1.2
    width = side.inner - side.serial_width
    if is_test:
        draw_frame(pdf, side.width, side.height)
        pdf.set_fill_color(0)
        pdf.rect(side.margin, side.margin, width, height, style="F")
        pdf.set_text_color(255)
        write_line(
            pdf, "latin-bold", side.head * 1.15, REHEARSAL, side.margin + 1, side.margin + 0.2, width - 2, align="C"
        )
        pdf.set_text_color(0)
    else:
        words = f"{event}. The numbers are those on the poster."
        write_line(pdf, "latin", side.head, words, side.margin, side.margin + side.head * 0.05, width)
    return side.margin + height + side.head * 0.1


def _draw_ballot(pdf: Document, side: Side, paper: Paper, top: float, bottom: float) -> None:
    """The instruction and the boxes. Where boxes for all points would be too small, a mark is written instead."""
    scale = points_to_cross(paper.rules)
    for points in (scale, ()) if scale else ((),):
        words = instruction(paper, points)
        y = top + paragraph_height(pdf, "latin-bold", side.instruction, words, side.inner) + side.instruction * 0.15
        grid = grid_for(len(paper.lines), points, side.inner, bottom - y, side.boxes)
        if grid:
            write_paragraph(pdf, "latin-bold", side.instruction, words, side.margin, top, side.inner)
            _draw_boxes(pdf, side, grid, len(paper.lines), y)
            return
    write_paragraph(pdf, "latin-bold", side.instruction, TOO_MANY, side.margin, top, side.inner)


def _draw_boxes(pdf: Document, side: Side, grid: Grid, bids: int, top: float) -> None:
    sizes = side.boxes
    pdf.set_line_width(0.25)
    for number in range(1, bids + 1):
        x, y = grid.place_of(number, sizes.gutter)
        x, y = side.margin + x, top + y
        middle = y + grid.box_height / 2
        label = sizes.label - sizes.number * 0.12
        write_line(pdf, "latin-bold", sizes.number, str(number), x, middle - sizes.number * 0.21, label, "R")
        for place, mark in enumerate(grid.points or ("",)):
            left = x + sizes.label + place * (grid.box_width + sizes.gap)
            pdf.rect(left, y, grid.box_width, grid.box_height)
            if mark != "":
                pdf.set_text_color(70)
                write_line(
                    pdf, "latin", sizes.mark, str(mark), left, middle - sizes.mark * 0.21, grid.box_width, align="C"
                )
                pdf.set_text_color(0)


def instruction(paper: Paper, points: tuple[int, ...]) -> str:
    """What the voter is asked to do, as the phone says it, and how it is done with a pen."""
    with force_locale("en"):
        asked = get_template_attribute("vote/casting/sentences.html", "instruction")
        words = asked(paper.rules, len(paper.lines), paper.currency)
    return f"{unescape(words).strip()} {_by_pen(paper, points)}"


def _by_pen(paper: Paper, points: tuple[int, ...]) -> str:
    bids = len(paper.lines)
    match paper.rules.kind:
        case BallotKind.APPROVAL | BallotKind.KNAPSACK:
            return "Put a cross in the box of each group that you choose."
        case BallotKind.RANKED:
            last = min(paper.rules.max_choices or bids, bids)
            return f"Write the numbers 1 to {last} in their boxes." if last > 1 else "Write 1 in its box."
        case BallotKind.CUMULATIVE:
            return "Write the points in their boxes."
        case BallotKind.SCORE:
            return "Cross one box for each group." if points else "Write the mark in the group's box."
        case BallotKind.CHOOSE_THEN_SCORE:
            return "Cross one box for each of them." if points else "Write the mark in the group's box."
