"""Who wants one letter about a result, and who lends a hand.

Both are names, and people may write theirs a moment after they voted. So nothing here is finer than a day, no row has a
number that grows, and no order of arrival is left once voting has closed.
"""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import today
from pbvote.db import Base
from pbvote.vote.events.models import Event

MOST_LETTERS = 3
"""To one address about one event, until it is confirmed."""


class Reminder(Base):
    """An e-mail address that gets one letter once the result is public, and is deleted with it."""

    __tablename__ = "reminder"
    __table_args__ = (
        sa.UniqueConstraint("tag"),
        sa.CheckConstraint(f"letters BETWEEN 1 AND {MOST_LETTERS}", name="letters_few"),
        sa.CheckConstraint("email <> ''", name="email_given"),
        {"sqlite_with_rowid": False},
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    email: Mapped[str] = mapped_column(primary_key=True)
    tag: Mapped[bytes]
    """Of the code in the newest letter."""
    language: Mapped[str]
    """Of the page on which it was asked for, and of the letter."""
    letters: Mapped[int] = mapped_column(default=1)
    """How often it was asked for: each time writes a letter with a link."""
    asked_on: Mapped[dt.date] = mapped_column(default=today)
    confirmed_on: Mapped[dt.date | None]
    """When the button behind the letter's link was pressed; None before, and nothing is sent."""


class Volunteer(Base):
    """A resident who lends a hand: who, how to reach them, and what they could do."""

    __tablename__ = "volunteer"
    __table_args__ = (
        sa.CheckConstraint("name <> '' AND contact <> '' AND words <> ''", name="all_said"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    """Drawn by chance."""
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    name: Mapped[str]
    contact: Mapped[str]
    """An e-mail address or a telephone number, as it was typed."""
    words: Mapped[str]
    """What they could do."""
    offered_on: Mapped[dt.date] = mapped_column(default=today)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
