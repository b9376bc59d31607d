"""The compere's printed card: A5, the order, the names and how to say them, what to read out, and the rules."""

from typing import Final

from pbvote.filters import hour
from pbvote.printing.document import Document, blank_document
from pbvote.printing.words import paragraph_height, write_line, write_paragraph
from pbvote.vote.compere.saying import RULES, TurnSaid, turns_of
from pbvote.vote.events.models import Event
from pbvote.vote.events.times import times_of
from pbvote.vote.programme.entries import entries_of

WIDTH: Final = 148.0  # mm: A5
HEIGHT: Final = 210.0
MARGIN: Final = 12.0
_INNER: Final = WIDTH - 2 * MARGIN
_HOUR: Final = 19.0
_TEXT: Final = 12.0  # points


class _Column:
    """Writes one thing under the other, and goes on to another page where one is full."""

    def __init__(self, pdf: Document) -> None:
        self._pdf = pdf
        pdf.add_page()
        self._y = MARGIN

    def need(self, height: float) -> None:
        if self._y + height > HEIGHT - MARGIN:
            self._pdf.add_page()
            self._y = MARGIN

    def height(self, text: str, size: float = _TEXT, *, bold: bool = False) -> float:
        return paragraph_height(self._pdf, _font(bold=bold), size, text, _INNER - _HOUR)

    def write(self, text: str, size: float = _TEXT, *, bold: bool = False, inset: float = 0.0) -> None:
        width = _INNER - inset
        self._y = write_paragraph(self._pdf, _font(bold=bold), size, text, MARGIN + inset, self._y, width) + 1

    def beside(self, text: str) -> None:
        write_line(self._pdf, "latin", _TEXT, text, MARGIN, self._y, _HOUR - 2)

    def gap(self, height: float) -> None:
        self._y += height


def compere_card(event: Event) -> bytes:
    """The card as a PDF, on as many pages of A5 as it takes."""
    pdf = blank_document(f"The compere’s card of {event.name}", size="A5")
    column = _Column(pdf)
    column.write(event.name, 18, bold=True)
    column.gap(2)
    turns = turns_of(event, entries_of(event))
    times = times_of(event)
    begins = {turn.number: hour(turn.begins_at) for turn in times.turns} if times else {}
    for turn in turns:
        _write_turn(column, turn, begins.get(turn.entry.number, ""))
    column.need(40)
    column.write("If a group is late, or does not come", 13, bold=True)
    for rule in RULES:
        column.need(column.height(rule))
        column.write(rule)
    return bytes(pdf.output())


def _write_turn(column: _Column, turn: TurnSaid, begins: str) -> None:
    said = f"Say it: {turn.say_it}" if turn.say_it else ""
    column.need(column.height(turn.sentence) + (column.height(said, bold=True) if said else 0) + 2)
    column.beside(begins)
    column.write(turn.sentence, inset=_HOUR)
    if said:
        column.write(said, bold=True, inset=_HOUR)
    column.gap(3)


def _font(*, bold: bool) -> str:
    return "latin-bold" if bold else "latin"
