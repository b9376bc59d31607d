"""What a group accepted, and what it promised."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now, today
from pbvote.db import Base, Pence
from pbvote.grants.awards.models import Award

MOST_PROMISES = 5


class Acceptance(Base):
    """One for each award: everything that the page said when somebody of the group pressed the button.

    What a round or a bid says later changes nothing of it. It outlasts an award that is given back.
    """

    __tablename__ = "acceptance"
    __table_args__ = (
        sa.UniqueConstraint("second_tag"),
        sa.CheckConstraint("name <> '' AND role <> ''", name="accepted_by_somebody"),
        sa.CheckConstraint("takes_two = (second_name <> '')", name="second_where_it_takes_two"),
        sa.CheckConstraint("takes_two OR confirmed_at IS NULL", name="confirmed_where_it_takes_two"),
        sa.CheckConstraint("second_email = '' OR second_email <> email", name="two_addresses"),
    )

    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), primary_key=True)
    project: Mapped[str]
    group_name: Mapped[str]
    promise: Mapped[str]
    """What the group's bid told residents."""
    award_pence: Mapped[Pence]
    ends_on: Mapped[dt.date]
    """The last day on which the money is spent."""
    terms_version: Mapped[int]
    terms: Mapped[list[str]] = mapped_column(sa.JSON)
    """The sentences themselves."""
    name: Mapped[str]
    role: Mapped[str]
    """Who accepted, and what they are in the group, as they typed it."""
    email: Mapped[str]
    """Their address then; "" where an organiser noted what they said."""
    accepted_at: Mapped[dt.datetime] = mapped_column(default=now)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Who pressed the button."""
    takes_two: Mapped[bool]
    """Whether the award was above the round's sum."""
    second_name: Mapped[str] = mapped_column(default="")
    second_email: Mapped[str] = mapped_column(default="")
    """In lower case; "" where nobody is written to."""
    second_tag: Mapped[bytes | None]
    """Of the code in the newest letter to the second person."""
    second_asked_at: Mapped[dt.datetime | None]
    confirmed_at: Mapped[dt.datetime | None]
    safeguarding_lead: Mapped[str] = mapped_column(default="")
    """Name and telephone number, of a group that works with people at risk; "" where it named nobody.

    It alone may change later, because whoever visits the group rings them.
    """

    award: Mapped[Award] = relationship(lazy="raise_on_sql")

    @property
    def waits(self) -> bool:
        """Whether a second person is still to confirm."""
        return self.takes_two and self.confirmed_at is None


class KeptBy(enum.StrEnum):
    """Where it was said that a promise is kept."""

    CHECK_IN = "check_in"
    REPORT = "report"
    DESK = "desk"


class PromiseState(enum.StrEnum):
    """How a promise stands. It is late from the day after its day, until somebody says that it is kept.

    Once nothing is due of its award any more, a promise is kept or it is not.
    """

    KEPT = "kept"
    DUE = "due"
    LATE = "late"
    NOT_KEPT = "not_kept"


class Promise(Base):
    """A thing that will have happened by a day. Its words and its day are as the group accepted them."""

    __tablename__ = "promise"
    __table_args__ = (
        # So that a promise is ticked by a check-in of its own award.
        sa.ForeignKeyConstraint(["check_in_id", "award_id"], ["check_in.id", "check_in.award_id"]),
        sa.UniqueConstraint("award_id", "number"),
        sa.CheckConstraint("number BETWEEN 1 AND 5", name="few_promises"),
        sa.CheckConstraint("words <> ''", name="words_given"),
        sa.CheckConstraint(
            "(kept_on IS NULL) = (kept_by IS NULL) AND (kept_on IS NULL) = (account_id IS NULL)",
            name="kept_by_somebody",
        ),
        sa.CheckConstraint(
            "(check_in_id IS NOT NULL) = (kept_by IS NOT NULL AND kept_by = 'check_in')", name="kept_at_a_check_in"
        ),
        sa.Index("ix_promise_check_in_id", "check_in_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    number: Mapped[int]
    words: Mapped[str]
    due_on: Mapped[dt.date]
    kept_on: Mapped[dt.date | None]
    """The day of the visit or of the report that said so."""
    kept_by: Mapped[KeptBy | None]
    check_in_id: Mapped[int | None]
    """The check-in that ticked it."""
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Who ticked it."""

    award: Mapped[Award] = relationship(lazy="raise_on_sql", viewonly=True)

    @hybrid_property
    def is_kept(self) -> bool:
        """Whether somebody said so."""
        return self.kept_on is not None

    @is_kept.inplace.expression
    @classmethod
    def _is_kept(cls) -> sa.ColumnElement[bool]:
        return cls.kept_on.is_not(None)

    @hybrid_property
    def is_late(self) -> bool:
        """Whether it should have been kept before today. Nothing is late of an award that is not under way."""
        return self.award.is_under_way and not self.is_kept and self.due_on < today()

    @is_late.inplace.expression
    @classmethod
    def _is_late(cls) -> sa.ColumnElement[bool]:
        is_under_way = sa.exists().where(Award.id == cls.award_id, Award.is_under_way)
        return sa.and_(~cls.is_kept, cls.due_on < today(), is_under_way)

    @property
    def standing(self) -> PromiseState:
        """How it stands today."""
        if self.is_kept:
            return PromiseState.KEPT
        if not self.award.is_running:
            return PromiseState.NOT_KEPT
        return PromiseState.LATE if self.is_late else PromiseState.DUE
