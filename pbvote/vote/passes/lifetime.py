"""How long the passes, phones and screens of an event live."""

import datetime as dt
from typing import Final

from pbvote.core.clock import UK, now, today, uk_moment
from pbvote.vote.events.models import Event

ASK_LIVES: Final = dt.timedelta(minutes=15)
"""How long a screen asks to come in: anybody can ask, and a list of old asks hides the new one."""
UPLOADS_FOR: Final = dt.timedelta(days=1)
"""How long after the end a phone may still hand over what it noted without a network."""
CONNECTED_FOR: Final = dt.timedelta(seconds=15)
"""How long after its last report a screen counts as connected."""
REPORTS_KEPT_EVERY: Final = dt.timedelta(seconds=10)
"""A screen that shows the same scene is written down no more often."""


def lives_until(event: Event) -> dt.datetime:
    """The midnight, by the clocks of the United Kingdom, that ends the event's last day.

    The demonstration is looked at for weeks, so its last day is always today.
    """
    last_day = event.ends_at.astimezone(UK).date()
    if event.share.round.is_demonstration:
        last_day = max(last_day, today())
    return uk_moment(last_day + dt.timedelta(days=1), dt.time(0))


def is_over(event: Event) -> bool:
    """Whether that midnight has struck."""
    return now() >= lives_until(event)
