"""What others fund."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import now, today
from pbvote.db import Base
from pbvote.grants.directory.themes import Theme


class Opportunity(Base):
    """Money that somebody else gives. An officer has posted it."""

    __tablename__ = "opportunity"
    __table_args__ = (
        sa.CheckConstraint("title <> '' AND who_for <> '' AND funder <> '' AND amount <> ''", name="all_said"),
        sa.CheckConstraint("link LIKE 'http%'", name="link_to_a_website"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    """Another one after each change, so that an officer changes what they have read."""
    title: Mapped[str]
    who_for: Mapped[str]
    funder: Mapped[str]
    amount: Mapped[str]
    """From how much to how much, in words."""
    link: Mapped[str]
    theme: Mapped[Theme | None]
    """What it is about; None for anything."""
    last_on: Mapped[dt.date] = mapped_column(index=True)
    """The last day to ask, by the calendar of the United Kingdom."""
    posted_at: Mapped[dt.datetime] = mapped_column(default=now)

    @hybrid_property
    def is_open(self) -> bool:
        """Whether a group can still ask. Its last day is one of its days."""
        return self.last_on >= today()

    @is_open.inplace.expression
    @classmethod
    def _is_open(cls) -> sa.ColumnElement[bool]:
        return cls.last_on >= today()

    @property
    def days_left(self) -> int:
        """0 on its last day."""
        return (self.last_on - today()).days
