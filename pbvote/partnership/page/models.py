"""What a partnership is for, in its own words."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.partnership.seen import Versioned


class Purpose(Versioned):
    """A partnership's text about itself, under a heading of its own."""

    __tablename__ = "partnership_purpose"
    __table_args__ = (
        sa.UniqueConstraint("locality_id"),
        sa.CheckConstraint("heading <> '' AND words <> ''", name="all_said"),
    )

    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"))
    heading: Mapped[str]
    words: Mapped[str]
