"""What the database holds of slips, ballots and counts. No column here says when, from where or in what order.

A cast writes one row in one table and locks no other row: even a row lock would leave the same transaction's mark
beside the slip and the ballot.
"""

import datetime as dt
import enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.db import Base


class CodeState(enum.StrEnum):
    """What a slip's code is good for."""

    SPARE = "spare"
    LIVE = "live"
    VOID = "void"
    TEST = "test"


class Code(Base):
    """A printed slip. The code itself is nowhere; there is no "used" mark and no time, and there never will be."""

    __tablename__ = "code"
    __table_args__ = (sa.UniqueConstraint("event_id", "serial"), {"sqlite_with_rowid": False})

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    code_tag: Mapped[bytes] = mapped_column(primary_key=True)
    serial: Mapped[str]
    envelope: Mapped[int]
    state: Mapped[CodeState]


class Ballot(Base):
    """What one slip says, under a tag that only the event's key can lead back to the slip."""

    __tablename__ = "ballot"
    __table_args__ = (sa.CheckConstraint("version > 0", name="version_positive"), {"sqlite_with_rowid": False})

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    ballot_tag: Mapped[bytes] = mapped_column(primary_key=True)
    choices: Mapped[str]
    """Canonical text of `pbvote.tally`."""
    version: Mapped[int]


class PaperEntry(Base):
    """A paper ballot as one person keyed it and another confirmed it."""

    __tablename__ = "paper_entry"
    __table_args__ = (
        sa.CheckConstraint("keyed_by <> confirmed_by", name="two_people"),
        {"sqlite_with_rowid": False},
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    ballot_tag: Mapped[bytes] = mapped_column(primary_key=True)
    choices: Mapped[str]
    keyed_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))


class Counted(Base):
    """The counted ballots, grouped, without tags. Results are read from here and from nowhere else."""

    __tablename__ = "counted"
    __table_args__ = (sa.CheckConstraint("voters > 0", name="voters_positive"), {"sqlite_with_rowid": False})

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    choices: Mapped[str] = mapped_column(primary_key=True)
    voters: Mapped[int]


class LedgerType(enum.StrEnum):
    """What a ledger entry tells."""

    PRINT = "print"
    PRINT_FAILED = "print_failed"
    ENVELOPE = "envelope"
    OPEN = "open"
    VOID = "void"
    CLOSE = "close"
    REOPEN = "reopen"
    COUNT = "count"
    SEAL = "seal"
    PUBLISH = "publish"


class LedgerEntry(Base):
    """One act on an event, chained to the one before. Triggers refuse every change and removal."""

    __tablename__ = "ledger"
    __table_args__ = (sa.CheckConstraint("seq > 0", name="seq_positive"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    prev: Mapped[str]
    type: Mapped[LedgerType]
    body: Mapped[dict[str, Any]]
    """Numbers and digests; no names."""
    at: Mapped[dt.datetime]
    actor: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    """None when the operator acted on the command line."""
    hash: Mapped[str]
