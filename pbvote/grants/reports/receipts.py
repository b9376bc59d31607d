"""Photos of receipts. The same one twice is said, and taken all the same. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

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


@dataclass(frozen=True, slots=True)
class Receipts:
    """An award's receipts, line by line."""

    rows: Sequence[Receipt] = ()
    twins: Mapping[int, Sequence[Receipt]] = field(default_factory=dict)
    """Of these, by id, those that came before with the very same picture, whoever sent them."""

    @classmethod
    def of(cls, award: Award) -> Self:
        """In one statement: every receipt whose picture is one of the award's."""
        large = orm.aliased(StoredFile)
        digests = sa.select(large.digest).join(Photo, Photo.large_id == large.id).join(Receipt)
        found = _receipts_of_pictures(digests.where(Receipt.award_id == award.id))
        rows = sorted((row for row in found if row.award_id == award.id), key=lambda row: (row.position, row.id))
        twins = {row.id: [other for other in found if _came_before(other, row)] for row in rows}
        return cls(rows, {receipt_id: others for receipt_id, others in twins.items() if others})


def _receipts_of_pictures(digests: sa.Select[str]) -> Sequence[Receipt]:
    large = orm.aliased(StoredFile)
    wanted = sa.select(Receipt).join(Receipt.photo).join(large, large.id == Photo.large_id)
    return db.session.scalars(wanted.where(large.digest.in_(digests)).order_by(Receipt.id)).all()


def _came_before(other: Receipt, receipt: Receipt) -> bool:
    return other.id < receipt.id and other.photo.digest == receipt.photo.digest


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
    return Receipts.of(award).twins.get(row.id, [])


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
