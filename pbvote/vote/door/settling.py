"""Until when an organiser can change how the door works. Nothing here commits."""

from pbvote.errors import Refusal
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import TAKES_SLIPS


class DoorClosed(Refusal):
    """Voting has closed, and with it the door."""

    def __init__(self) -> None:
        super().__init__("Voting has closed, so nothing about the door can change any more.")


def require_settled_later(event: Event) -> None:
    """Hold an event whose door still works. Raises `DoorClosed`."""
    hold(event, TAKES_SLIPS, otherwise=DoorClosed)
