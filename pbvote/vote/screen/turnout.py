"""How many have voted, as the hall may see it while voting is open: so coarsely that no dot tells of one ballot."""

import time

from pbvote.remembering import remembered
from pbvote.vote.events.models import Event
from pbvote.vote.poll.turnout import turnout_of

SECONDS = 30
STEP = 5


def turnout_shown(event: Event) -> int:
    """The turnout of at most half a minute ago, in whole steps of five; after the close, as it is.

    Each server process looks once in half a minute, however many screens and phones ask.
    """
    if not event.takes_votes:
        return turnout_of(event) if event.awaits_count else 0
    when = str(int(time.time() // SECONDS))
    seen = remembered(("turnout", event.slug, event.poll.value, when), lambda: turnout_of(event))
    return seen // STEP * STEP
