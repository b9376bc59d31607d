"""The code account of an event: where each slip went, to be read and signed before the count is sealed."""

from collections.abc import Sequence

from pbvote.printing.document import blank_document
from pbvote.printing.flow import Flow
from pbvote.vote.events.models import Event


def account_sheet(
    event: Event,
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    notes: Sequence[str],
    signers: Sequence[str],
    *,
    seal_words: str = "",
) -> bytes:
    """The account on A4: sections of rows (what, how many), what does not fit and why, the seal, and lines to sign."""
    pdf = blank_document(f"Code account of {event.name}")
    flow = Flow(pdf)
    flow.heading("Code account", 22)
    flow.paragraph(f"{event.name}, {event.place}", 13)
    for heading, rows in sections:
        flow.y += 4
        flow.heading(heading)
        for label, value in rows:
            flow.row(label, value)
    flow.y += 4
    flow.heading("What does not fit, and why")
    for note in notes or ("Nothing: the numbers fit.",):
        flow.paragraph(note, mark="–" if notes else "")
    if seal_words:
        flow.y += 4
        flow.heading("The seal")
        flow.paragraph(seal_words, 16, "latin-bold")
    _draw_signatures(flow, signers)
    flow.number_pages(f"{event.name}: code account")
    return bytes(pdf.output())


def _draw_signatures(flow: Flow, signers: Sequence[str]) -> None:
    """The sentence and its lines stay together: nobody signs a page that says nothing."""
    flow.need(20 + 21 * len(signers))
    flow.y += 4
    flow.heading("We have read this account, and it is right as far as we know", 12)
    for name in signers:
        flow.blanks((name, "Date and time"), 15)
