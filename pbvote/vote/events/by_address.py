"""The event that a page's address names, for doors."""

from flask import abort

from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called


def event_at(slug: str) -> Event:
    """The event with this slug; the answer is 404 where there is none."""
    return event_called(slug) or abort(404)
