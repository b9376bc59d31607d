"""Awards and how they went."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.call.bids.models import Bid
from pbvote.core.clock import now
from pbvote.db import Base, Pence
from pbvote.people.models import Account
from pbvote.vote.events.models import Event


class AwardState(enum.StrEnum):
    """Where the promise stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SIGNED = "signed"


class Award(Base):
    """Money promised to a bid out of one event's share."""

    __tablename__ = "award"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "bid_id"),
        sa.CheckConstraint("award_pence > 0", name="award_positive"),
        sa.CheckConstraint("freed_reason = '' OR state = 'declined'", name="freed_where_declined"),
        sa.CheckConstraint("planned_pence >= 0", name="planned_not_negative"),
        sa.CheckConstraint("planned_pence + paid_pence <= award_pence", name="paid_within_award"),
        sa.CheckConstraint("returned_pence BETWEEN 0 AND paid_pence", name="returned_within_paid"),
        sa.CheckConstraint(
            "planned_pence + paid_pence = 0 OR state IN ('accepted', 'signed')", name="paid_where_accepted"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    award_pence: Mapped[Pence]
    state: Mapped[AwardState] = mapped_column(default=AwardState.OFFERED)
    decided_on: Mapped[dt.date]
    """The day on which the council decided, after the vote's advice."""
    reason: Mapped[str]
    freed_reason: Mapped[str] = mapped_column(default="")
    """What was decided about the money that the group declined; "" until then."""
    planned_pence: Mapped[Pence] = mapped_column(default=0)
    """What finance was asked to pay and has not paid."""
    paid_pence: Mapped[Pence] = mapped_column(default=0)
    """What finance has paid. The three sums move with the rows of `pbvote.grants.money` that explain them."""
    returned_pence: Mapped[Pence] = mapped_column(default=0)
    """What the group has sent back of it."""

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    bid: Mapped[Bid] = relationship(lazy="raise_on_sql")
    history: Mapped[list["AwardHistory"]] = relationship(order_by="AwardHistory.id", cascade="all, delete-orphan")


class AwardHistory(Base):
    """Who moved an award, and when."""

    __tablename__ = "award_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(default=now)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    state: Mapped[AwardState]

    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")
