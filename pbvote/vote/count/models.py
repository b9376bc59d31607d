"""The outcome of an event, as the tally gave it."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.json_columns import JsonOf, JsonOfEach
from pbvote.tally import Closeness, Margin, Outcome
from pbvote.vote.count.code_account import CodeAccount, MismatchReason


class StoredOutcome(Base):
    """What the count gave: made once, from `counted`, by the rule that was fixed beforehand."""

    __tablename__ = "outcome"
    __table_args__ = (sa.CheckConstraint("voters >= 0", name="voters_counted"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    body: Mapped[Outcome] = mapped_column(JsonOf(Outcome))
    voters: Mapped[int]
    is_official: Mapped[bool | None]
    """Of an imported election: whether its official outcome came out; None where its file names none."""
    is_own_rule: Mapped[bool] = mapped_column(default=True)
    """Whether this is the rule that was decided by; False for an imported election whose rule is not known here."""
    counted_at: Mapped[dt.datetime] = mapped_column(default=now)


class Study(Base):
    """What was worked out beside the outcome, once it was stored: it explains the result and is no part of it."""

    __tablename__ = "study"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("outcome.event_id"), primary_key=True)
    closeness: Mapped[dict[str, Closeness]] = mapped_column(JsonOfEach(Closeness))
    """By the reference of each bid that is not funded.

    Empty for a city, where it takes long: there it is worked out bid by bid, when somebody asks.
    """
    others: Mapped[dict[str, Outcome]] = mapped_column(JsonOfEach(Outcome))
    """What each other rule would have funded, by the rule's name."""
    margin: Mapped[Margin | None] = mapped_column(JsonOf(Margin))
    """None where it could not be worked out."""


class HandCount(Base):
    """What was counted by hand after the close, beside what the database knows of slips."""

    __tablename__ = "hand_count"
    __table_args__ = (
        sa.CheckConstraint("left_over >= 0", name="left_over_counted"),
        sa.CheckConstraint("door_count >= 0", name="door_counted"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    left_over: Mapped[int]
    """Live slips that nobody took, counted by hand."""
    door_count: Mapped[int]
    """People who got a slip, as the door counted them."""
    reason: Mapped[MismatchReason | None]
    note: Mapped[str] = mapped_column(default="")
    stated_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))


class Seal(Base):
    """What was fixed when the ballots were counted, to be sealed and published."""

    __tablename__ = "seal"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    check_numbers: Mapped[list[str]] = mapped_column(deferred=True)
    """Of every counted ballot, sorted. In a city they are megabytes, and few pages show them."""
    account: Mapped[CodeAccount] = mapped_column(JsonOf(CodeAccount))
    salt: Mapped[str]
    """32 hexadecimal digits that were hashed with the ballots, so that nobody finds few ballots by trying."""


class Counted(Base):
    """The counted ballots, grouped, without tags. Results are read from here and from nowhere else."""

    __tablename__ = "counted"
    __table_args__ = (sa.CheckConstraint("voters > 0", name="voters_positive"), {"sqlite_with_rowid": False})

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    choices: Mapped[str] = mapped_column(primary_key=True)
    voters: Mapped[int]
