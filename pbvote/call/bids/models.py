"""Groups and their bids."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round
from pbvote.core.clock import now
from pbvote.db import Base, Pence
from pbvote.localities.models import Locality, Ward
from pbvote.people.models import Account


class BidState(enum.StrEnum):
    """Where a bid is on its way to the vote."""

    RECEIVED = "received"
    SHORTLISTED = "shortlisted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    IMPORTED = "imported"
    """A project of a real election that was read from a file."""


class Bid(Base):
    """A group's request in one round."""

    __tablename__ = "bid"
    __table_args__ = (
        sa.UniqueConstraint("round_id", "reference"),
        # One bid for a group in a round; a withdrawn or refused one makes room.
        sa.Index(
            "uq_bid_round_id_group_id_standing",
            "round_id",
            "group_id",
            unique=True,
            sqlite_where=sa.text("state IN ('received', 'shortlisted')"),
            postgresql_where=sa.text("state IN ('received', 'shortlisted')"),
        ),
        sa.CheckConstraint("title <> ''", name="title_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"))
    reference: Mapped[str]
    """Short, said aloud in the hall and printed in every report: ``S-07``."""
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey("voluntary_group.id"), index=True)
    """None only where an imported election names no proposer."""
    title: Mapped[str]
    summary: Mapped[str]
    who_benefits: Mapped[str] = mapped_column(default="")
    ward_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ward.id"), index=True)
    state: Mapped[BidState] = mapped_column(default=BidState.RECEIVED)
    received_at: Mapped[dt.datetime] = mapped_column(default=now)

    round: Mapped[Round] = relationship()
    group: Mapped[Group | None] = relationship(lazy="joined")
    ward: Mapped[Ward | None] = relationship()
    asks: Mapped[list["Ask"]] = relationship(
        back_populates="bid", order_by="Ask.locality_id", cascade="all, delete-orphan", lazy="selectin"
    )
    lines: Mapped[list["BudgetLine"]] = relationship(order_by="BudgetLine.position", cascade="all, delete-orphan")
    wordings: Mapped[list["Wording"]] = relationship(cascade="all, delete-orphan")
    history: Mapped[list["BidHistory"]] = relationship(order_by="BidHistory.id", cascade="all, delete-orphan")

    @property
    def ask_pence(self) -> int:
        """What the bid asks for, from all localities together."""
        return sum(ask.ask_pence for ask in self.asks)

    def ask_of(self, locality_id: int) -> int:
        """What the bid asks of one locality's share; 0 where it asks nothing."""
        return sum(ask.ask_pence for ask in self.asks if ask.locality_id == locality_id)

    def wording(self, language: str) -> "Wording | None":
        """The bid's title and summary in another language, where somebody entered them."""
        return next((wording for wording in self.wordings if wording.language == language), None)


class Ask(Base):
    """What a bid asks of one locality's share. A bid may ask of several."""

    __tablename__ = "ask"
    __table_args__ = (sa.CheckConstraint("ask_pence > 0", name="ask_positive"),)

    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), primary_key=True)
    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"), primary_key=True, index=True)
    ask_pence: Mapped[Pence]

    bid: Mapped[Bid] = relationship(back_populates="asks")
    locality: Mapped[Locality] = relationship()


class BudgetLine(Base):
    """One thing that the money would buy. The lines add up to the ask."""

    __tablename__ = "budget_line"
    __table_args__ = (sa.CheckConstraint("line_pence > 0", name="line_positive"),)

    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str]
    line_pence: Mapped[Pence]


class Wording(Base):
    """A bid's title and summary in a language of the voter's path other than English."""

    __tablename__ = "wording"

    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]


class BidHistory(Base):
    """Who did what to a bid, and when."""

    __tablename__ = "bid_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(default=now)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """None for the group itself, before it had an account."""
    state: Mapped[BidState]
    reason: Mapped[str] = mapped_column(default="")

    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")
