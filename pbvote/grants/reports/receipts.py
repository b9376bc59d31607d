"""Photos of receipts. The same one twice is said, and taken all the same. Nothing here commits."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import db
from pbvote.files.models import Photo, StoredFile
from pbvote.files.pictures import NewPhoto
from pbvote.files.service import forget_photo, keep_photo
from pbvote.grants.awards.holding import hold_awards
from pbvote.grants.awards.models import Award
from pbvote.grants.reports.models import Report
from pbvote.grants.reports.receipt_models import Receipt
from pbvote.grants.reports.refusals import AlreadySent
from pbvote.people.models import Account


def receipts_of(award: Award) -> Sequence[Receipt]:
    """The award's receipts, line by line."""
    wanted = sa.select(Receipt).where(Receipt.award_id == award.id)
    return db.session.scalars(wanted.order_by(Receipt.position, Receipt.id)).all()


def receipt_of(award: Award, receipt_id: int) -> Receipt | None:
    """One receipt of this award."""
    return db.session.scalar(sa.select(Receipt).where(Receipt.award_id == award.id, Receipt.id == receipt_id))


def add_receipt(award: Award, position: int, new: NewPhoto, by: Account) -> Sequence[Receipt]:
    """Keep a photo of a receipt for a line; the receipts, of this and of other awards, that look exactly the same.

    Raises `AlreadySent` once the report is sent.
    """
    hold_awards([award.id])
    require_unsent(award)
    photo = keep_photo(new, by.id)
    row = Receipt(award_id=award.id, position=position, photo=photo, given_by_id=by.id)
    db.session.add(row)
    db.session.flush()
    return twins_of([row]).get(row.id, [])


def remove_receipt(award: Award, receipt: Receipt) -> None:
    """Take a receipt away. Raises `AlreadySent` once the report is sent.

    While somebody sends it this waits, and reads then that it is sent; and the other way round.
    """
    hold_awards([award.id])
    require_unsent(award)
    photo = receipt.photo
    db.session.delete(receipt)
    db.session.flush()
    forget_photo(photo)


def require_unsent(award: Award) -> None:
    """Raise `AlreadySent` once the report is sent, unless it is open to be corrected."""
    is_shut = sa.select(Report.id).where(Report.award_id == award.id, Report.opened_at.is_(None))
    if db.session.scalar(is_shut) is not None:
        raise AlreadySent


def twins_of(receipts: Sequence[Receipt]) -> Mapping[int, Sequence[Receipt]]:
    """Of these receipts, by id, those that came before with the very same picture, whoever sent them."""
    mine = {receipt.photo.digest: receipt for receipt in receipts}
    if not mine:
        return {}
    large = orm.aliased(StoredFile)
    same = sa.select(Receipt, large.digest).join(Receipt.photo).join(large, large.id == Photo.large_id)
    same = same.where(large.digest.in_(mine)).order_by(Receipt.id)
    by_digest: dict[str, list[Receipt]] = {}
    for receipt, digest in db.session.execute(same):
        by_digest.setdefault(digest, []).append(receipt)
    found = {one.id: [other for other in by_digest[one.photo.digest] if other.id < one.id] for one in receipts}
    return {receipt_id: others for receipt_id, others in found.items() if others}
