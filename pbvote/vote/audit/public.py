"""The audit bundle of a published result, for anyone."""

from flask import Response, abort

from pbvote.access import public_door
from pbvote.streaming import send_public
from pbvote.vote.audit.bundle import published_bundle
from pbvote.vote.events.by_address import event_at

door = public_door("audit", __name__, url_prefix="/results")


@door.get("/<slug:slug>/bundle.zip")
def bundle(slug: str) -> Response:
    """All that is published of the vote, and the program that recounts it."""
    event = event_at(slug)
    if not event.is_public:
        abort(404)
    return send_public(published_bundle(event) or abort(404), "application/zip", f"{slug}.zip")
