"""The box of a poll: what phones and paper put into it. No column here says when, from where or in what order.

A cast writes one row in one table and locks no other row: even a row lock would leave the same transaction's mark
beside the slip and the ballot.
"""

import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.db import Base


class Ballot(Base):
    """What one slip says, under a tag that only the event's key can lead back to the slip."""

    __tablename__ = "ballot"
    __table_args__ = (sa.CheckConstraint("version > 0", name="version_positive"), {"sqlite_with_rowid": False})

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    ballot_tag: Mapped[bytes] = mapped_column(primary_key=True)
    choices: Mapped[str]
    """Canonical text of `pbvote.tally`."""
    version: Mapped[int]


class RehearsalBallot(Base):
    """What a test slip says. It has a table of its own, which no count reads."""

    __tablename__ = "rehearsal_ballot"
    __table_args__ = (sa.CheckConstraint("version > 0", name="version_positive"), {"sqlite_with_rowid": False})

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    ballot_tag: Mapped[bytes] = mapped_column(primary_key=True)
    choices: Mapped[str]
    version: Mapped[int]


class SpoiltReason(enum.StrEnum):
    """Why a paper ballot can't be counted."""

    BLANK = "blank"
    INCOMPLETE = "incomplete"
    TOO_MANY = "too_many"
    UNCLEAR = "unclear"
    SIGNED = "signed"


class Decision(enum.StrEnum):
    """Which of a slip's two ballots counts, where paper and phone differ."""

    PAPER = "paper"
    PHONE = "phone"


class PaperEntry(Base):
    """A paper ballot as one person keyed it and another confirmed it, or why it is spoilt."""

    __tablename__ = "paper_entry"
    __table_args__ = (
        sa.CheckConstraint("keyed_by <> confirmed_by", name="two_people"),
        sa.CheckConstraint("(choices IS NULL) = (spoilt IS NOT NULL)", name="choices_or_spoilt"),
        sa.CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name="decision_has_a_name"),
        {"sqlite_with_rowid": False},
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    ballot_tag: Mapped[bytes] = mapped_column(primary_key=True)
    choices: Mapped[str | None]
    spoilt: Mapped[SpoiltReason | None]
    keyed_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    decision: Mapped[Decision | None]
    """Where the slip has also voted on a phone, and differently: which of the two counts."""
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
