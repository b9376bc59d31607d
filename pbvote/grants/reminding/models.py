"""What was reminded of, whose week was summed up, and when that last happened."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import now
from pbvote.db import Base

_TO_OFFICER = sa.text("step = 'officer'")


class ReminderStep(enum.StrEnum):
    """Which letter of a sequence it is."""

    AHEAD = "ahead"
    ON_DAY = "on_day"
    AFTER = "after"
    OFFICER = "officer"
    """An officer is told, and nobody else is reminded any more."""


class SentReminder(Base):
    """One letter about one due day, to one reader. It is written with the letter, so that neither is without the other.

    A thing that is due on another day is another thing: its letters begin again.
    """

    __tablename__ = "sent_reminder"
    __table_args__ = (
        sa.Index(
            "uq_sent_reminder_officer",
            "kind",
            "thing_id",
            "due_on",
            unique=True,
            sqlite_where=_TO_OFFICER,
            postgresql_where=_TO_OFFICER,
        ),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    """Of which kind the thing is: a visit, an offer, a worry."""
    thing_id: Mapped[int] = mapped_column(primary_key=True)
    """The number of what is due, among those of its kind."""
    due_on: Mapped[dt.date] = mapped_column(primary_key=True)
    step: Mapped[ReminderStep] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True, index=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    written_at: Mapped[dt.datetime] = mapped_column(default=now)


class Digest(Base):
    """That a person's week was summed up: once, whether or not there was anything to say."""

    __tablename__ = "digest"
    __table_args__ = (sa.CheckConstraint("lines >= 0", name="lines_counted"),)

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    week_on: Mapped[dt.date] = mapped_column(primary_key=True)
    """The Monday with which the week begins."""
    lines: Mapped[int]
    """How many lines the letter had; where there were none, none was written."""
    written_at: Mapped[dt.datetime] = mapped_column(default=now)
