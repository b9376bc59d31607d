"""Reports, their drafts and what they said before, and what a group asks to change on the way."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base, Pence
from pbvote.files.models import Photo
from pbvote.grants.awards.models import Award
from pbvote.grants.visits.models import CheckIn
from pbvote.people.models import Account

_IS_OPEN = sa.text("answered_at IS NULL")


class ReportManner(enum.StrEnum):
    """How a report came to be."""

    WRITTEN = "written"
    """The group wrote it."""
    SPOKEN = "spoken"
    """The group told its mentor, who wrote it down."""
    TYPED_IN = "typed_in"
    """An officer wrote down what came by telephone or on paper."""
    VISIT = "visit"
    """The mentor's visit, of which the group said “Yes, that’s how it was”."""


class ReportSize(enum.StrEnum):
    """How much is asked, by the round's rules and what the group was awarded."""

    PHOTO = "photo"
    """A photo and two sentences, or the mentor's visit."""
    PAGE = "page"
    FIGURES = "figures"
    """A page with a figure for each line of the budget."""


class LeftPlan(enum.StrEnum):
    """What happens with money that is left."""

    KEEP = "keep"
    """It is for the same purpose, and stays with the group."""
    SEND_BACK = "send_back"


class ReportDraft(Base):
    """A report that is being written, exactly as it was typed. One for each manner; it goes once a report is sent."""

    __tablename__ = "report_draft"
    __table_args__ = (sa.CheckConstraint("version > 0", name="version_positive"), sa.UniqueConstraint("photo_id"))

    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), primary_key=True)
    manner: Mapped[ReportManner] = mapped_column(primary_key=True)
    version: Mapped[int]
    """Each save carries the version that it read. A save of an older one overwrites nothing."""
    typed: Mapped[dict[str, str | list[str]]] = mapped_column(sa.JSON)
    """By the name of a box; of boxes to tick, which were."""
    saved_at: Mapped[dt.datetime]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Who saved it last."""
    photo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("photo.id"))

    photo: Mapped[Photo | None] = relationship(lazy="joined")


class Report(Base):
    """What a group told of its project: sent once, and thanked for by name.

    It is corrected where an officer has opened it for that; what it said before stays on record as a `FormerReport`.
    """

    __tablename__ = "report"
    __table_args__ = (
        sa.UniqueConstraint("award_id"),
        sa.UniqueConstraint("photo_id"),
        sa.ForeignKeyConstraint(["check_in_id", "award_id"], ["check_in.id", "check_in.award_id"]),
        sa.CheckConstraint("(manner = 'visit') = (check_in_id IS NOT NULL)", name="visit_named"),
        sa.CheckConstraint("happened <> ''", name="happened_told"),
        sa.CheckConstraint("people >= 0", name="people_not_negative"),
        sa.CheckConstraint("left_pence BETWEEN 0 AND had_pence", name="left_within_had"),
        sa.CheckConstraint("spent_pence BETWEEN 0 AND had_pence", name="spent_within_had"),
        sa.CheckConstraint("(coalesce(left_pence, 0) > 0) = (left_wish IS NOT NULL)", name="wish_where_left"),
        sa.CheckConstraint("is_left_kept IS NULL OR left_wish IS NOT NULL", name="agreed_where_left"),
        sa.CheckConstraint("(is_left_kept IS NULL) = (left_agreed_at IS NULL)", name="agreed_has_moment"),
        sa.CheckConstraint("(is_left_kept IS NULL) = (left_agreed_by_id IS NULL)", name="agreed_has_author"),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answer_has_moment"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answer_has_author"),
        sa.CheckConstraint("(used_in = '') = (used_at IS NULL)", name="use_has_moment"),
        sa.CheckConstraint("(opened_why = '') = (opened_at IS NULL)", name="opened_for_a_reason"),
        sa.CheckConstraint("(opened_at IS NULL) = (opened_by_id IS NULL)", name="opened_by_somebody"),
        sa.Index("ix_report_unanswered", "award_id", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    manner: Mapped[ReportManner]
    size: Mapped[ReportSize]
    check_in_id: Mapped[int | None]
    """The visit that is the report."""
    happened: Mapped[str]
    people: Mapped[int | None]
    """How many took part; None where nobody was asked."""
    had_pence: Mapped[Pence]
    """What the group was awarded, less what it had sent back."""
    spent_pence: Mapped[Pence | None]
    """What the figures come to; None where none were asked for."""
    left_pence: Mapped[Pence | None]
    """None where nobody was asked."""
    left_wish: Mapped[LeftPlan | None]
    """What the group would like to do with what is left; None where nothing is."""
    is_left_kept: Mapped[bool | None]
    """Whether an officer agreed that the group keeps what is left, or that it sends it back; None before."""
    left_agreed_at: Mapped[dt.datetime | None]
    left_agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    why_no_receipt: Mapped[str] = mapped_column(default="")
    may_quote: Mapped[bool] = mapped_column(default=False)
    photo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("photo.id"))
    sent_at: Mapped[dt.datetime] = mapped_column(default=now)
    sent_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    answer_due_on: Mapped[dt.date]
    """The day by which the group is thanked."""
    answer: Mapped[str] = mapped_column(default="")
    """The thank-you that the group reads; "" until then."""
    answered_at: Mapped[dt.datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    used_in: Mapped[str] = mapped_column(default="")
    """Where the council used it; "" while it has not said so."""
    used_at: Mapped[dt.datetime | None]
    opened_why: Mapped[str] = mapped_column(default="")
    """What is to be put right in it, while it is open for that; else ""."""
    opened_at: Mapped[dt.datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)

    award: Mapped[Award] = relationship(lazy="raise_on_sql", viewonly=True)
    check_in: Mapped[CheckIn | None] = relationship(lazy="raise_on_sql", viewonly=True)
    photo: Mapped[Photo | None] = relationship(lazy="raise_on_sql")
    sent_by: Mapped[Account] = relationship(lazy="raise_on_sql", foreign_keys=[sent_by_id])
    answered_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[answered_by_id])
    left_agreed_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[left_agreed_by_id])
    opened_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[opened_by_id])
    lines: Mapped[list["ReportLine"]] = relationship(order_by="ReportLine.position", lazy="raise_on_sql")
    former: Mapped[list["FormerReport"]] = relationship(order_by="FormerReport.id", lazy="raise_on_sql", viewonly=True)

    @property
    def is_open(self) -> bool:
        """Whether an officer has opened it to be corrected, and nobody has corrected it yet."""
        return self.opened_at is not None

    @property
    def is_answered(self) -> bool:
        """Whether the group was thanked."""
        return self.answered_at is not None

    @property
    def left_agreed(self) -> LeftPlan | None:
        """What an officer agreed to; None before."""
        if self.is_left_kept is None:
            return None
        return LeftPlan.KEEP if self.is_left_kept else LeftPlan.SEND_BACK

    @property
    def waits_for_word_on_left(self) -> bool:
        """Whether money is left and no officer has agreed what becomes of it."""
        return self.left_wish is not None and self.is_left_kept is None


class ReportLine(Base):
    """A line of the budget, as the bid had it, and what the grant paid for it."""

    __tablename__ = "report_line"
    __table_args__ = (sa.CheckConstraint("spent_pence >= 0", name="spent_not_negative"),)

    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str]
    line_pence: Mapped[Pence]
    spent_pence: Mapped[Pence]


class FormerReport(Base):
    """What a report said before it was corrected, what had been agreed of what was left, and why it was opened."""

    __tablename__ = "former_report"
    __table_args__ = (sa.CheckConstraint("why <> ''", name="corrected_for_a_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id"), index=True)
    manner: Mapped[ReportManner]
    happened: Mapped[str]
    people: Mapped[int | None]
    spent_pence: Mapped[Pence | None]
    left_pence: Mapped[Pence | None]
    left_wish: Mapped[LeftPlan | None]
    is_left_kept: Mapped[bool | None]
    why_no_receipt: Mapped[str]
    may_quote: Mapped[bool]
    why: Mapped[str]
    """What was to be put right."""
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    corrected_at: Mapped[dt.datetime] = mapped_column(default=now)
    corrected_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)

    opened_by: Mapped[Account] = relationship(lazy="raise_on_sql", foreign_keys=[opened_by_id])
    corrected_by: Mapped[Account] = relationship(lazy="raise_on_sql", foreign_keys=[corrected_by_id])
    lines: Mapped[list["FormerReportLine"]] = relationship(order_by="FormerReportLine.position", lazy="raise_on_sql")


class FormerReportLine(Base):
    """What a report said before of a line of the budget."""

    __tablename__ = "former_report_line"

    former_id: Mapped[int] = mapped_column(sa.ForeignKey("former_report.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str]
    line_pence: Mapped[Pence]
    spent_pence: Mapped[Pence]


class ChangeKind(enum.StrEnum):
    """What a group asks for on the way."""

    MORE_TIME = "more_time"
    SPEND_DIFFERENTLY = "spend_differently"
    CORRECT_REPORT = "correct_report"
    """Something in its report is wrong."""


class ChangeRequest(Base):
    """A group asks for more time, to spend differently, or to correct its report: what was asked, answered and why."""

    __tablename__ = "change_request"
    __table_args__ = (
        sa.Index(
            "uq_change_request_award_id_open",
            "award_id",
            "kind",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        sa.CheckConstraint("words <> ''", name="words_given"),
        sa.CheckConstraint("(kind = 'more_time') = (ends_on IS NOT NULL)", name="day_of_more_time"),
        sa.CheckConstraint("(kind = 'spend_differently') = (moved_pence IS NOT NULL)", name="amount_of_change"),
        sa.CheckConstraint("moved_pence > 0", name="moved_positive"),
        sa.CheckConstraint("(answered_at IS NULL) = (is_granted IS NULL)", name="answer_is_clear"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answer_has_author"),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answer_has_words"),
        sa.CheckConstraint(
            "NOT (needs_reason AND coalesce(is_granted, false)) OR reason <> ''", name="reason_where_large"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    kind: Mapped[ChangeKind]
    words: Mapped[str]
    """The group's sentence."""
    ends_on: Mapped[dt.date | None]
    """The last day of the project that the group asks for."""
    moved_pence: Mapped[Pence | None]
    """How much it would spend on something else."""
    needs_reason: Mapped[bool]
    """Whether it moves so much of the award that to grant it takes a reason on record."""
    asked_at: Mapped[dt.datetime] = mapped_column(default=now)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    is_granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(default="")
    """The officer's sentence, which the group reads; "" until then."""
    reason: Mapped[str] = mapped_column(default="")
    """Why so large a change was granted: for the record."""
    answered_at: Mapped[dt.datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)

    award: Mapped[Award] = relationship(lazy="raise_on_sql", viewonly=True)
    asked_by: Mapped[Account] = relationship(lazy="raise_on_sql", foreign_keys=[asked_by_id])
    answered_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[answered_by_id])

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_at is None
