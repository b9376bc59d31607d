"""What goes on beside a bid's state while it is checked. None of it is a state of its own."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.call.bids.models import Bid, BidState
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round
from pbvote.core.clock import now, today
from pbvote.db import Base
from pbvote.mail.models import Letter
from pbvote.people.models import Account

_OPEN_QUERY = sa.text("answered_at IS NULL AND closed_at IS NULL")
_STANDING_INTEREST = sa.text("ended_at IS NULL")
_OPEN_DRAFT = sa.text("sent_at IS NULL AND dropped_at IS NULL")


class Checklist(Base):
    """What a round asks of every bid, and whom a refused group can ring. A round without a row has the usual words."""

    __tablename__ = "checklist"

    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), primary_key=True)
    questions: Mapped[list[str]]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    telephone: Mapped[str] = mapped_column(default="")

    round: Mapped[Round] = relationship()
    person: Mapped[Account | None] = relationship()


class Tick(Base):
    """What somebody found about one line of the checklist. The newest counts; the older ones stay on record."""

    __tablename__ = "tick"
    __table_args__ = (sa.CheckConstraint("is_met OR reason <> ''", name="reason_where_not_met"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    question: Mapped[str]
    is_met: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class Query(Base):
    """One question to a group, with the day by which it answers. A bid has one open query at a time."""

    __tablename__ = "query"
    __table_args__ = (
        sa.UniqueConstraint("tag"),
        sa.Index("uq_query_bid_id_open", "bid_id", unique=True, sqlite_where=_OPEN_QUERY, postgresql_where=_OPEN_QUERY),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answer_with_its_moment"),
        sa.CheckConstraint("answered_at IS NULL OR closed_at IS NULL", name="answered_or_closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    question: Mapped[str]
    answer_by: Mapped[dt.date]
    asked_at: Mapped[dt.datetime] = mapped_column(default=now)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    tag: Mapped[bytes]
    """What is kept of the code in the letter's link."""
    answer: Mapped[str | None]
    answered_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    """When it was taken back, or a decision made it pointless."""

    bid: Mapped[Bid] = relationship()
    asked_by: Mapped[Account] = relationship(lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        """Whether the group's answer is waited for."""
        return self.answered_at is None and self.closed_at is None

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed without an answer."""
        return self.is_open and self.answer_by < today()


class Interest(Base):
    """An account belongs to a bidding group, so it does not decide about that group's bids."""

    __tablename__ = "interest"
    __table_args__ = (
        sa.Index(
            "uq_interest_group_id_account_id_standing",
            "group_id",
            "account_id",
            unique=True,
            sqlite_where=_STANDING_INTEREST,
            postgresql_where=_STANDING_INTEREST,
        ),
        sa.CheckConstraint("ended_by_id IS NULL OR ended_by_id <> account_id", name="ended_by_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("voluntary_group.id"), index=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    what: Mapped[str]
    """How they belong to it: “I am its treasurer.”"""
    recorded_at: Mapped[dt.datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    ended_at: Mapped[dt.datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)

    group: Mapped[Group] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=account_id, lazy="raise_on_sql")
    recorded_by: Mapped[Account] = relationship(foreign_keys=recorded_by_id, lazy="raise_on_sql")


class InterestStatement(Base):
    """That somebody looked at every group which has bid, and named each that they belong to. The newest counts."""

    __tablename__ = "interest_statement"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    stated_at: Mapped[dt.datetime]


class DecisionKind(enum.StrEnum):
    """What a decision says."""

    SHORTLIST = "shortlist"
    REFUSE = "refuse"


class BidDecision(Base):
    """A decision about a bid: drafted, looked at as a letter, sent, and for ten minutes called back."""

    __tablename__ = "decision"
    __table_args__ = (
        sa.UniqueConstraint("appeal_tag"),
        sa.Index(
            "uq_decision_bid_id_draft", "bid_id", unique=True, sqlite_where=_OPEN_DRAFT, postgresql_where=_OPEN_DRAFT
        ),
        sa.CheckConstraint("verdict = 'shortlist' OR (reason <> '' AND advice <> '')", name="refusal_explained"),
        sa.CheckConstraint("sent_at IS NULL OR dropped_at IS NULL", name="sent_or_dropped"),
        sa.CheckConstraint("called_back_at IS NULL OR sent_at IS NOT NULL", name="sent_before_called_back"),
        sa.CheckConstraint("(sent_at IS NULL) = (sent_by_id IS NULL)", name="sent_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    verdict: Mapped[DecisionKind]
    reason: Mapped[str] = mapped_column(default="")
    advice: Mapped[str] = mapped_column(default="")
    """What the group can do now."""
    drafted_at: Mapped[dt.datetime] = mapped_column(default=now)
    drafted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    dropped_at: Mapped[dt.datetime | None]
    sent_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    sent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    from_state: Mapped[BidState | None]
    """Where the bid was before; a call-back returns it there."""
    called_back_at: Mapped[dt.datetime | None]
    appeal_tag: Mapped[bytes | None]
    """What is kept of the code behind “Ask us to look again”."""

    bid: Mapped[Bid] = relationship()
    drafted_by: Mapped[Account] = relationship(foreign_keys=drafted_by_id, lazy="raise_on_sql")
    sent_by: Mapped[Account | None] = relationship(foreign_keys=sent_by_id, lazy="raise_on_sql")

    @property
    def is_draft(self) -> bool:
        """Whether it has neither been sent nor dropped."""
        return self.sent_at is None and self.dropped_at is None


class GroupLetter(Base):
    """What a bid's group was written while it was checked, to be read again.

    The letters themselves are emptied once they are sent, since their links let people in. Here "…" stands for a code.
    """

    __tablename__ = "group_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("decision.id"), index=True)
    """The decision that it tells of; None for a question and for a second look."""
    subject: Mapped[str]
    words: Mapped[str]
    """What comes after “Dear …”."""
    written_at: Mapped[dt.datetime] = mapped_column(default=now)

    bid: Mapped[Bid] = relationship()
    copies: Mapped[list["GroupLetterCopy"]] = relationship(order_by="GroupLetterCopy.letter_id")


class GroupLetterCopy(Base):
    """The letter to one of the people who speak for the group."""

    __tablename__ = "group_letter_copy"

    letter_id: Mapped[int] = mapped_column(sa.ForeignKey("letter.id"), primary_key=True)
    group_letter_id: Mapped[int] = mapped_column(sa.ForeignKey("group_letter.id"), index=True)

    letter: Mapped[Letter] = relationship()


class Appeal(Base):
    """“Ask us to look again”: once for each refusal, decided by somebody else than who refused."""

    __tablename__ = "appeal"
    __table_args__ = (
        sa.UniqueConstraint("decision_id"),
        sa.CheckConstraint("words <> ''", name="words_given"),
        sa.CheckConstraint("(decided_at IS NULL) = (is_let_in IS NULL)", name="decided_with_its_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("decision.id"))
    words: Mapped[str]
    asked_at: Mapped[dt.datetime] = mapped_column(default=now)
    is_let_in: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[dt.datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)

    decision: Mapped[BidDecision] = relationship(lazy="joined", innerjoin=True)
    decided_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")
