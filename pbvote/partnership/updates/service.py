"""Write, publish and take down updates. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.files.models import Photo
from pbvote.files.pictures import NewPhoto
from pbvote.files.service import forget_photo, keep_photo
from pbvote.localities.models import Locality
from pbvote.paging import Page, fetch_page
from pbvote.partnership.seen import save_over
from pbvote.partnership.updates.models import Update
from pbvote.people.models import Account

NEWEST = 3
"""How many stand on the partnership's own page."""
IN_FEED = 30
"""How many a feed holds: a year of them, or two."""


class NotOut(Refusal):
    """An update that nobody has read yet is deleted; there is nothing to take down."""

    def __init__(self) -> None:
        super().__init__("This update is not out. You can delete it.")


class AlreadyOut(Refusal):
    """What everybody can read is not made undone in silence."""

    def __init__(self) -> None:
        super().__init__("This update is out. You can take it down and say why.")


class TakenDown(Refusal):
    """Nothing is left of it that could be changed."""

    def __init__(self) -> None:
        super().__init__("This update was taken down. You can write another one.")


def _of(locality: Locality) -> sa.Select[Update]:
    wanted = sa.select(Update).where(Update.locality_id == locality.id)
    return wanted.options(orm.joinedload(Update.photo))


def updates_out(locality: Locality, number: int) -> Page[Update]:
    """What everybody reads, the newest first, with the lines of those that were taken down."""
    return fetch_page(_of(locality).where(Update.is_out).order_by(Update.published_at.desc(), Update.id.desc()), number)


def newest_updates(locality: Locality, most: int = NEWEST) -> Sequence[Update]:
    """The newest that say something, so many at most."""
    wanted = _of(locality).where(Update.is_out, Update.taken_down_at.is_(None))
    wanted = wanted.order_by(Update.published_at.desc(), Update.id.desc())
    return db.session.scalars(wanted.limit(most)).unique().all()


def update_out(locality: Locality, update_id: int) -> Update | None:
    """One that everybody may know of."""
    return db.session.scalars(_of(locality).where(Update.id == update_id, Update.is_out)).unique().one_or_none()


def all_updates(locality: Locality, number: int) -> Page[Update]:
    """Drafts first, then what is to come, then what is out, the newest first."""
    order = (Update.published_at.is_not(None), Update.published_at.desc(), Update.id.desc())
    return fetch_page(_of(locality).order_by(*order), number)


def update_of(locality: Locality, update_id: int) -> Update | None:
    """One of the partnership's, a draft too."""
    return db.session.scalars(_of(locality).where(Update.id == update_id)).unique().one_or_none()


def draft_update(locality: Locality, heading: str, words: str, by: Account) -> Update:
    """Begin an update that nobody else reads yet."""
    update = Update(locality_id=locality.id, heading=heading, words=words, changed_by_id=by.id)
    db.session.add(update)
    db.session.flush()
    return update


def change_update(update: Update, heading: str, words: str, seen: int, by: Account) -> None:
    """Say something else. Raises `SavedMeanwhile`, and `TakenDown`."""
    require_standing(update)
    save_over(update, seen, by, {"heading": heading, "words": words})


def publish_update(update: Update, at: dt.datetime | None, seen: int, by: Account) -> None:
    """Let everybody read it, at once or from a moment on, which moves as long as it has not come.

    Raises `AlreadyOut`, `TakenDown`, and `SavedMeanwhile` where it is not what the editor read.
    """
    require_coming(update)
    save_over(update, seen, by, {"published_at": max(at, now()) if at else now()})


def give_update_photo(update: Update, new: NewPhoto, text: str, by: Account) -> None:
    """Show a photo beside the words, in place of the one before. Raises `TakenDown`."""
    require_standing(update)
    before, update.photo = update.photo, keep_photo(new, by.id)
    update.photo_text = text
    _touch(update, by)
    _forget(before)


def remove_update_photo(update: Update, by: Account) -> None:
    """Show no photo any more."""
    before, update.photo, update.photo_text = update.photo, None, ""
    _touch(update, by)
    _forget(before)


def take_update_down(update: Update, why: str, by: Account) -> None:
    """Delete what it said and showed, and say why. Raises `NotOut`, and `TakenDown` where it is done already."""
    require_out(update)
    before, update.photo, update.photo_text = update.photo, None, ""
    update.heading = update.words = ""
    update.taken_down_at, update.why_taken_down = now(), why
    _touch(update, by)
    _forget(before)


def delete_update(update: Update) -> None:
    """Delete what nobody has read. Raises `AlreadyOut`, or `TakenDown`."""
    require_coming(update)
    photo = update.photo
    db.session.delete(update)
    _forget(photo)


def require_standing(update: Update) -> None:
    """Raise `TakenDown` where nothing is left of it."""
    db.session.refresh(update, ["taken_down_at", "published_at"], with_for_update=True)
    if update.is_taken_down:
        raise TakenDown


def require_coming(update: Update) -> None:
    """Raise `AlreadyOut` where everybody reads it, `TakenDown` where everybody did."""
    require_standing(update)
    if update.is_out:
        raise AlreadyOut


def require_out(update: Update) -> None:
    """Raise `NotOut` where nobody reads it yet, `TakenDown` where nobody does any more."""
    require_standing(update)
    if not update.is_out:
        raise NotOut


def _touch(update: Update, by: Account) -> None:
    update.version += 1
    update.changed_at, update.changed_by_id = now(), by.id
    db.session.flush()


def _forget(photo: Photo | None) -> None:
    db.session.flush()
    if photo:
        forget_photo(photo)
