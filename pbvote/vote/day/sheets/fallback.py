"""If something fails: one A4 that stewards hold, with this event's own facts."""

from typing import Final

from pbvote.addresses import voters_page
from pbvote.filters import hour, hours
from pbvote.printing.document import blank_document
from pbvote.printing.flow import Flow
from pbvote.vote.events.models import Event
from pbvote.vote.events.times import planned_close
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.models import SlipState

Part = tuple[str, tuple[str, ...]]
"""What fails, and what to do then."""


def fallback_kit(event: Event, _language: str) -> bytes:
    """The sheet as a PDF of one page."""
    pdf = blank_document(f"If something fails at {event.name}")
    flow = Flow(pdf)
    flow.heading("If something fails", 24)
    flow.paragraph(f"{event.name}: {hours(event.starts_at, event.ends_at)}, {event.place}", font="latin-bold")
    flow.paragraph(f"Ring first: {event.day.help_phone or '.' * 70}", 13, font="latin-bold")
    flow.y += 1
    for heading, sentences in _what_to_do(event):
        flow.heading(heading, 14)
        for sentence in sentences:
            flow.paragraph(sentence, 11.5, mark="–")
        flow.y += 1.6
    flow.blanks(("The recovery sheet is kept by", "Where, and their telephone"), 10)
    return bytes(pdf.output())


def _what_to_do(event: Event) -> tuple[Part, ...]:
    slips_by_state = slips_of(event)
    printed = sum(slips_by_state.get(state, 0) for state in (SlipState.SPARE, SlipState.LIVE))
    slips = f"{printed:,} slips are printed." if printed else "No slips are printed yet: print them before the day."
    close = f"Voting is to close at {hour(planned_close(event))}."
    return (
        _without_network(close),
        _without_printer(slips),
        _WITHOUT_POWER,
        _WITHOUT_SERVER,
        ("Voting happens at", (voters_page(event.slug).split("://")[-1],)),
    )


def _without_network(close: str) -> Part:
    return (
        "The network fails",
        (
            "Every slip has a paper ballot on its back. Give out pens, and point to the box.",
            "Phones on mobile data go on. A phone keeps a vote that it could not send, and says so.",
            "The door counts on without it. The screen and the compere’s phone keep what they show.",
            "Whoever is not sure that their phone has voted may hand in the paper too: only one of the two counts.",
            f"{close} Close later rather than turn somebody away, and say so aloud.",
        ),
    )


def _without_printer(slips: str) -> Part:
    return (
        "The printer fails",
        (
            f"{slips} Whatever is in envelopes works without a printer.",
            "Passes and witness cards need no paper: open the PDF on a screen, and let phones scan it there.",
            "Do not copy a slip: two with one code are one vote. Ask the library or the school next door to print.",
        ),
    )


_WITHOUT_POWER: Final[Part] = (
    "The power fails",
    (
        "Stop the clock and the door. Keep the box in sight of a witness.",
        "Paper ballots go on by daylight. The screen, the tablets and the count can wait.",
        "Votes that were acknowledged are stored. They are there when the power is back.",
        "The server goes on where it stopped: the same poll, the same bid, the same announcements.",
    ),
)
_WITHOUT_SERVER: Final[Part] = (
    "The server is lost, or its key",
    (
        "Keep the box locked and sealed, and write down who holds it. Nobody counts alone.",
        "The sealed recovery sheet brings the key back. Two people open it together.",
        "Without key and sheet, papers are counted by hand: the tally sheets are for that.",
    ),
)
