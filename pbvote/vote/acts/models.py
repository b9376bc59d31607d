"""Acts that one person asked for and another must confirm, and the cards of those who confirm without an account."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.people.models import Account
from pbvote.vote.events.models import Event


class Witness(Base):
    """A resident, or the partnership's chair, who confirms with a printed card. Of the card only a tag is kept."""

    __tablename__ = "witness"
    __table_args__ = (
        sa.UniqueConstraint("tag"),
        sa.UniqueConstraint("event_id", "id"),
        sa.CheckConstraint("name <> ''", name="name_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    name: Mapped[str]
    tag: Mapped[bytes]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)

    event: Mapped[Event] = relationship()


class Act(Base):
    """An act that somebody asked for. The database itself refuses the same person twice, and a late confirmation."""

    __tablename__ = "act"
    __table_args__ = (
        sa.CheckConstraint("(event_id IS NULL) <> (award_id IS NULL)", name="event_or_award"),
        sa.CheckConstraint("asked_by <> confirmed_by", name="two_people"),
        sa.CheckConstraint("confirmed_by IS NULL OR witness_id IS NULL", name="one_second_person"),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL AND witness_id IS NULL)", name="confirmed_by_somebody"
        ),
        sa.CheckConstraint("confirmed_at <= expires_at", name="confirmed_in_time"),
        sa.ForeignKeyConstraint(["event_id", "witness_id"], ["witness.event_id", "witness.id"]),
        # A composite key with an empty half is not checked, so the event must be there.
        sa.CheckConstraint("witness_id IS NULL OR event_id IS NOT NULL", name="witness_of_an_event"),
        sa.CheckConstraint("NOT (is_withdrawn AND confirmed_at IS NOT NULL)", name="withdrawn_or_confirmed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(sa.ForeignKey("award.id"), index=True)
    """An act is about an event or about an award."""
    kind: Mapped[str]
    """The name of a `pbvote.vote.acts.kinds.ActKind`."""
    body: Mapped[dict[str, Any]]
    """What the kind needs to know: a serial, a reason, the order drawn. No names of people."""
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(default=now)
    expires_at: Mapped[dt.datetime]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    witness_id: Mapped[int | None]
    confirmed_at: Mapped[dt.datetime | None]

    event: Mapped[Event] = relationship()
    """Of an act about an event."""
    asker: Mapped[Account] = relationship(foreign_keys=[asked_by])

    @property
    def second(self) -> str:
        """Who confirmed, as the ledger names them: ``account 3`` or ``witness 2``."""
        return f"account {self.confirmed_by}" if self.confirmed_by else f"witness {self.witness_id}"
