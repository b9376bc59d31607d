"""A partnership's updates, for anyone."""

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.localities.by_address import public_locality
from pbvote.partnership.updates.feed import updates_atom
from pbvote.partnership.updates.service import IN_FEED, newest_updates, update_out, updates_out

door = public_door("updates", __name__, url_prefix="/localities/<slug:slug>")


@door.get("/updates.atom")
def atom(slug: str) -> Response:
    """The newest that say something, for feed readers."""
    locality = public_locality(slug)
    content = updates_atom(locality, newest_updates(locality, IN_FEED))
    return Response(content, content_type="application/atom+xml; charset=utf-8")


@door.get("/updates")
def listed(slug: str) -> ResponseReturnValue:
    """All that are out, the newest first."""
    locality = public_locality(slug)
    found = updates_out(locality, request.args.get("page", 1, type=int))
    return render_template("partnership/updates/listed.html", locality=locality, found=found)


@door.get("/updates/<int:update_id>")
def one(slug: str, update_id: int) -> ResponseReturnValue:
    """One update; of one that was taken down, the line that is left."""
    locality = public_locality(slug)
    update = update_out(locality, update_id) or abort(404)
    page = render_template("partnership/updates/one.html", locality=locality, update=update)
    return page, 410 if update.is_taken_down else 200


@door.get("/updates/<int:update_id>/photo-<int:width>.jpg")
def photo(slug: str, update_id: int, width: int) -> Response:
    """Its photo. Nobody keeps a copy, so that it is gone once it is taken down."""
    update = update_out(public_locality(slug), update_id) or abort(404)
    return picture((update.photo if width in {SMALL, LARGE} else None) or abort(404), width)
