"""Letters that wait to be sent, and those that were."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base

MOST_ATTEMPTS = 12


class LetterState(enum.StrEnum):
    """How far a letter has come."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    CALLED_BACK = "called_back"


class Letter(Base):
    """One e-mail in plain text."""

    __tablename__ = "letter"
    __table_args__ = (
        sa.CheckConstraint("attempts >= 0", name="attempts_counted"),
        sa.CheckConstraint("called_back_at IS NULL OR (sent_at IS NULL AND attempts = 0)", name="called_back_untried"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    written_at: Mapped[dt.datetime] = mapped_column(default=now)
    sent_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[dt.datetime | None]
    """Until then it waits and can be called back."""
    is_kept: Mapped[bool] = mapped_column(default=True)
    """Whether the outbox says afterwards to whom it went, and when; else the row goes with the letter."""
    stops_at: Mapped[str] = mapped_column(default="")
    """Where one press stops letters like this one, also a mail program’s (RFC 8058); "" where they can't be stopped."""
    called_back_at: Mapped[dt.datetime | None]
    """When somebody called it back, before the first attempt to send it."""

    attachments: Mapped[list["LetterAttachment"]] = relationship(
        order_by="LetterAttachment.name", cascade="all, delete-orphan", passive_deletes=True, lazy="raise_on_sql"
    )

    @property
    def state(self) -> LetterState:
        """Sent, called back, given up after the last attempt, or waiting for the next."""
        if self.sent_at:
            return LetterState.SENT
        if self.called_back_at:
            return LetterState.CALLED_BACK
        return LetterState.WAITING if self.attempts < MOST_ATTEMPTS else LetterState.FAILED


class LetterAttachment(Base):
    """A file that travels with a letter, and goes once the letter has gone or was called back."""

    __tablename__ = "letter_attachment"

    letter_id: Mapped[int] = mapped_column(sa.ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    """As the reader's computer calls it: ``What-you-accepted.pdf``."""
    media_type: Mapped[str]
    content: Mapped[bytes]
