"""The addresses that are told what a partnership does, and whose questions wait for an answer."""

import datetime as dt
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.code_tags import tag_of
from pbvote.core.clock import today
from pbvote.core.codes import code_from
from pbvote.db import Base

MOST_LETTERS: Final = 3
"""To one address, a day apart, until its button is pressed."""


class Subscriber(Base):
    """An e-mail address that is told what a partnership does, and nothing else of whoever reads it.

    The codes in its letters follow from its seed and the council's secret, so that every letter has the same two links.
    The database alone holds neither.
    """

    __tablename__ = "subscriber"
    __table_args__ = (
        sa.UniqueConstraint("locality_id", "email"),
        sa.UniqueConstraint("tag"),
        sa.UniqueConstraint("stop_tag"),
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
    seed: Mapped[bytes]
    tag: Mapped[bytes]
    """Of the code that confirms, and changes what it is told."""
    stop_tag: Mapped[bytes]
    """Of the code that stops the letters and opens nothing else: it stands in an address."""
    letters: Mapped[int] = mapped_column(default=0)
    """How many letters asked for the press of their button since it was pressed last."""
    asked_on: Mapped[dt.date | None]
    """When the newest of these was written."""
    confirmed_on: Mapped[dt.date | None]
    """When the button was pressed; None before, and nothing is told."""
    told_at: Mapped[dt.datetime | None]
    """What happened by then has been told, or was before the address was there."""
    letter_on: Mapped[dt.date | None]
    """The day of the last letter that told something."""

    @property
    def code(self) -> str:
        """What confirms it, and changes what it is told."""
        return code_from(tag_of("subscriber code", self.seed.hex()))

    @property
    def stop_code(self) -> str:
        """What stops its letters."""
        return code_from(tag_of("subscriber stop code", self.seed.hex()))


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
