"""The addresses that are told what a partnership does, and whose questions wait for an answer."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import today
from pbvote.db import Base
from pbvote.partnership.letter_links import MOST_LETTERS, LetterLinks


class Subscriber(LetterLinks):
    """An e-mail address that is told what a partnership does, and nothing else of whoever reads it."""

    __tablename__ = "subscriber"
    __table_args__ = (
        sa.UniqueConstraint("locality_id", "email"),
        sa.CheckConstraint("email <> ''", name="email_given"),
        sa.CheckConstraint(f"letters BETWEEN 0 AND {MOST_LETTERS}", name="letters_few"),
        sa.CheckConstraint("(confirmed_on IS NULL) = (told_at IS NULL)", name="told_since_confirmed"),
        sa.CheckConstraint("letter_on IS NULL OR confirmed_on IS NOT NULL", name="no_letter_unconfirmed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"))
    email: Mapped[str]
    kinds: Mapped[list[str]]
    """Keys of what it is told; none where it waits for the answer to a question alone."""
    told_at: Mapped[dt.datetime | None]
    """What happened by then has been told, or was before the address was there."""
    letter_on: Mapped[dt.date | None]
    """The day of the last letter that told something."""


class AwaitedAnswer(Base):
    """That an address is told once a question is answered, or is not shown. It goes with that letter."""

    __tablename__ = "awaited_answer"

    subscriber_id: Mapped[int] = mapped_column(sa.ForeignKey("subscriber.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(
        sa.ForeignKey("meeting_question.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    asked_on: Mapped[dt.date] = mapped_column(default=today)
    confirmed_on: Mapped[dt.date | None]
    """Each question is confirmed by a press: anybody can type an address beside one."""
