"""A photo with its words, and a document. Each file is read by its content as soon as its form is looked at."""

from typing import Any

from pbvote.call.bids.models import PHOTO_TEXT_LENGTH
from pbvote.fields import FileField, Form, TextField
from pbvote.files import documents
from pbvote.files.documents import NewDocument, read_document
from pbvote.files.forms import PhotoReading, photo_field
from pbvote.files.refusals import FileRefused


def _asking(accept: tuple[str, ...], most_bytes: int) -> dict[str, Any]:
    """What the browser offers to choose from, and the size that the page's script looks at before it sends."""
    return {"attributes": {"accept": ",".join(accept), "data-most-bytes": str(most_bytes)}}


class PhotoForm(PhotoReading):
    """The bid's photo. A bid that has one may get other words for it alone."""

    photo = photo_field(
        "Photo", "JPEG, PNG, WebP or HEIC, up to 15 MB. We keep no place, date or name that your camera wrote into it."
    )
    text = TextField(
        "What the photo shows",
        hint="For people who can’t see it. For example: six neighbours plant herbs in a raised bed by the library.",
        max_length=PHOTO_TEXT_LENGTH,
        required="Say what the photo shows, for people who can’t see it",
    )

    @classmethod
    def for_bid(cls, has_photo: bool, text: str) -> "PhotoForm":
        """The form for a bid, with the words that it has."""
        form = cls(data={"text": text})
        form.photo.required = False if has_photo else form.photo.required
        form.photo.label.text = "Another photo" if has_photo else "Photo"
        return form


class DocumentForm(Form):
    """A document for the organisers."""

    document = FileField(
        "Document",
        hint="PDF, Word, Excel or OpenDocument (.pdf, .docx, .xlsx, .odt, .ods), up to 15 MB.",
        # Not FileField's own `accept`: that goes by the name, and a file is what its content says.
        look=_asking(documents.ACCEPT, documents.MOST_BYTES),
        required="Choose a document",
    )
    new: NewDocument | None = None
    """The document that was sent, in a form that is valid."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether a file came, and is a document."""
        if super().validate(extra_validators) and self.document.data:
            try:
                self.new = read_document(self.document.data.read(), self.document.data.filename or "")
            except FileRefused as refused:
                self.refuse(str(refused), "document")
        return self.new is not None
