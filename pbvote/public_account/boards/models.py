"""A board report: its words, which an officer edits, and its figures, which are kept once it is fixed."""

import datetime as dt
import enum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.call.rounds.models import Round
from pbvote.core.clock import today
from pbvote.core.spans import Span
from pbvote.db import Base
from pbvote.json_columns import JsonOf
from pbvote.partnership.seen import Versioned
from pbvote.people.models import Account
from pbvote.public_account.boards.taken import BoardFigures

MOST_STORIES: Final = 3


class Committee(enum.StrEnum):
    """Who a report is for."""

    HEALTH = "health"
    AUDIT = "audit"

    @property
    def words(self) -> str:
        """Its name."""
        return {Committee.HEALTH: "Health and Wellbeing Board", Committee.AUDIT: "Accounts and Audit Committee"}[self]


class BoardReport(Versioned):
    """One edition of a report. A correction is another edition with the same number; the one before it stays."""

    __tablename__ = "board_report"
    __table_args__ = (
        sa.UniqueConstraint("committee", "round_id", "first_on", "edition"),
        sa.UniqueConstraint("number", "edition"),
        sa.UniqueConstraint("corrects_id"),
        sa.CheckConstraint("title <> '' AND to_whom <> '' AND contact <> ''", name="all_said"),
        sa.CheckConstraint("last_on > first_on", name="days_in_order"),
        sa.CheckConstraint("(corrects_id IS NULL) = (edition = 1)", name="later_edition_corrects"),
        sa.CheckConstraint(
            "corrects_id IS NULL OR "
            "(cause <> '' AND was <> '' AND becomes <> '' AND parts <> '' AND corrected_by <> '')",
            name="correction_explained",
        ),
        sa.CheckConstraint(
            "(number IS NULL) = (fixed_on IS NULL) AND (number IS NULL) = (figures IS NULL) "
            "AND (number IS NULL) = (fixed_by_id IS NULL)",
            name="fixed_whole",
        ),
        sa.CheckConstraint("superseded_on IS NULL OR number IS NOT NULL", name="superseded_once_fixed"),
    )

    committee: Mapped[Committee]
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), index=True)
    first_on: Mapped[dt.date]
    last_on: Mapped[dt.date]
    """The last day of the quarter. Every figure is as at its end."""
    edition: Mapped[int] = mapped_column(default=1)
    to_whom: Mapped[str]
    for_what: Mapped[str]
    of_whom: Mapped[str]
    title: Mapped[str]
    purpose: Mapped[str]
    recommendation: Mapped[str]
    contact: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    not_well: Mapped[str] = mapped_column(default="")
    """What did not go well."""
    number: Mapped[int | None]
    """Of a fixed report; every edition of it has the same."""
    fixed_on: Mapped[dt.date | None]
    fixed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    figures: Mapped[BoardFigures | None] = mapped_column(JsonOf(BoardFigures))
    """As they were when it was fixed."""
    superseded_on: Mapped[dt.date | None]
    """When a corrected edition took its place."""
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("board_report.id"))
    cause: Mapped[str] = mapped_column(default="")
    """What led to the error that this edition corrects."""
    was: Mapped[str] = mapped_column(default="")
    becomes: Mapped[str] = mapped_column(default="")
    parts: Mapped[str] = mapped_column(default="")
    """Which parts of the report are others now."""
    corrected_by: Mapped[str] = mapped_column(default="")
    """Who corrected it, as everybody reads it: an office, no name."""

    round: Mapped[Round] = relationship(lazy="raise_on_sql")
    stories: Mapped[list["BoardStory"]] = relationship(
        lazy="raise_on_sql", order_by="BoardStory.position", cascade="all, delete-orphan"
    )
    fixed_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[fixed_by_id])

    @property
    def period(self) -> Span:
        """The quarter."""
        return Span(self.first_on, self.last_on)

    @property
    def is_fixed(self) -> bool:
        """Whether everybody reads it, and nothing of it changes any more."""
        return self.number is not None

    @property
    def is_over(self) -> bool:
        """Whether the quarter is over, and so its figures are final."""
        return self.last_on < today()


class BoardStory(Base):
    """A group's story in a report. Its words are kept nowhere here: they go with the group's word."""

    __tablename__ = "board_story"
    __table_args__ = (sa.CheckConstraint(f"position BETWEEN 1 AND {MOST_STORIES}", name="position_is_one_of_three"),)

    report_id: Mapped[int] = mapped_column(sa.ForeignKey("board_report.id"), primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), primary_key=True, index=True)
    position: Mapped[int]
    digest: Mapped[str]
    """By which the story is known: one that says something else takes another word."""
