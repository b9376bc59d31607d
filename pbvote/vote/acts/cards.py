"""The card with which a witness confirms."""

from typing import Final

from pbvote.printing.cards import Card
from pbvote.vote.acts.kinds import occasions
from pbvote.vote.events.models import Event

TASK: Final = "With this card you may be asked to confirm:"


def witness_card(event: Event, name: str, address: str) -> bytes:
    """A card of A6 on a sheet of A4. `address` is the card's own page, with its code in the fragment."""
    card = Card(f"Witness card of {event.name}", "Witness", name, event.name, address)
    card.say(TASK)
    for occasion in occasions():
        card.list(occasion)
    card.say("Look before you press.", is_bold=True, space=1)
    card.say("Keep the card with you, and give it back at the end.")
    return card.pdf()
