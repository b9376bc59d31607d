"""The ledger: what was done to an event's poll, chained and never changed."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.db import Base
from pbvote.vote.ledger.records import Record, read


class LedgerEntry(Base):
    """One act on an event, chained to the one before. Triggers refuse every change and removal.

    No constraint lists the types, so a new one never forces this table to be made again. The chain and its one writer
    guard them.
    """

    __tablename__ = "ledger"
    __table_args__ = (
        sa.CheckConstraint("seq > 0", name="seq_positive"),
        sa.Index(None, "event_id", "type"),  # each cast asks which entry opened its poll, however many envelopes did
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    prev: Mapped[str]
    type: Mapped[str]
    body: Mapped[dict[str, Any]]
    at: Mapped[dt.datetime]
    actor: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    """None when the operator acted on the command line, or a phone that was let in: the body has its number."""
    hash: Mapped[str]

    @property
    def record(self) -> Record:
        """What the entry tells."""
        return read(self.type, self.body)
