"""The printed pass of a steward or a compere."""

from collections.abc import Mapping, Sequence
from typing import Final

from pbvote.filters import days
from pbvote.printing.cards import Card
from pbvote.vote.events.models import Event
from pbvote.vote.passes.models import DeviceKind

WORK: Final[Mapping[DeviceKind, Sequence[str]]] = {
    DeviceKind.STEWARD: (
        "open envelopes, and see which are open",
        "see how many have voted",
        "note help that you gave",
    ),
    DeviceKind.COMPERE: (
        "see who presents, and who is next",
        "announce the result, one bid at a time",
    ),
}
"""What each kind of pass is for. A screen asks without a pass."""


def pass_card(event: Event, kind: DeviceKind, address: str) -> bytes:
    """A card of A6 on a sheet of A4. `address` is the page that the pass opens, with its code in the fragment."""
    when = days(event.starts_at, event.ends_at)
    card = Card(f"{kind.capitalize()}’s pass of {event.name}", kind.capitalize(), event.name, when, address)
    card.say("With this pass you can, on your own phone:")
    for work in WORK[kind]:
        card.list(work)
    card.say("Scan it and type your first name. Then an organiser lets your phone in.", is_bold=True, space=1)
    last = " after the last day" if event.lasts_days else ""
    card.say(f"The pass ends at midnight{last}. Give it back at the end.")
    return card.pdf()
