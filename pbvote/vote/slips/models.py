"""What the database holds of slips, ballots and counts. No column here says when, from where or in what order.

A cast writes one row in one table and locks no other row: even a row lock would leave the same transaction's mark
beside the slip and the ballot.
"""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.db import Base


class SlipState(enum.StrEnum):
    """What a slip's code is good for."""

    SPARE = "spare"
    LIVE = "live"
    VOID = "void"
    TEST = "test"


class Slip(Base):
    """A printed slip. The code itself is nowhere; there is no "used" mark and no time, and there never will be."""

    __tablename__ = "slip"
    __table_args__ = (sa.UniqueConstraint("event_id", "serial"), {"sqlite_with_rowid": False})

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    code_tag: Mapped[bytes] = mapped_column(primary_key=True)
    serial: Mapped[str]
    envelope: Mapped[int]
    state: Mapped[SlipState]


class FailedLookup(Base):
    """How many codes that nobody issued were tried in a minute, at all events together. No code, no address."""

    __tablename__ = "failed_lookup"
    __table_args__ = (sa.CheckConstraint("times > 0", name="times_positive"),)

    minute: Mapped[dt.datetime] = mapped_column(primary_key=True)
    times: Mapped[int]
