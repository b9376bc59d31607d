"""Bids that are being written: nothing is a bid here, and all of it is deleted 30 days after the close."""

import datetime as dt
import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.call.bids.models import Bid, CameBy
from pbvote.call.rounds.models import Round
from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.people.models import Account


class Draft(Base):
    """A bid that somebody writes, page by page."""

    __tablename__ = "draft"
    __table_args__ = (sa.UniqueConstraint("key"), sa.UniqueConstraint("tag"), sa.UniqueConstraint("bid_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), index=True)
    key: Mapped[str] = mapped_column(default=lambda: secrets.token_urlsafe(16))
    """What the passes of its writers' browsers name. A new one ends them all."""
    tag: Mapped[bytes | None]
    """What is kept of the code in the newest letter's link; None where no letter was written."""
    email: Mapped[str]
    """Where the link goes; "" where an organiser writes for a group without an e-mail address."""
    bid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bid.id"))
    """The bid that this would change; None for a new one."""
    came_by: Mapped[CameBy] = mapped_column(default=CameBy.FORM)
    keyed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """The organiser who writes it for the group."""
    begun_at: Mapped[dt.datetime] = mapped_column(default=now)
    warned_at: Mapped[dt.datetime | None]
    """When a letter said that it will be deleted."""
    late_at: Mapped[dt.datetime | None]
    """When somebody pressed Send after the close."""

    round: Mapped[Round] = relationship()
    bid: Mapped[Bid | None] = relationship()
    keyed_by: Mapped[Account | None] = relationship()
    pages: Mapped[list["DraftPage"]] = relationship(cascade="all, delete-orphan", passive_deletes=True, lazy="selectin")

    @property
    def late_since(self) -> dt.datetime | None:
        """Since when a late draft says what it says: somebody pressed Send, or went on writing after that."""
        return max([self.late_at, *(kept.saved_at for kept in self.pages)]) if self.late_at else None

    def typed(self, page: str) -> dict[str, str] | None:
        """What was typed on a page, by the fields' names; None before it was saved once."""
        return next((kept.typed for kept in self.pages if kept.page == page), None)

    def version(self, page: str) -> int:
        """How often a page was saved."""
        return next((kept.version for kept in self.pages if kept.page == page), 0)


class DraftPage(Base):
    """One page of a draft, exactly as it was typed, right or wrong."""

    __tablename__ = "draft_page"
    __table_args__ = (sa.CheckConstraint("version > 0", name="version_positive"),)

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    """Each save carries the version that it read. A save of an older one overwrites nothing."""
    typed: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    saved_at: Mapped[dt.datetime]
