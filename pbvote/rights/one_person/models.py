"""That somebody was erased: who pressed it, when, and how much of what. Never whom."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.people.models import Account


class Erasure(Base):
    """One person's data, erased. Nothing in it leads to the person."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(default=now)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    rows: Mapped[dict[str, int]] = mapped_column(sa.JSON)
    """How many rows of each kind were deleted or lost the name, by what the register calls the kind."""

    by: Mapped[Account] = relationship(lazy="raise_on_sql")
