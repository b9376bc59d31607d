"""Events and their running order."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.bids.models import Bid
from pbvote.db import Base
from pbvote.rounds.models import Share


class PollState(enum.StrEnum):
    """The poll's way. It goes in one direction, but that two people may open a closed poll again before its count."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    """The ballots are totals; the key and the traces of single ballots are being destroyed."""
    SEALED = "sealed"
    PUBLISHED = "published"


class Event(Base):
    """One locality's decision day."""

    __tablename__ = "event"
    __table_args__ = (
        sa.UniqueConstraint("slug"),
        sa.UniqueConstraint("share_id"),
        sa.CheckConstraint("starts_at < ends_at", name="times_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    share_id: Mapped[int] = mapped_column(sa.ForeignKey("share.id"))
    name: Mapped[str]
    place: Mapped[str]
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    poll: Mapped[PollState] = mapped_column(default=PollState.PLANNED)

    share: Mapped[Share] = relationship()
    running_order: Mapped[list["Slot"]] = relationship(
        back_populates="event", order_by="Slot.number", cascade="all, delete-orphan"
    )


class Slot(Base):
    """A bid's place in the running order. Its number is the number on the ballot."""

    __tablename__ = "slot"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "bid_id"),
        sa.CheckConstraint("number > 0", name="number_positive"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)

    event: Mapped[Event] = relationship(back_populates="running_order")
    bid: Mapped[Bid] = relationship()
