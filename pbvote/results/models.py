"""The outcome of an event, as the tally gave it."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import now
from pbvote.db import Base


class StoredOutcome(Base):
    """What the count gave: made once, from `counted`, by the rule that was fixed beforehand."""

    __tablename__ = "outcome"
    __table_args__ = (sa.CheckConstraint("voters >= 0", name="voters_counted"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    body: Mapped[dict[str, Any]]
    """`pbvote.tally.Outcome` as a dictionary."""
    voters: Mapped[int]
    is_official: Mapped[bool | None]
    """Of an imported election: whether its official outcome came out; None where its file names none."""
    is_own_rule: Mapped[bool] = mapped_column(default=True)
    """Whether this is the rule that was decided by; False for an imported election whose rule is not known here."""
    counted_at: Mapped[dt.datetime] = mapped_column(default=now)


class Study(Base):
    """What was worked out beside the outcome, once it was stored: it explains the result and is no part of it."""

    __tablename__ = "study"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("outcome.event_id"), primary_key=True)
    closeness: Mapped[dict[str, Any]]
    """For the reference of each bid that is not funded, `pbvote.tally.Closeness` as a dictionary.

    Empty for a city, where it takes long: there it is worked out bid by bid, when somebody asks.
    """
    others: Mapped[dict[str, Any]]
    """What each other rule would have funded: `pbvote.tally.Outcome` as a dictionary, by the rule's name."""
