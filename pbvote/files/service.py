"""Keep files and let them go. Nothing here commits; content is stored before its row is."""

import sqlalchemy as sa

from pbvote.db import db
from pbvote.files.documents import NewDocument
from pbvote.files.models import Photo, StoredFile
from pbvote.files.names import clean_name
from pbvote.files.pictures import MEDIA_TYPE, NewPhoto
from pbvote.files.store import the_store


def keep_photo(new: NewPhoto, given_by_id: int | None) -> Photo:
    """Store a photo that `read_photo` has read. Raises `NoRoom`."""
    name = clean_name(new.name, "jpg", instead="photo")
    small, large = (_keep(drawn.content, MEDIA_TYPE, name, given_by_id) for drawn in (new.small, new.large))
    photo = Photo(small=small, large=large, width=new.large.width, height=new.large.height)
    db.session.add(photo)
    db.session.flush()
    return photo


def keep_document(new: NewDocument, given_by_id: int | None) -> StoredFile:
    """Store a document that `read_document` has read. Raises `NoRoom`."""
    stored = _keep(new.content, new.kind.media_type, clean_name(new.name, new.kind.value), given_by_id)
    db.session.add(stored)
    db.session.flush()
    return stored


def _keep(content: bytes, media_type: str, name: str, given_by_id: int | None) -> StoredFile:
    digest = the_store().put(content)
    return StoredFile(digest=digest, media_type=media_type, size_bytes=len(content), name=name, given_by_id=given_by_id)


def forget_photo(photo: Photo) -> None:
    """Delete a photo's rows, once nothing names it. Its content goes when it is swept."""
    both = (photo.small, photo.large)
    db.session.delete(photo)
    db.session.flush()
    for stored in both:
        forget_file(stored)


def forget_file(stored: StoredFile) -> None:
    """Delete a file's row, once nothing names it. Its content goes when it is swept."""
    db.session.delete(stored)
    db.session.flush()


def sweep() -> tuple[int, list[StoredFile]]:
    """Delete the content that no row has named for a day; how much went, and the rows whose content is missing.

    Writes nothing to the database.
    """
    store = the_store()
    store.mend()
    # What is stored is listed first: what comes after that has its row later, and is too young to go.
    stored = list(store.digests())
    named = set(db.session.scalars(sa.select(StoredFile.digest)))
    gone = sum(store.delete(digest) for digest in stored if digest not in named)
    missing = store.missing(named)
    rows = sa.select(StoredFile).where(StoredFile.digest.in_(missing)).order_by(StoredFile.id)
    return gone, list(db.session.scalars(rows)) if missing else []
