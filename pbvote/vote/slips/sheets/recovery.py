"""The sheet that brings an event's key back to a server that has lost it."""

from collections.abc import Sequence
from typing import Final

from pbvote.printing.document import Document, blank_document
from pbvote.printing.flow import MARGIN, WIDTH, Flow
from pbvote.printing.words import write_line
from pbvote.vote.events.models import Event

GROUPS_IN_ROW: Final = 3
_SYMBOL: Final = 7.8  # mm: what each symbol has for itself
_ROW: Final = 12.0


def recovery_sheet(event: Event, key_text_groups: Sequence[str]) -> bytes:
    """A page with the event's key in letters, and what to do with it. The PDF is stored nowhere."""
    pdf = blank_document(f"Recovery sheet of {event.name}")
    flow = Flow(pdf)
    flow.heading(f"The key of {event.name}", 22)
    flow.paragraph(
        "Keep this sheet secret. Anyone who holds it and a copy of the database could find out how each slip voted, "
        "until the result is sealed.",
        font="latin-bold",
    )
    for number, sentence in enumerate(_what_to_do(event), 1):
        flow.paragraph(sentence, mark=f"{number}.")
    flow.y += 3
    flow.heading("The key")
    _draw_key(pdf, key_text_groups, flow.y)
    flow.y += _ROW * -(-len(key_text_groups) // GROUPS_IN_ROW) + 4
    flow.heading("Put into its envelope and sealed by", 12)
    flow.blanks(("Name", "Signature", "Date and time"), 12)
    flow.blanks(("Name", "Signature", "Date and time"), 12)
    flow.y += 4
    flow.heading("Opened by, if it was ever needed", 12)
    flow.blanks(("Name", "Signature", "Date and time"), 12)
    flow.blanks(("Name", "Signature", "Date and time"), 12)
    return bytes(pdf.output())


def _what_to_do(event: Event) -> tuple[str, ...]:
    command = f"pbvote restore-key {event.slug}"
    return (
        "Print this page once. Do not keep the file, and do not take a photo.",
        "Put it into an envelope, seal the envelope, and sign across the flap.",
        "Give it to .................................................................., who keeps it locked away.",
        f"Open it only if the server has lost its key, and only before two people. Type the key into: {command}",
        "Once the result is sealed, shred it. It is of no use to anybody then.",
    )


def _draw_key(pdf: Document, groups: Sequence[str], top: float) -> None:
    """Each symbol in a place of its own, and each group with its number, so that nobody loses the thread in typing."""
    for index, group in enumerate(groups):
        row, column = divmod(index, GROUPS_IN_ROW)
        x, y = MARGIN + column * WIDTH / GROUPS_IN_ROW, top + row * _ROW
        write_line(pdf, "latin", 8, str(index + 1), x, y + 4.2, 4, "R")
        for place, symbol in enumerate(group):
            write_line(pdf, "latin-bold", 22, symbol, x + 5 + place * _SYMBOL, y, _SYMBOL, "C")
