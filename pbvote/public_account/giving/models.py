"""That the council's grants are public as 360Giving data."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.people.models import Account


class GivingPublication(Base):
    """The one row says that everybody may read the file, since when, and who decided so. Without it nobody may."""

    __tablename__ = "giving_publication"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_publication"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    published_at: Mapped[dt.datetime] = mapped_column(default=now)
    published_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)

    published_by: Mapped[Account] = relationship(lazy="raise_on_sql")
