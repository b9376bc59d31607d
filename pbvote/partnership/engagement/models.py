"""A partnership's engagement plan: headed texts that everybody reads."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import today
from pbvote.partnership.seen import Versioned


class EngagementText(Versioned):
    """One headed text of an engagement plan, with the day on which an editor last looked whether it is still true."""

    __tablename__ = "engagement_text"
    __table_args__ = (
        sa.CheckConstraint("heading <> '' AND words <> ''", name="all_said"),
        sa.Index("ix_engagement_text_locality_id_position", "locality_id", "position"),
    )

    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"))
    position: Mapped[int]
    heading: Mapped[str]
    words: Mapped[str]
    looked_at_on: Mapped[dt.date] = mapped_column(default=today)
