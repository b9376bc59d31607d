"""Who stays with a funded group, as periods."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import today
from pbvote.db import Base
from pbvote.grants.awards.models import Award
from pbvote.people.models import Account

_LASTS = sa.text("until_on IS NULL")


class Mentor(Base):
    """The time in which an LP member stays with a funded group. One member at a time; the same one may come back.

    A period ends on the day on which the next begins.
    """

    __tablename__ = "mentor"
    __table_args__ = (
        sa.Index("ix_mentor_one_at_a_time", "award_id", unique=True, sqlite_where=_LASTS, postgresql_where=_LASTS),
        sa.CheckConstraint("until_on >= from_on", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    from_on: Mapped[dt.date] = mapped_column(default=today)
    until_on: Mapped[dt.date | None]
    """None while it lasts."""

    award: Mapped[Award] = relationship(lazy="raise_on_sql")
    account: Mapped[Account] = relationship(lazy="raise_on_sql")

    @property
    def is_here(self) -> bool:
        """Whether the member can sign in, and so see to the group."""
        return not self.account.is_disabled
