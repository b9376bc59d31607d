"""Check-ins, and the visit that is planned next."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.grants.awards.models import Award
from pbvote.people.models import Account


class ContactMethod(enum.StrEnum):
    """How the member met the group."""

    VISIT = "visit"
    CALL = "call"
    MESSAGE = "message"


class Status(enum.StrEnum):
    """How the group is doing, in the member's words, or that nobody was there. Green, amber and red follow from it."""

    GOING_WELL = "going_well"
    COULD_USE_HELP = "could_use_help"
    WORRIED = "worried"
    NOT_REACHED = "not_reached"


class CheckIn(Base):
    """What a member logs after a visit or a call. It is never changed: a later one corrects it."""

    __tablename__ = "check_in"
    __table_args__ = (
        # A form sent twice carries the same key and is stored once.
        sa.UniqueConstraint("account_id", "form_key"),
        sa.CheckConstraint("next_on IS NULL OR next_on >= met_on", name="next_after_this"),
        sa.CheckConstraint("NOT is_last OR next_on IS NULL", name="last_or_next"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    form_key: Mapped[str]
    met_on: Mapped[dt.date]
    contact_method: Mapped[ContactMethod]
    standing: Mapped[Status]
    needs: Mapped[list[str]]
    """What the group could use: keys of `NEEDS`."""
    words: Mapped[str] = mapped_column(default="")
    """Facts, which the group may ask to see."""
    concern: Mapped[str] = mapped_column(default="")
    """What organisers and auditors read, and nobody else."""
    next_on: Mapped[dt.date | None]
    """The day that the member chose for the next visit. Without one, and unless it is the last, the plan stayed."""
    is_last: Mapped[bool] = mapped_column(default=False)
    """Whether no more visits are needed."""
    logged_at: Mapped[dt.datetime] = mapped_column(default=now)

    award: Mapped[Award] = relationship(lazy="raise_on_sql")
    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class PlannedVisit(Base):
    """When the next visit to a funded group is due. It outlasts a mentor: whoever follows finds it."""

    __tablename__ = "planned_visit"

    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), primary_key=True)
    due_on: Mapped[dt.date] = mapped_column(index=True)


NEEDS = {
    "volunteers": "Volunteers",
    "venue": "A venue",
    "equipment": "Equipment",
    "publicity": "Help to be known",
    "advice": "Advice on money or forms",
    "partner": "A group to work with",
}
