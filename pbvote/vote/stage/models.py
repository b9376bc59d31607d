"""The stage of an event, and how each group's turn went."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.timing import Timer
from pbvote.db import Base
from pbvote.vote.poll.states import PollState


class Scene(enum.StrEnum):
    """What the hall's screen shows."""

    BLANK = "blank"
    WELCOME = "welcome"
    """Welcome, and how to vote."""
    PRESENTING = "presenting"
    BREAK = "break"
    NOTICE = "notice"
    VOTE = "vote"
    LAST_CALL = "last_call"
    CLOSED = "closed"
    """Voting is over; two people confirm the count."""
    SEAL = "seal"
    ANNOUNCEMENT = "announcement"
    THANKS = "thanks"


class Part(enum.StrEnum):
    """What a turn's timer is for."""

    PITCH = "pitch"
    QUESTIONS = "questions"


class Stage(Base):
    """What the hall is shown. An event gets its row with its first move; each move raises `version` by one.

    A press carries the version that it saw, so that of two presses at once one moves the stage, and the other is told.
    """

    __tablename__ = "stage"
    __table_args__ = (
        sa.CheckConstraint("version > 0", name="version_positive"),
        sa.CheckConstraint("revealed >= 0", name="revealed_counted"),
        sa.CheckConstraint("allowed_seconds >= 0 AND spent_seconds >= 0", name="seconds_counted"),
        sa.CheckConstraint("scene <> 'presenting' OR bid_id IS NOT NULL", name="somebody_presents"),
        sa.CheckConstraint("scene <> 'notice' OR notice <> ''", name="notice_says_something"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    version: Mapped[int]
    scene: Mapped[Scene]
    poll: Mapped[PollState]
    """The poll's state when the scene was chosen: once the poll moves on, the screen follows it by itself."""
    bid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bid.id"))
    """The bid whose group presents, or presented last. Its number may change until voting opens."""
    part: Mapped[Part] = mapped_column(default=Part.PITCH)
    allowed_seconds: Mapped[int] = mapped_column(default=0)
    spent_seconds: Mapped[float] = mapped_column(default=0)
    running_since: Mapped[dt.datetime | None]
    begun_at: Mapped[dt.datetime | None]
    """When the first group began to speak; None before."""
    last_call_at: Mapped[dt.datetime | None]
    """When the screen showed the last call last; it stays once something else is shown."""
    revealed: Mapped[int] = mapped_column(default=0)
    """How many bids of the announcement were shown."""
    notice: Mapped[str] = mapped_column(default="")
    moved_by: Mapped[str]
    """As the hall knows them: a name, or whose phone it was."""
    moved_at: Mapped[dt.datetime]

    @property
    def timer(self) -> Timer:
        """The timer of the turn."""
        return Timer(self.allowed_seconds, self.spent_seconds, self.running_since)


class TurnEnd(enum.StrEnum):
    """How a group's turn ended."""

    SPOKE = "spoke"
    NO_SHOW = "no_show"


class TurnTaken(Base):
    """A group's turn that is over: how long it took, or why it was none."""

    __tablename__ = "turn_taken"
    __table_args__ = (
        sa.CheckConstraint("pitch_seconds >= 0 AND question_seconds >= 0", name="seconds_counted"),
        sa.CheckConstraint("reason = '' OR ended = 'no_show'", name="only_a_no_show_has_a_reason"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), primary_key=True)
    ended: Mapped[TurnEnd]
    reason: Mapped[str] = mapped_column(default="")
    """Why they did not come, for organisers and auditors; "" once it is forgotten."""
    pitch_seconds: Mapped[float] = mapped_column(default=0)
    question_seconds: Mapped[float] = mapped_column(default=0)
