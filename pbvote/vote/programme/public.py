"""The page of an event, for anyone, from the day it is published to the years after."""

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.addresses import event_page
from pbvote.core.plain import plain_line
from pbvote.filters import language, speak_languages
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.events.words import day_shown
from pbvote.vote.programme.bids import bid_called
from pbvote.vote.programme.entries import LONGEST_QUERY, entries_of
from pbvote.vote.programme.prints import print_of

door = public_door("programme", __name__, url_prefix="/events")
speak_languages(door)


def _published(slug: str) -> Event:
    """The event, where everybody may read its page; else 404, whatever there is of it."""
    event = event_called(slug)
    if event is None or not event.has_page:
        abort(404)
    return event


@door.get("/<slug:slug>")
def page(slug: str) -> ResponseReturnValue:
    """Day, place and rules, and every bid in running order; those with the words that were looked for."""
    event = _published(slug)
    query = plain_line(request.args.get("q", ""))[:LONGEST_QUERY].strip()
    entries = entries_of(event)
    shown = [entry for entry in entries if entry.matches(query)] if query else entries
    return render_template(
        "vote/programme/page.html",
        event=event,
        entries=entries,
        shown=shown,
        query=query,
        **day_shown(event, language()),
        address=event_page(slug, language()),
    )


@door.get("/<slug:slug>/bids/<path:reference>")
def bid(slug: str, reference: str) -> ResponseReturnValue:
    """One bid, with everything that the public may read of it."""
    event = _published(slug)
    found = bid_called(event, reference) or abort(404)
    return render_template("vote/programme/bid.html", event=event, found=found, entry=found.entry)


@door.get("/<slug:slug>/poster.pdf")
def poster(slug: str) -> ResponseReturnValue:
    """The running order for a wall."""
    return _print(slug, "poster")


@door.get("/<slug:slug>/handout.pdf")
def handout(slug: str) -> ResponseReturnValue:
    """The running order with what each group would do, for the hand."""
    return _print(slug, "handout")


def _print(slug: str, kind: str) -> Response:
    return print_of(_published(slug), kind, language())
