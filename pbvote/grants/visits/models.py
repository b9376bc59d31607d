"""Check-ins, what was corrected in them, the worries they tell of, and the visit that is planned next."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from pbvote.call.checking.interests import is_close
from pbvote.core.clock import now, today
from pbvote.db import Base
from pbvote.files.models import Photo
from pbvote.grants.awards.impartial import group_of
from pbvote.grants.awards.models import Award
from pbvote.grants.visits.due import is_late
from pbvote.people.models import Account

_IS_OPEN = sa.text("answered_at IS NULL")


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


CORRECTED_WITHIN = dt.timedelta(hours=24)
"""How long its member may correct a check-in. Then the group reads it."""
MOST_PHOTOS = 3
"""Of one check-in."""


class CheckIn(Base):
    """What a member logs after a visit or a call. For a day its member may correct it; what it said stays on record."""

    __tablename__ = "check_in"
    __table_args__ = (
        # A form sent twice carries the same key and is stored once for each group that it is about.
        sa.UniqueConstraint("account_id", "award_id", "form_key"),
        sa.UniqueConstraint("id", "award_id"),  # so that a worry is about its check-in's own award
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
    """Facts, which the group reads a day later."""
    concern: Mapped[str] = mapped_column(default="")
    """What its member, organisers and auditors read, and nobody else."""
    next_on: Mapped[dt.date | None]
    """The day that the member chose for the next visit. Without one, and unless it is the last, the plan stayed."""
    is_last: Mapped[bool] = mapped_column(default=False)
    """Whether no more visits are needed."""
    logged_at: Mapped[dt.datetime] = mapped_column(default=now)

    award: Mapped[Award] = relationship(lazy="raise_on_sql")
    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    worry: Mapped["Worry | None"] = relationship(lazy="raise_on_sql", viewonly=True)
    corrections: Mapped[list["CheckInCorrection"]] = relationship(
        order_by="CheckInCorrection.id", lazy="raise_on_sql", viewonly=True
    )
    photos: Mapped[list["CheckInPhoto"]] = relationship(
        order_by="CheckInPhoto.place", lazy="raise_on_sql", viewonly=True
    )

    @property
    def may_be_corrected(self) -> bool:
        """Whether its member may still correct it, and so the group does not read it yet."""
        return now() < self.logged_at + CORRECTED_WITHIN


class CheckInCorrection(Base):
    """What a check-in said before its member corrected it."""

    __tablename__ = "check_in_correction"
    __table_args__ = (sa.UniqueConstraint("check_in_id", "form_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_in_id: Mapped[int] = mapped_column(sa.ForeignKey("check_in.id"))
    form_key: Mapped[str]
    """Of the form that corrected it, so that a second sending changes nothing back."""
    words: Mapped[str]
    concern: Mapped[str]
    corrected_at: Mapped[dt.datetime] = mapped_column(default=now)


class CheckInPhoto(Base):
    """A photo of a visit. Its member has said that everybody in it agrees; without that it is not stored."""

    __tablename__ = "check_in_photo"
    __table_args__ = (
        sa.UniqueConstraint("check_in_id", "key"),
        sa.UniqueConstraint("check_in_id", "place"),
        sa.UniqueConstraint("photo_id"),
        sa.CheckConstraint(f"place BETWEEN 1 AND {MOST_PHOTOS}", name="place_is_one_of_three"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    check_in_id: Mapped[int] = mapped_column(sa.ForeignKey("check_in.id"))
    key: Mapped[str]
    """The phone made it up, so that a photo that is sent twice is stored once."""
    place: Mapped[int]
    """First, second or third of its check-in."""
    photo_id: Mapped[int] = mapped_column(sa.ForeignKey("photo.id"))
    given_at: Mapped[dt.datetime] = mapped_column(default=now)

    photo: Mapped[Photo] = relationship(lazy="joined", innerjoin=True)


class Worry(Base):
    """A member is worried about a funded group: who answers, until when, and what they answered.

    It stays open until it is answered, whatever is logged later.
    """

    __tablename__ = "worry"
    __table_args__ = (
        sa.ForeignKeyConstraint(["check_in_id", "award_id"], ["check_in.id", "check_in.award_id"]),
        sa.UniqueConstraint("check_in_id"),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answer_has_moment"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answer_has_author"),
        sa.Index("ix_worry_open", "award_id", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    check_in_id: Mapped[int]
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Who sees to it; None where no organiser could sign in."""
    due_on: Mapped[dt.date]
    """The day by which the member is answered."""
    answer: Mapped[str] = mapped_column(default="")
    """A sentence that the member reads; "" until then."""
    answered_at: Mapped[dt.datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)

    check_in: Mapped[CheckIn] = relationship(lazy="raise_on_sql", viewonly=True)
    award: Mapped[Award] = relationship(lazy="raise_on_sql", viewonly=True)
    officer: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[officer_id])
    answered_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[answered_by_id])

    is_officer_close: Mapped[bool] = column_property(is_close(officer_id, group_of(award_id)))
    """Whether the officer belongs to the group by now, and so neither reads nor answers it."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_at is None

    @property
    def is_late(self) -> bool:
        """Whether the answer should have come before today."""
        return self.is_open and is_late(self.due_on, today())

    @property
    def officer_name(self) -> str:
        """Who sees to it; "" where that officer can't, and whoever reads it first is the deputy."""
        is_able = self.officer and not self.officer.is_disabled and not self.is_officer_close
        return self.officer.name if self.officer and is_able else ""


class PlannedVisit(Base):
    """When the next visit to a funded group is due. It outlasts a mentor: whoever follows finds it."""

    __tablename__ = "planned_visit"

    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), primary_key=True)
    due_on: Mapped[dt.date] = mapped_column(index=True)
    planned_on: Mapped[dt.date] = mapped_column(default=today, onupdate=today)
    """When that day was chosen."""


NEEDS = {
    "volunteers": "Volunteers",
    "venue": "A venue",
    "equipment": "Equipment",
    "publicity": "Help to be known",
    "advice": "Advice on money or forms",
    "partner": "A group to work with",
}
