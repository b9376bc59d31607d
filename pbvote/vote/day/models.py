"""What residents ask for beforehand, so that they can take part."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.vote.events.day import AccessNeed


class AccessRequest(Base):
    """What somebody needs at an event, and how to answer them. It may tell of their health: see `requests.forget`."""

    __tablename__ = "access_request"
    __table_args__ = (sa.CheckConstraint("contact <> ''", name="contact_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    name: Mapped[str]
    """"" where they would rather not say."""
    contact: Mapped[str]
    """An e-mail address or a telephone number, as it was typed."""
    needs: Mapped[list[str]] = mapped_column(sa.JSON)
    """Values of `AccessNeed`."""
    words: Mapped[str]
    """What they say of it; may be ""."""
    asked_at: Mapped[dt.datetime] = mapped_column(default=now)
    answered_at: Mapped[dt.datetime | None]

    @property
    def wanted(self) -> list[AccessNeed]:
        """What is needed."""
        return [AccessNeed(need) for need in self.needs]
