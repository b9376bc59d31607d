"""Photos of a visit: stored once, however often they arrive, and shown to those who read its words. Nothing commits."""

from collections.abc import Collection

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.files.pictures import NewPhoto
from pbvote.files.service import forget_photo, keep_photo
from pbvote.grants.visits.models import CORRECTED_WITHIN, MOST_PHOTOS, CheckIn, CheckInPhoto
from pbvote.grants.visits.stays import require_apart
from pbvote.people.models import Account


class TooManyPhotos(Refusal):
    """Nobody looks at more."""

    status = 422

    def __init__(self) -> None:
        super().__init__(f"A check-in can have {MOST_PHOTOS} photos.")


class NotAgreed(Refusal):
    """Somebody in the photo has not said yes, as far as we know."""

    status = 422

    def __init__(self) -> None:
        super().__init__("Ask everybody in the photo first. Then tick that they agree.")


def add_photo(check_in: CheckIn, key: str, new: NewPhoto, by: Account) -> None:
    """Put a photo beside a check-in; nothing where the one with this key is there.

    Raises `BelongsToIt`, `TooManyPhotos`, `NoRoom`.
    """
    require_apart([check_in.award_id], by)
    db.session.scalar(sa.select(CheckIn.id).where(CheckIn.id == check_in.id).with_for_update(key_share=True))
    held = sa.select(CheckInPhoto.key, CheckInPhoto.place).where(CheckInPhoto.check_in_id == check_in.id)
    places = {row.key: row.place for row in db.session.execute(held)}
    if key in places:
        return
    free = set(range(1, MOST_PHOTOS + 1)).difference(places.values())
    if not free:
        raise TooManyPhotos
    photo = keep_photo(new, by.id)
    db.session.add(CheckInPhoto(check_in_id=check_in.id, key=key, place=min(free), photo_id=photo.id))
    db.session.flush()


def add_photo_to_each(check_ins: Collection[CheckIn], key: str, new: NewPhoto, by: Account) -> None:
    """Put a photo of a gathering beside each of these, in one order for everybody. Raises as `add_photo` does."""
    for check_in in sorted(check_ins, key=lambda one: one.id):
        add_photo(check_in, key, new, by)


def remove_photo(taken: CheckInPhoto) -> None:
    """Take a photo away for good."""
    photo = taken.photo
    db.session.delete(taken)
    db.session.flush()
    forget_photo(photo)


def photo_at(award_id: int, check_in_id: int, place: int, *which: sa.ColumnElement[bool]) -> CheckInPhoto | None:
    """The photo in this place of a check-in about this award, where the check-in is also so."""
    wanted = sa.select(CheckInPhoto).join(CheckIn, CheckIn.id == CheckInPhoto.check_in_id)
    wanted = wanted.where(CheckIn.id == check_in_id, CheckIn.award_id == award_id, CheckInPhoto.place == place)
    return db.session.scalar(wanted.where(*which))


def is_shared() -> sa.ColumnElement[bool]:
    """Whether a check-in is its group's to read by now."""
    return CheckIn.logged_at <= now() - CORRECTED_WITHIN
