"""Letters that wait to be sent, and those that were."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import now
from pbvote.db import Base

MOST_ATTEMPTS = 12


class LetterState(enum.StrEnum):
    """How far a letter has come."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Letter(Base):
    """One e-mail in plain text."""

    __tablename__ = "letter"
    __table_args__ = (sa.CheckConstraint("attempts >= 0", name="attempts_counted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    written_at: Mapped[dt.datetime] = mapped_column(default=now)
    sent_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)

    @property
    def state(self) -> LetterState:
        """Sent, given up after the last attempt, or waiting for the next."""
        if self.sent_at:
            return LetterState.SENT
        return LetterState.WAITING if self.attempts < MOST_ATTEMPTS else LetterState.FAILED
