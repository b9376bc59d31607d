"""The event that a page's address names, and the way back to its console, for doors."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called


def event_at(slug: str) -> Event:
    """The event with this slug; the answer is 404 where there is none."""
    return event_called(slug) or abort(404)


def own_event_at(slug: str) -> Event:
    """The same, and 404 for an election that was read from another city's file: it has neither bids nor voters here."""
    event = event_at(slug)
    if event.share.round.is_imported:
        abort(404)
    return event


def published_event_at(slug: str) -> Event:
    """The event with this slug, where everybody can read its page; else the answer is 404, whatever there is of it."""
    event = own_event_at(slug)
    if not event.has_page:
        abort(404)
    return event


def to_console(slug: str, part: str | None = None) -> ResponseReturnValue:
    """Lead back to the event's console; to the part of the page with this id, where one is named."""
    return redirect(url_for("hall_desk.console", slug=slug, _anchor=part))
