"""Awards, the council's decisions that made them, and how they went."""

import datetime as dt
import enum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.call.bids.models import Bid
from pbvote.call.checking.models import GroupLetter
from pbvote.core.clock import UK, now, today
from pbvote.core.working_days import working_days_after
from pbvote.db import Base, Pence
from pbvote.people.models import Account
from pbvote.vote.events.models import Event

CALL_BACK_FOR: Final = dt.timedelta(minutes=10)
"""How long a decision's letters wait in the outbox before they may leave. Until then no group sees an award."""
DAYS_TO_ANSWER: Final = 10
"""Working days that a group has to answer an offer: its letter says so, and it is reminded on the last of them."""
_STANDING_FIRST = sa.text("kind = 'first' AND called_back_at IS NULL")
_DRAFT = sa.text("sent_at IS NULL")


def in_a_year() -> dt.date:
    """The last day of a project whose round has set none: its letter says “within a year”."""
    return today() + dt.timedelta(days=365)


def to_answer_by(told_on: dt.date) -> dt.date:
    """The day by which a group is asked to answer an offer that it heard of on a day."""
    return working_days_after(told_on, DAYS_TO_ANSWER)


class AwardState(enum.StrEnum):
    """Where the promise stands."""

    OFFERED = "offered"
    WAITS_FOR_SECOND = "waits_for_second"
    """Somebody of the group has accepted. A second person is still to confirm, since the award is large."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SIGNED = "signed"
    CLOSED = "closed"
    """The project is over, reported and thanked for, and its money is accounted for."""


UNDER_WAY: Final = frozenset({AwardState.ACCEPTED, AwardState.SIGNED})
"""The states in which money may go to the group, it has a mentor, and it reports."""


class AwardDecisionKind(enum.StrEnum):
    """What a decision is about."""

    FIRST = "first"
    """What residents chose: every group of the event hears."""
    NEXT = "next"
    """Money that a group declined, offered to the next in line: only they hear."""


class AwardDecision(Base):
    """What the council decided after the vote: recorded, looked at as letters, sent, for ten minutes called back."""

    __tablename__ = "award_decision"
    __table_args__ = (
        sa.Index(
            "uq_award_decision_event_id_first",
            "event_id",
            unique=True,
            sqlite_where=_STANDING_FIRST,
            postgresql_where=_STANDING_FIRST,
        ),
        sa.Index(
            "uq_award_decision_event_id_draft", "event_id", unique=True, sqlite_where=_DRAFT, postgresql_where=_DRAFT
        ),
        sa.CheckConstraint("decided_by <> '' AND reason <> ''", name="decision_explained"),
        sa.CheckConstraint("(sent_at IS NULL) = (sent_by_id IS NULL)", name="sent_by_somebody"),
        sa.CheckConstraint("called_back_at IS NULL OR sent_at IS NOT NULL", name="sent_before_called_back"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    kind: Mapped[AwardDecisionKind]
    decided_on: Mapped[dt.date]
    """The day on which the council decided, after the vote's advice."""
    decided_by: Mapped[str]
    """Who decided: a name and an office, or a meeting."""
    reason: Mapped[str]
    alternatives: Mapped[str] = mapped_column(default="")
    """What else was considered, and why it was not done."""
    interests: Mapped[str] = mapped_column(default="")
    """Which interests were declared, and what followed from them."""
    drafted_at: Mapped[dt.datetime] = mapped_column(default=now)
    drafted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    sent_at: Mapped[dt.datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    called_back_at: Mapped[dt.datetime | None]

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    drafted_by: Mapped[Account] = relationship(foreign_keys=drafted_by_id, lazy="raise_on_sql")
    sent_by: Mapped[Account | None] = relationship(foreign_keys=sent_by_id, lazy="raise_on_sql")

    @property
    def is_draft(self) -> bool:
        """Whether nothing was sent, so that its words can change."""
        return self.sent_at is None

    @property
    def is_next(self) -> bool:
        """Whether it offers money on that a group declined."""
        return self.kind is AwardDecisionKind.NEXT

    @property
    def leaves_at(self) -> dt.datetime | None:
        """When its letters may leave, and its groups know; None for a draft."""
        return self.sent_at + CALL_BACK_FOR if self.sent_at else None

    @property
    def can_be_called_back(self) -> bool:
        """Whether its letters still wait, so that no group knows."""
        return self.called_back_at is None and self.leaves_at is not None and self.leaves_at > now()


class Award(Base):
    """Money promised to a bid out of one event's share.

    It stands in every state but declined, from the moment of its decision: the money is bound, so the desk counts it
    though its group is told ten minutes later. A decision that is called back takes its awards out of every count.
    """

    __tablename__ = "award"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "bid_id"),
        sa.CheckConstraint("award_pence > 0", name="award_positive"),
        sa.CheckConstraint("freed_reason = '' OR state = 'declined'", name="freed_where_declined"),
        sa.CheckConstraint("offered_on_id IS NULL OR state = 'declined'", name="offered_on_where_declined"),
        sa.CheckConstraint("freed_reason = '' OR offered_on_id IS NULL", name="freed_once"),
        sa.CheckConstraint("planned_pence >= 0", name="planned_not_negative"),
        sa.CheckConstraint("planned_pence + paid_pence <= award_pence", name="paid_within_award"),
        sa.CheckConstraint("returned_pence BETWEEN 0 AND paid_pence", name="returned_within_paid"),
        sa.CheckConstraint(
            "planned_pence + paid_pence = 0 OR state IN ('accepted', 'signed', 'closed')", name="paid_where_accepted"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    award_pence: Mapped[Pence]
    state: Mapped[AwardState] = mapped_column(default=AwardState.OFFERED)
    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("award_decision.id"), index=True)
    told_at: Mapped[dt.datetime]
    """From when its group knows of it. Before, no page of the group's shows it, and nobody becomes its mentor."""
    ends_on: Mapped[dt.date] = mapped_column(default=in_a_year)
    """The last day of its project, as its letter named it. A group may be given more time."""
    freed_reason: Mapped[str] = mapped_column(default="")
    """What was decided about the money that the group declined; "" until then, and where it was offered on."""
    offered_on_id: Mapped[int | None] = mapped_column(sa.ForeignKey("award_decision.id"), index=True)
    """The decision that offered the declined money to the next in line."""
    planned_pence: Mapped[Pence] = mapped_column(default=0)
    """What finance was asked to pay and has not paid."""
    paid_pence: Mapped[Pence] = mapped_column(default=0)
    """What finance has paid. The three sums move with the rows of `pbvote.grants.money` that explain them."""
    returned_pence: Mapped[Pence] = mapped_column(default=0)
    """What the group has sent back of it."""
    report_asked_at: Mapped[dt.datetime | None]
    """When an officer last asked the group for its report, besides the reminders; None where nobody has."""

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    bid: Mapped[Bid] = relationship(lazy="raise_on_sql")
    decision: Mapped[AwardDecision] = relationship(foreign_keys=decision_id, lazy="raise_on_sql")
    history: Mapped[list["AwardHistory"]] = relationship(order_by="AwardHistory.id", cascade="all, delete-orphan")

    @hybrid_property
    def is_standing(self) -> bool:
        """Whether its money is promised: every count, board and list asks this, in Python or in SQL."""
        return self.state != AwardState.DECLINED

    @hybrid_property
    def is_running(self) -> bool:
        """Whether it stands and is not closed, so that there is something left to see to."""
        return (self.state != AwardState.DECLINED) & (self.state != AwardState.CLOSED)

    @hybrid_property
    def has_payments(self) -> bool:
        """Whether a payment is planned or made, so that its money is not simply free again."""
        return self.planned_pence + self.paid_pence > 0

    @hybrid_property
    def is_under_way(self) -> bool:
        """Whether its group has accepted it with everybody that it takes, and it is not closed."""
        return self.state in UNDER_WAY

    @is_under_way.inplace.expression
    @classmethod
    def _is_under_way(cls) -> sa.ColumnElement[bool]:
        return cls.state.in_(UNDER_WAY)

    @property
    def decided_on(self) -> dt.date:
        """The day on which the council decided."""
        return self.decision.decided_on

    @property
    def told_on(self) -> dt.date:
        """The day on which its group heard."""
        return self.told_at.astimezone(UK).date()

    @property
    def answer_due_on(self) -> dt.date:
        """The day by which its group is asked to answer the offer."""
        return to_answer_by(self.told_on)

    @property
    def is_answer_late(self) -> bool:
        """Whether that day is over."""
        return self.answer_due_on < today()

    @property
    def is_told(self) -> bool:
        """Whether its group knows of it."""
        return self.told_at <= now()


class AwardHistory(Base):
    """Who moved an award, and when."""

    __tablename__ = "award_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(default=now)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    state: Mapped[AwardState]
    words: Mapped[str] = mapped_column(default="")
    """Why, in the group's words; "" where it gave none."""

    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class Told(enum.StrEnum):
    """What a group hears about its bid."""

    WON = "won"
    PART = "part"
    """It is offered a part of what it asked for."""
    LOST = "lost"
    NOT_ELSEWHERE = "not_elsewhere"
    """Chosen here; another locality did not choose its part, so it gets nothing."""
    WAITS = "waits"
    """Chosen here; another locality's result is not public yet."""

    @property
    def is_offer(self) -> bool:
        """Whether there is something to accept or to decline."""
        return self in {Told.WON, Told.PART}


class AwardLetter(Base):
    """What one decision told one bid's group."""

    __tablename__ = "award_letter"
    __table_args__ = (sa.UniqueConstraint("group_letter_id"),)

    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("award_decision.id"), primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), primary_key=True, index=True)
    told: Mapped[Told]
    group_letter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("group_letter.id"))
    """The letter in the bid's history; None where there is nobody to write to."""

    decision: Mapped[AwardDecision] = relationship(lazy="raise_on_sql")
    group_letter: Mapped[GroupLetter | None] = relationship(lazy="raise_on_sql")
