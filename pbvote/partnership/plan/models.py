"""The stages of a locality plan, and the funded groups that stand under its priorities."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import today
from pbvote.db import Base
from pbvote.filters import day, month
from pbvote.partnership.seen import Versioned


class PlanStage(Versioned):
    """A station on the way of a plan: what happens there, since when, and what shows it."""

    __tablename__ = "plan_stage"
    __table_args__ = (
        sa.Index(
            "uq_plan_stage_here",
            "locality_id",
            unique=True,
            sqlite_where=sa.text("is_here"),
            postgresql_where=sa.text("is_here"),
        ),
        sa.CheckConstraint("heading <> ''", name="all_said"),
        sa.CheckConstraint("link = '' OR link LIKE 'https://%'", name="link_secure"),
        sa.CheckConstraint("reached_on IS NOT NULL OR NOT is_month", name="month_of_a_day"),
    )

    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"), index=True)
    position: Mapped[int]
    heading: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    reached_on: Mapped[dt.date | None]
    """The day on which the partnership came to it, or means to."""
    is_month: Mapped[bool] = mapped_column(default=False)
    """Whether the month alone is shown of that day."""
    evidence: Mapped[str] = mapped_column(default="")
    """What shows it, in words."""
    link: Mapped[str] = mapped_column(default="")
    paper_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting_paper.id", ondelete="SET NULL"), index=True)
    """A paper of one of the partnership's meetings, for as long as there is that paper."""
    is_here: Mapped[bool] = mapped_column(default=False)
    """Whether the partnership is at it now. What stands before it is done, what comes after is to come."""

    @property
    def when(self) -> str:
        """Its day or month in words; "" where it has none."""
        if self.reached_on is None:
            return ""
        return month(self.reached_on) if self.is_month else day(self.reached_on)


class PlanGroup(Base):
    """A funded group under a priority. It stands under one at most, so that no pound is counted twice."""

    __tablename__ = "plan_group"

    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id", ondelete="CASCADE"), primary_key=True)
    priority_id: Mapped[int] = mapped_column(sa.ForeignKey("priority.id", ondelete="CASCADE"), index=True)
    filed_on: Mapped[dt.date] = mapped_column(default=today)
