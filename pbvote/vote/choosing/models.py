"""What each member chose, under their name, and why the partnership recommends it."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.people.models import Account


class MemberChoice(Base):
    """What a member chose. It can be changed until the choosing is closed; then it is public."""

    __tablename__ = "member_choice"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True, index=True)
    choices: Mapped[str]
    """Canonical text, as a ballot has it."""
    left_out: Mapped[list[str]]
    """The references of the bids whose groups the member belongs to: they could not choose these."""
    chosen_at: Mapped[dt.datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class Recommendation(Base):
    """Why the partnership recommends what its members chose. Nothing is published without it."""

    __tablename__ = "recommendation"
    __table_args__ = (sa.CheckConstraint("reasons <> ''", name="reasons_given"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    reasons: Mapped[str]
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    written_at: Mapped[dt.datetime] = mapped_column(default=now)
