"""A paper of a meeting, read by its content as soon as its form is looked at."""

from pbvote.fields import FileField, Form, TextField
from pbvote.files import documents
from pbvote.files.documents import NewDocument, read_document
from pbvote.files.pictures import NewPhoto, read_photo
from pbvote.files.refusals import FileRefused, NoPhoto

_ACCEPT = ",".join((*documents.ACCEPT, "image/*", ".heic", ".heif"))


class PaperForm(Form):
    """A document or a photo, and what it is."""

    title = TextField("What it is", hint="For example: Plan of the path", max_length=100, required="Say what it is")
    paper = FileField(
        "Document or photo",
        hint="PDF, Word, Excel or OpenDocument, or a photo, up to 15 MB. Save slides as PDF.",
        look={"attributes": {"accept": _ACCEPT, "data-most-bytes": str(documents.MOST_BYTES)}},
        required="Choose a file",
    )
    new: NewDocument | NewPhoto | None = None
    """What was sent, in a form that is valid."""

    def validate(self, extra_validators: object = None) -> bool:
        """The file is a document or a photo."""
        if super().validate(extra_validators) and self.paper.data:
            try:
                self.new = _read(self.paper.data.read(), self.paper.data.filename or "")
            except FileRefused as refused:
                self.refuse(str(refused), "paper")
        return not self.errors


def _read(content: bytes, name: str) -> NewDocument | NewPhoto:
    try:
        return read_photo(content, name)
    except NoPhoto:
        return read_document(content, name)
