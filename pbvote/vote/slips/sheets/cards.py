"""Slips as cards: A4 sheets to be printed on both sides and cut along the hairlines."""

from collections.abc import Sequence
from typing import Final

from pbvote.core.qr import QrSeries
from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, Document, Drawing
from pbvote.vote.events.models import Event
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.printing import PrintedSlip
from pbvote.vote.slips.sheets.back import Back, Side, draw_back, draw_serial
from pbvote.vote.slips.sheets.card import CARD_HEIGHT, CARD_WIDTH, draw_front, draw_own_marks
from pbvote.vote.slips.sheets.envelope import EnvelopeLabel, draw_label
from pbvote.vote.slips.sheets.grid import ON_A_CARD
from pbvote.vote.slips.sheets.sentences import ONE_COUNTS

COLUMNS: Final = 2
ROWS: Final = 4
BACK: Final = Side(
    width=CARD_WIDTH,
    height=CARD_HEIGHT,
    margin=5.6,
    head=7,
    instruction=8.2,
    others=6.2,
    foot=(" ".join(ONE_COUNTS),),
    foot_size=7.2,
    boxes=ON_A_CARD,
)


class CardPress:
    """Draws cards on sheets, eight to a sheet.

    The label is the first card of its envelope, and no sheet holds two envelopes' slips: whoever cuts takes an
    envelope's sheets as one stack, and everything in hand belongs together. So 25 slips and their label are four
    sheets with six cards to spare. A sheet of labels of their own would use more paper and could be mixed up, and
    sheets that run on would put a stranger's slip into the envelope sooner or later.
    """

    def __init__(self, pdf: Document, event: Event, paper: Paper, codes: QrSeries) -> None:
        self._pdf = pdf
        self._event = event
        self._paper = paper
        self._back_says = Back(event.name, paper, event.day.languages)
        self._codes = codes
        self._fronts: dict[bool, Drawing] = {}
        self._backs: dict[bool, Drawing] = {}

    def print_envelope(self, envelope: EnvelopeLabel) -> None:
        """The sheets of one envelope: each front, and its back behind it."""
        cards = [None, *envelope.slips]  # the label comes first
        for start in range(0, len(cards), COLUMNS * ROWS):
            on_sheet = cards[start : start + COLUMNS * ROWS]
            self._print_front(envelope, on_sheet)
            if self._paper.lines:
                self._print_back(on_sheet)

    def _print_front(self, envelope: EnvelopeLabel, cards: Sequence[PrintedSlip | None]) -> None:
        self._pdf.add_page()
        _cutting_lines(self._pdf)
        for place, slip in enumerate(cards):
            x, y = _corner(place)
            if slip is None:
                draw_label(self._pdf, envelope, x, y)
                continue
            self._pdf.stamp(self._front(slip), x, y)
            draw_own_marks(self._pdf, slip, self._codes, x, y)

    def _print_back(self, cards: Sequence[PrintedSlip | None]) -> None:
        """The columns change places: a sheet that is turned on its long edge has its left side at the right."""
        self._pdf.add_page()
        for place, slip in enumerate(cards):
            if slip is not None:
                x, y = _corner(place, mirrored=True)
                self._pdf.stamp(self._back(slip), x, y)
                draw_serial(self._pdf, BACK, slip.serial, x, y)

    def _front(self, slip: PrintedSlip) -> Drawing:
        if slip.is_test not in self._fronts:
            with self._pdf.recording() as drawing:
                draw_front(self._pdf, self._event, slip.address, is_test=slip.is_test)
            self._fronts[slip.is_test] = drawing
        return self._fronts[slip.is_test]

    def _back(self, slip: PrintedSlip) -> Drawing:
        if slip.is_test not in self._backs:
            with self._pdf.recording() as drawing:
                draw_back(self._pdf, BACK, self._back_says, is_test=slip.is_test)
            self._backs[slip.is_test] = drawing
        return self._backs[slip.is_test]


def _corner(place: int, *, mirrored: bool = False) -> tuple[float, float]:
    """The corner of a sheet's card, in mm."""
    row, column = divmod(place, COLUMNS)
    return (COLUMNS - 1 - column if mirrored else column) * CARD_WIDTH, row * CARD_HEIGHT


def _cutting_lines(pdf: Document) -> None:
    pdf.set_draw_color(170)
    pdf.set_line_width(0.1)
    for row in range(1, ROWS):
        pdf.line(0, row * CARD_HEIGHT, A4_WIDTH, row * CARD_HEIGHT)
    pdf.line(CARD_WIDTH, 0, CARD_WIDTH, A4_HEIGHT)
