"""The page with a bid's photo and documents, as organisers and the group itself see it."""

from flask import render_template

from pbvote.call.attachments import service
from pbvote.call.attachments.forms import DocumentForm, PhotoForm
from pbvote.call.bids.models import Bid
from pbvote.files.pictures import LARGE, SMALL

SIZES = frozenset({SMALL, LARGE})
PHOTO_SAVED = "The photo and its words are saved."
PHOTO_REMOVED = "The photo is removed."
DOCUMENT_REMOVED = "The document is removed."


def photo_form(bid: Bid) -> PhotoForm:
    """The form for this bid's photo."""
    return PhotoForm.for_bid(bid.photo is not None, bid.photo_text)


def files_page(bid: Bid, door: str, photo: PhotoForm | None = None, document: DocumentForm | None = None) -> str:
    """The page. `door` is the blueprint whose addresses its forms go to; a form with errors stays as it was typed."""
    return render_template(
        "call/attachments/files.html",
        bid=bid,
        door=door,
        photo_form=photo or photo_form(bid),
        document_form=document or DocumentForm(),
        form=photo or document,
        documents=service.documents_of(bid),
        fixed=service.why_fixed(bid),
        small=SMALL,
    )
