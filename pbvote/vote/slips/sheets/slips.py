"""The printed slips, envelope by envelope: on cards, eight to a sheet of A4, or in large print, one to a sheet."""

from collections.abc import Sequence
from itertools import groupby

from pbvote.core.qr import QrSeries
from pbvote.printing.document import blank_document
from pbvote.vote.events.models import Event
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.printing import PrintedSlip
from pbvote.vote.slips.sheets.cards import CardPress
from pbvote.vote.slips.sheets.envelope import EnvelopeLabel
from pbvote.vote.slips.sheets.large import LargePress


def slip_sheets(event: Event, slips: Sequence[PrintedSlip], *, large: bool = False, is_sealed: bool = True) -> bytes:
    """The slips as one PDF in memory. It goes to the person who asked for it and is stored nowhere.

    Each slip carries the ballot paper on its back, so the sheets are to be printed on both sides and turned on their
    long edge. An event without bids has no paper yet, and gets fronts alone. `is_sealed` says that the slips wait until
    their envelope is opened: its label then leads to the page where a steward says so.
    """
    paper = Paper.of(event)
    pdf = blank_document(f"Slips for {event.name}", both_sides=bool(paper.lines))
    # The addresses are alike but for their codes, and a sheet takes most of its time for them.
    first = slips[0]
    codes = QrSeries(first.address.removesuffix(first.code), len(first.code))
    press = (LargePress if large else CardPress)(pdf, event, paper, codes)
    for number, inside in groupby(sorted(slips, key=_envelope_of), key=_envelope_of):
        press.print_envelope(EnvelopeLabel(event, number, tuple(inside), is_sealed, is_large=large))
    return bytes(pdf.output())


def _envelope_of(slip: PrintedSlip) -> int:
    return slip.envelope
