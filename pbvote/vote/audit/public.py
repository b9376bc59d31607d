"""The audit bundle of a published result, for anyone."""

from flask import abort, make_response, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.vote.audit.bundle import published_bundle
from pbvote.vote.events.by_address import event_at

CACHE_SECONDS = 300
door = public_door("audit", __name__, url_prefix="/results")


@door.get("/<slug:slug>/bundle.zip")
def bundle(slug: str) -> ResponseReturnValue:
    """All that is published of the vote, and the program that recounts it."""
    event = event_at(slug)
    if not event.is_public:
        abort(404)
    response = make_response(published_bundle(event) or abort(404))
    response.mimetype = "application/zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.zip"'
    response.cache_control.public = True
    response.cache_control.max_age = CACHE_SECONDS
    response.add_etag()
    return response.make_conditional(request)
