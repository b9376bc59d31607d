"""A thing to do, as Today and the members' page list it."""

import enum
from dataclasses import dataclass

from pbvote.vote.events.models import Event


class Urgency(enum.IntEnum):
    """How soon a task must be seen to."""

    CONFIRM = 0
    """It lapses within ten minutes."""
    OPEN = 1
    WORRY = 2
    """A member waits for an answer."""
    OVERDUE = 3
    DUE = 4


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence, where to do it, and a word or two more."""

    text: str
    href: str
    hint: str = ""
    tag_text: str = "To do"
    tag_colour: str = "blue"
    urgency: Urgency = Urgency.DUE
    is_done: bool = False


def where(event: Event) -> str:
    """Which event a task is about, and of which round."""
    return f"{event.name}, {event.share.round.name}"
