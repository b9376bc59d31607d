"""What the door notes: help that was given, as numbers alone."""

import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.db import Base


class HelpKind(enum.StrEnum):
    """What a steward helped a voter with."""

    DEVICE = "device"
    READING = "reading"
    LANGUAGE = "language"
    MARKING = "marking"


class HelpGiven(Base):
    """How often stewards helped, by kind. A number alone: a line with a time would tell whose ballot came in then."""

    __tablename__ = "help_given"
    __table_args__ = (sa.CheckConstraint("times > 0", name="times_positive"), {"sqlite_with_rowid": False})

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    kind: Mapped[HelpKind] = mapped_column(primary_key=True)
    times: Mapped[int]
