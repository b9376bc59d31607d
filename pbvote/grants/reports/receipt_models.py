"""Photos of receipts, and whom an officer asks for them."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.files.models import Photo
from pbvote.people.models import Account

_IS_ASKED = sa.text("taken_back_at IS NULL")


class ReceiptsRequest(Base):
    """An officer asks one group for its receipts, though the round's rules do not; until they take it back."""

    __tablename__ = "receipts_request"
    __table_args__ = (
        sa.Index(
            "uq_receipts_request_award_id_open",
            "award_id",
            unique=True,
            sqlite_where=_IS_ASKED,
            postgresql_where=_IS_ASKED,
        ),
        sa.CheckConstraint("reason <> ''", name="reason_given"),
        sa.CheckConstraint("(taken_back_at IS NULL) = (taken_back_by_id IS NULL)", name="taken_back_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    reason: Mapped[str]
    """A sentence that the group reads."""
    asked_at: Mapped[dt.datetime] = mapped_column(default=now)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    taken_back_at: Mapped[dt.datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)

    asked_by: Mapped[Account] = relationship(lazy="raise_on_sql", foreign_keys=[asked_by_id])


class Receipt(Base):
    """A photo of a receipt for a line of the budget. The group, its mentor, organisers and auditors see it."""

    __tablename__ = "receipt"
    __table_args__ = (sa.UniqueConstraint("photo_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    position: Mapped[int]
    """Of the budget's line."""
    photo_id: Mapped[int] = mapped_column(sa.ForeignKey("photo.id"))
    given_at: Mapped[dt.datetime] = mapped_column(default=now)
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)

    photo: Mapped[Photo] = relationship(lazy="joined", innerjoin=True)
