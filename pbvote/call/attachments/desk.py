"""Photos and documents of bids, for organisers; auditors read."""

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.call.attachments import pages, service
from pbvote.call.attachments.forms import DocumentForm
from pbvote.call.bids.models import Bid
from pbvote.db import begin_write, db
from pbvote.files.sending import attachment, picture

door = desk_door("attachments", __name__, url_prefix="/desk/bids")


def _bid(bid_id: int) -> Bid:
    return service.bid_with_photo(bid_id) or abort(404)


def _back(bid_id: int, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("attachments_desk.files", bid_id=bid_id))


@door.get("/<int:bid_id>/files")
def files(bid_id: int) -> ResponseReturnValue:
    """The photo, its words, the documents."""
    return pages.files_page(_bid(bid_id), door.name)


@door.get("/<int:bid_id>/photo-<int:width>.jpg")
def photo(bid_id: int, width: int) -> Response:
    """The photo in one of its sizes, before everybody may see it."""
    shown = _bid(bid_id).photo
    return picture(shown, width) if shown and width in pages.SIZES else abort(404)


@door.get("/<int:bid_id>/documents/<int:file_id>")
def document(bid_id: int, file_id: int) -> Response:
    """A document, to save."""
    return attachment(service.document_of(_bid(bid_id), file_id) or abort(404))


@door.post("/<int:bid_id>/photo")
def set_photo(bid_id: int) -> ResponseReturnValue:
    """Store a photo with its words, or other words for the photo that is there."""
    bid = _bid(bid_id)
    service.require_changeable(bid)
    form = pages.photo_form(bid)
    if not form.validate():  # which draws the photo again, while nobody waits for the database
        return pages.files_page(bid, door.name, photo=form), 422
    begin_write()
    service.set_photo(_bid(bid_id), form.new, form.text.data, current_user)
    db.session.commit()
    return _back(bid_id, pages.PHOTO_SAVED)


@door.post("/<int:bid_id>/photo/remove")
def remove_photo(bid_id: int) -> ResponseReturnValue:
    """Take the photo away."""
    begin_write()
    service.remove_photo(_bid(bid_id))
    db.session.commit()
    return _back(bid_id, pages.PHOTO_REMOVED)


@door.post("/<int:bid_id>/documents")
def add_document(bid_id: int) -> ResponseReturnValue:
    """Store a document."""
    bid = _bid(bid_id)
    service.require_changeable(bid)
    form = DocumentForm()
    if not form.validate() or form.new is None:  # which reads the document, while nobody waits for the database
        return pages.files_page(bid, door.name, document=form), 422
    begin_write()
    stored = service.add_document(_bid(bid_id), form.new, current_user)
    db.session.commit()
    return _back(bid_id, f"{stored.name} is saved.")


@door.post("/<int:bid_id>/documents/<int:file_id>/remove")
def remove_document(bid_id: int, file_id: int) -> ResponseReturnValue:
    """Take a document away."""
    begin_write()
    service.remove_document(_bid(bid_id), file_id)
    db.session.commit()
    return _back(bid_id, pages.DOCUMENT_REMOVED)
