"""Tally sheets: to count papers by hand when the key is lost. A row for each bid, a column for each mark."""

from collections.abc import Sequence
from typing import Final

from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, Document, blank_document
from pbvote.printing.words import write_line
from pbvote.tally import BallotKind, BallotRules
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.slips.sheets.grid import points_to_cross

_WIDE: Final = A4_HEIGHT  # the sheet lies on its side
_HIGH: Final = A4_WIDTH
_MARGIN: Final = 12.0
_NAME: Final = 78.0
_TOTAL: Final = 22.0
_TOP: Final = 40.0
_ROW: Final = 15.0
_TALLEST: Final = 28.0
_FOOT: Final = 22.0
ROWS: Final = int((_HIGH - _TOP - 8 - _FOOT) / _ROW)
"""Bids on a sheet."""
_MOST_COLUMNS: Final = 11


def tally_sheets(event: Event, _language: str) -> bytes:
    """The sheets as a PDF; one without bids where there are none yet."""
    pdf = blank_document(f"Tally sheets of {event.name}", is_wide=True)
    slots, marks = event.running_order, marks_of(event)
    on_each = -(-len(slots) // max(-(-len(slots) // ROWS), 1)) or 1  # the last sheet is as full as the others
    sheets = [slots[start : start + on_each] for start in range(0, len(slots), on_each)] or [[]]
    row = min(_ROW * ROWS / on_each, _TALLEST)
    for number, sheet in enumerate(sheets, 1):
        pdf.add_page()
        _draw_head(pdf, event, f"Sheet {number} of {len(sheets)}")
        _draw_grid(pdf, sheet, marks, row)
        _draw_foot(pdf)
    return bytes(pdf.output())


def marks_of(event: Event) -> list[str]:
    """What a paper can say of a bid: a column for each."""
    rules: BallotRules = event.share.ballot_rules
    bids = len(event.running_order)
    match rules.kind:
        case BallotKind.APPROVAL | BallotKind.KNAPSACK:
            return ["Crosses"]
        case BallotKind.CUMULATIVE:
            return ["Points"]
        case BallotKind.RANKED:
            last = min(rules.max_choices or bids, bids, _MOST_COLUMNS)
            return [f"Place {place}" for place in range(1, last + 1)]
        case BallotKind.SCORE | BallotKind.CHOOSE_THEN_SCORE:
            return [str(points) for points in points_to_cross(rules)] or ["Marks"]


def _draw_head(pdf: Document, event: Event, sheet: str) -> None:
    inner = _WIDE - 2 * _MARGIN
    write_line(pdf, "latin-bold", 17, f"Tally sheet: {event.name}", _MARGIN, 9, inner - 40)
    write_line(pdf, "latin", 10, sheet, _MARGIN, 10, inner, "R")
    for line, words in enumerate(
        (
            "Use it only if the key is lost. It counts the papers in the box, and no votes from phones.",
            "One reads a paper aloud, two tally: four strokes, and the fifth across. Compare after each 25.",
        )
    ):
        write_line(pdf, "latin", 10, words, _MARGIN, 19 + line * 5.4, inner)


def _draw_grid(pdf: Document, slots: Sequence[Slot], marks: Sequence[str], height: float) -> None:
    column = (_WIDE - 2 * _MARGIN - _NAME - _TOTAL) / len(marks)
    for place, mark in enumerate(marks):
        write_line(pdf, "latin-bold", 12, mark, _MARGIN + _NAME + place * column, _TOP - 7, column, "C")
    write_line(pdf, "latin-bold", 12, "Total", _WIDE - _MARGIN - _TOTAL, _TOP - 7, _TOTAL, "C")
    pdf.set_draw_color(0)
    pdf.set_line_width(0.25)
    for row, slot in enumerate(slots):
        y = _TOP + row * height
        write_line(pdf, "latin-bold", 15, str(slot.number), _MARGIN, y + 3, 11)
        write_line(pdf, "latin-bold", 10, slot.bid.title, _MARGIN + 12, y + 2, _NAME - 14)
        group = slot.bid.group.name if slot.bid.group else ""
        write_line(pdf, "latin", 9, group, _MARGIN + 12, y + 7.4, _NAME - 14)
        for place in range(len(marks)):
            pdf.rect(_MARGIN + _NAME + place * column, y, column, height)
        pdf.rect(_WIDE - _MARGIN - _TOTAL, y, _TOTAL, height)
        pdf.line(_MARGIN, y, _MARGIN + _NAME, y)
    foot = _TOP + len(slots) * height
    pdf.line(_MARGIN, foot, _MARGIN + _NAME, foot)


def _draw_foot(pdf: Document) -> None:
    width = (_WIDE - 2 * _MARGIN - 24) / 4
    y = _HIGH - 15
    pdf.set_line_width(0.25)
    for place, caption in enumerate(("Papers counted on this sheet", "Tallied by", "Watched by", "Date and time")):
        left = _MARGIN + place * (width + 8)
        pdf.line(left, y, left + width, y)
        write_line(pdf, "latin", 9, caption, left, y + 0.6, width)
