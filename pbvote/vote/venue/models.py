"""What was found at a venue, point by point. The newest finding of each point is kept."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.db import Base
from pbvote.doctor.findings import Level
from pbvote.people.models import Account


class VenuePoint(enum.StrEnum):
    """What is looked at, in the order in which it is done."""

    NAME = "name"
    HTTPS = "https"
    CLOCK = "clock"
    DISK = "disk"
    SERVER = "server"
    BURST = "burst"
    SHEET = "sheet"
    WIFI = "wifi"


class VenueCheck(Base):
    """How a point stood, and who looked. What a phone tells with the test sheet has nobody's name."""

    __tablename__ = "venue_check"
    __table_args__ = (
        sa.CheckConstraint("(checked_by IS NULL) = (point IN ('sheet', 'wifi'))", name="phones_have_no_name"),
        sa.CheckConstraint("(advice = '') = (level = 'ok')", name="advice_where_not_well"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    point: Mapped[VenuePoint] = mapped_column(primary_key=True)
    level: Mapped[Level]
    sentence: Mapped[str]
    advice: Mapped[str]
    """What to do; "" where all is well."""
    checked_at: Mapped[dt.datetime]
    checked_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    address: Mapped[str]
    """Where voters were led then."""
    place: Mapped[str]
    """Where the event was to be then."""

    account: Mapped[Account | None] = relationship(lazy="joined")
