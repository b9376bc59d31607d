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
    REPLACE = "replace"
    WITNESS = "witness"
    RECOVERY = "recovery"
    CLOSE = "close"
    REOPEN = "reopen"
    COUNT = "count"
    SEAL = "seal"
    DRAW = "draw"
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


class FailedLookup(Base):
    """How many codes that nobody issued were tried in a minute, of whichever event. No code, no address."""

    __tablename__ = "failed_lookup"
    __table_args__ = (sa.CheckConstraint("times > 0", name="times_positive"),)

    minute: Mapped[dt.datetime] = mapped_column(primary_key=True)
    times: Mapped[int]
