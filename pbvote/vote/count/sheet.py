"""The code account of an event on paper: whether the slips add up, to be read and signed before the count is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pbvote.filters import days
from pbvote.printing.document import Document, blank_document
from pbvote.printing.flow import MARGIN, WIDTH, Flow
from pbvote.vote.count.dots import COLUMNS, LOOKS, PITCH, DotLook, Dots
from pbvote.vote.count.picture import scale_of
from pbvote.vote.events.models import Event

_TALLEST: Final = 60.0  # mm
_WIDEST: Final = 100.0  # mm
_TALLEST_COLUMN: Final = 200.0  # mm
_LEGEND_STEP: Final = 5.0  # mm

Section = tuple[str, Sequence[tuple[str, str]]]
"""A heading, and under it what there is and how many."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What people sign: the sentence, sections of rows (what, how many), what does not fit and why, and who signs."""

    sentence: str
    sections: Sequence[Section]
    notes: Sequence[str]
    signers: Sequence[str]
    seal_words: str = ""
    """The seal, where there is one."""
    spoilt: str = ""
    """What becomes of spoilt papers, where there are any."""


def account_sheet(event: Event, dots: Dots, signed: Signed) -> bytes:
    """The account on A4: its sentence and picture, its numbers, what does not fit and why, the seal, lines to sign."""
    pdf = blank_document(f"Code account of {event.name}")
    day = days(event.began_at, event.ended_at)
    flow = Flow(pdf, again=f"Do the slips add up? {event.name}, {day}")
    flow.heading("Do the slips add up?", 22)
    flow.paragraph(f"{event.name}, {event.place}, {day}", 13)
    flow.y += 3
    flow.paragraph(signed.sentence, 13, "latin-bold")
    if signed.spoilt:
        flow.paragraph(signed.spoilt)
    _draw_picture(pdf, flow, dots)
    _draw_sections(flow, signed.sections)
    flow.y += 3
    flow.heading("What does not fit, and why")
    for note in signed.notes or ("Nothing: the slips add up.",):
        flow.paragraph(note, mark="–" if signed.notes else "")
    if signed.seal_words:
        flow.y += 3
        flow.heading("The seal")
        flow.paragraph(signed.seal_words, 16, "latin-bold")
    _draw_signatures(flow, signed.signers)
    flow.number_pages(f"{event.name}, {day}: do the slips add up?")
    return bytes(pdf.output())


def _draw_picture(pdf: Document, flow: Flow, dots: Dots) -> None:
    """The marks in black, and beside them what they mean. The sentence above says the same."""
    unit = min(_WIDEST / (COLUMNS * PITCH), _TALLEST / (PITCH * max(dots.rows, 1)))
    words = scale_of(dots)
    drawn, legend = dots.rows * PITCH * unit, _LEGEND_STEP * (len(dots.looks) + bool(words))
    flow.need(max(drawn, legend) + 4)
    flow.y += 2
    top = flow.y
    for look, x, y in dots.placed():
        _draw_mark(pdf, look, MARGIN + x * unit, top + y * unit, unit)
    flow.left, flow.width = MARGIN + _WIDEST + 6, WIDTH - _WIDEST - 6
    for look in dots.looks:
        _draw_mark(pdf, look, flow.left + 2, flow.y + 2.2, 0.35)
        flow.paragraph(f"      {LOOKS[look]}", 10)
    if words:
        flow.paragraph(words, 10)
    flow.left, flow.width, flow.y = MARGIN, WIDTH, max(flow.y, top + drawn) + 2


def _draw_sections(flow: Flow, sections: Sequence[Section]) -> None:
    """The numbers in two columns, as long as a page holds them so; a single section goes over the whole width."""
    columns = _in_columns(sections) if len(sections) > 1 else [sections]
    if max(_height_of(column) for column in columns) > _TALLEST_COLUMN:
        columns = [sections]
    if len(columns) > 1:
        flow.need(max(_height_of(column) for column in columns))
    top, gap = flow.y, 10.0
    width, bottoms = (WIDTH - gap * (len(columns) - 1)) / len(columns), []
    for place, column in enumerate(columns):
        flow.left, flow.width, flow.y = MARGIN + place * (width + gap), width, top
        for heading, rows in column:
            flow.y += 3
            flow.heading(heading, 12)
            for label, value in rows:
                flow.row(label, value, 10)
        bottoms.append(flow.y)
    flow.left, flow.width, flow.y = MARGIN, WIDTH, max(bottoms)


def _in_columns(sections: Sequence[Section]) -> list[Sequence[Section]]:
    """The sections in two columns of about the same height."""
    cut = min(
        range(1, len(sections)), key=lambda place: abs(_height_of(sections[:place]) - _height_of(sections[place:]))
    )
    return [sections[:cut], sections[cut:]]


def _height_of(sections: Sequence[Section]) -> float:
    """About how tall a column is, in mm; a row may take two lines."""
    return sum(12 + 8 * len(rows) for _, rows in sections)


def _draw_mark(pdf: Document, look: DotLook, x: float, y: float, unit: float) -> None:
    """One mark around its middle, in the shapes of the page's picture."""
    pdf.set_draw_color(0)
    pdf.set_fill_color(0)
    pdf.set_line_width(1.2 * unit)
    match look:
        case DotLook.PHONE:
            pdf.circle(x, y, 4 * unit, "F")
        case DotLook.PAPER:
            pdf.rect(x - 4 * unit, y - 4 * unit, 8 * unit, 8 * unit, "F")
        case DotLook.UNUSED | DotLook.UNCOUNTED:
            pdf.circle(x, y, 3.5 * unit, "D")
        case DotLook.LEFT_OVER:
            pdf.circle(x, y, 1.8 * unit, "F")
        case DotLook.CAME:
            top, foot, half = y - 4.5 * unit, y + 4 * unit, 4.5 * unit
            pdf.polygon([(x, top), (x + half, foot), (x - half, foot)], style="F")
        case DotLook.REPLACED:
            foot, top, half = y + 4.5 * unit, y - 4 * unit, 4.5 * unit
            pdf.polygon([(x, foot), (x + half, top), (x - half, top)], style="F")
        case DotLook.ODD:
            arm = 3.5 * unit
            pdf.line(x - arm, y - arm, x + arm, y + arm)
            pdf.line(x - arm, y + arm, x + arm, y - arm)


def _draw_signatures(flow: Flow, signers: Sequence[str]) -> None:
    """The sentence and its lines stay together: nobody signs a page that says nothing."""
    flow.need(20 + 21 * len(signers))
    flow.y += 4
    flow.heading("We have read this account, and it is right as far as we know", 12)
    for name in signers:
        flow.blanks((name, "Date and time"), 15)
