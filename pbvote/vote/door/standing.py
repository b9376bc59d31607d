"""A mark of all that the door's page says of the event: another one, and the page is drawn again."""

from typing import Final

from pbvote.vote.door.figures import DoorFigures
from pbvote.vote.events.models import Event

STEP: Final = 5
"""The turnout is followed in steps, so that no page changes with one ballot."""


def stands(event: Event, figures: DoorFigures, turnout: int) -> str:
    """The poll, its ledger (each envelope that is opened adds a line), the help given, and roughly the turnout."""
    helped = sum(figures.help_given.values())
    return f"{event.poll.value}-{event.entries}-{helped}-{turnout // STEP}"
