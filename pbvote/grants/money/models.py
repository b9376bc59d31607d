"""Payments, the telephone calls before them, and what came back.

The sums stand on the award itself (`planned_pence`, `paid_pence`, `returned_pence`), where its constraints hold the
equations. The rows here explain them, and a row never moves without its sum: see `pbvote.grants.money.moving`.
"""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base, Pence
from pbvote.people.models import Account

_IN_FORCE = sa.text("is_in_force")


class PaymentState(enum.StrEnum):
    """Where a payment is."""

    PLANNED = "planned"
    """Finance is asked to pay it on a day."""
    PAID = "paid"
    FAILED = "failed"
    """It did not reach the group, before or after finance called it paid. What it was for is to pay again."""
    CANCELLED = "cancelled"


class PayeeCheck(Base):
    """That somebody of the council rang the group, and finance has its details. The details themselves are not here."""

    __tablename__ = "payee_check"
    __table_args__ = (
        sa.UniqueConstraint("award_id", "number"),
        sa.UniqueConstraint("award_id", "id"),
        sa.Index(
            "uq_payee_check_award_id_in_force",
            "award_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        sa.CheckConstraint("number > 0", name="number_positive"),
        sa.CheckConstraint("rang_by <> '' AND spoke_to <> '' AND role <> ''", name="people_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    number: Mapped[int]
    """The award's first call is 1. Two people who note the same call claim the same number."""
    rang_by: Mapped[str]
    """Who of the council rang."""
    spoke_to: Mapped[str]
    role: Mapped[str]
    """What the person spoken to is in the group: its treasurer, its chair."""
    rang_on: Mapped[dt.date]
    is_in_force: Mapped[bool] = mapped_column(default=True)
    """Whether payments may rest on it: the latest does, until a payment fails."""
    at: Mapped[dt.datetime] = mapped_column(default=now)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Who noted it."""


class Payment(Base):
    """Money that finance is asked to pay, and what became of it."""

    __tablename__ = "payment"
    __table_args__ = (
        sa.UniqueConstraint("award_id", "number"),
        sa.ForeignKeyConstraint(["award_id", "check_id"], ["payee_check.award_id", "payee_check.id"]),
        sa.CheckConstraint("number > 0", name="number_positive"),
        sa.CheckConstraint("pence > 0", name="pence_positive"),
        sa.CheckConstraint("asked_by_id <> confirmed_by_id", name="two_people"),
        sa.CheckConstraint("takes_two = (confirmed_by_id IS NOT NULL)", name="confirmed_where_it_takes_two"),
        sa.CheckConstraint(
            "(paid_on IS NOT NULL AND state IN ('paid', 'failed'))"
            " OR (paid_on IS NULL AND state IN ('planned', 'cancelled', 'failed'))",
            name="day_of_what_was_paid",
        ),
        sa.CheckConstraint("(failed_on IS NOT NULL) = (state = 'failed')", name="day_of_what_failed"),
        sa.CheckConstraint("failed_on >= paid_on", name="days_in_order"),
        sa.CheckConstraint("state <> 'failed' OR why <> ''", name="failed_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    number: Mapped[int]
    """The award's first payment is 1. Two people who plan the same payment claim the same number."""
    pence: Mapped[Pence]
    state: Mapped[PaymentState] = mapped_column(default=PaymentState.PLANNED)
    planned_on: Mapped[dt.date]
    paid_on: Mapped[dt.date | None]
    failed_on: Mapped[dt.date | None]
    why: Mapped[str] = mapped_column(default="")
    """Why it failed; "" where it did not."""
    check_id: Mapped[int]
    """The telephone call that it rests on, of the same award."""
    takes_two: Mapped[bool]
    """Whether the award's payments had passed the round's sum with it."""
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)

    asked_by: Mapped[Account] = relationship(foreign_keys=asked_by_id, lazy="raise_on_sql")
    confirmed_by: Mapped[Account | None] = relationship(foreign_keys=confirmed_by_id, lazy="raise_on_sql")
    history: Mapped[list["PaymentHistory"]] = relationship(order_by="PaymentHistory.id", cascade="all, delete-orphan")


class PaymentHistory(Base):
    """Who moved a payment, and when."""

    __tablename__ = "payment_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(sa.ForeignKey("payment.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(default=now)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    state: Mapped[PaymentState]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class MoneyReturn(Base):
    """Money that a group sent back."""

    __tablename__ = "money_return"
    __table_args__ = (
        sa.UniqueConstraint("award_id", "number"),
        sa.CheckConstraint("number > 0", name="number_positive"),
        sa.CheckConstraint("pence > 0", name="pence_positive"),
        sa.CheckConstraint("why <> ''", name="why_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    number: Mapped[int]
    """The award's first return is 1. Two people who note the same return claim the same number."""
    pence: Mapped[Pence]
    returned_on: Mapped[dt.date]
    why: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(default=now)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Who noted it."""
