"""Send files to those who may have them. Who that is, is the door's business."""

from flask import Response, abort, current_app, send_file

from pbvote.files.models import Photo, StoredFile
from pbvote.files.pictures import SMALL
from pbvote.files.store import FileMissing, the_store


def attachment(stored: StoredFile) -> Response:
    """A file that a browser saves and never shows as a page of this site."""
    return _sent(stored, as_attachment=True)


def picture(photo: Photo, width: int) -> Response:
    """A photo in the smaller or the larger size."""
    return _sent(photo.small if width == SMALL else photo.large, as_attachment=False)


def _sent(stored: StoredFile, *, as_attachment: bool) -> Response:
    try:
        content = the_store().open(stored.digest)
    except FileMissing:
        current_app.logger.exception("file %s is not in the store", stored.id)
        abort(404)
    sent = send_file(
        content, stored.media_type, as_attachment=as_attachment, download_name=stored.name, max_age=0, etag=False
    )
    sent.content_length = stored.size_bytes
    return sent
