"""Who stays with a funded group, as periods; when a member is away; what groups read about a member."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from pbvote.access import Role
from pbvote.call.bids.models import Bid
from pbvote.call.checking.interests import is_close, is_contact
from pbvote.call.rounds.models import Share
from pbvote.core.clock import now, today
from pbvote.db import Base
from pbvote.files.models import Photo
from pbvote.grants.awards.impartial import group_of
from pbvote.grants.awards.models import Award
from pbvote.localities.models import Ward
from pbvote.people.models import Account, RoleGrant
from pbvote.vote.events.models import Event

_LASTS = sa.text("until_on IS NULL")


def is_member_for(account_id: object, award_id: object) -> sa.ColumnElement[bool]:
    """Whether an account can see to an award's group at present.

    It is let in, an LP member of the locality that the money is from, and does not belong to the group. Both are
    columns, or numbers.
    """
    wanted = sa.select(RoleGrant.id).join(RoleGrant.account).join(Share, Share.locality_id == RoleGrant.locality_id)
    wanted = wanted.join(Event, Event.share_id == Share.id).join(Award, Award.event_id == Event.id)
    wanted = wanted.where(RoleGrant.account_id == account_id, RoleGrant.role == Role.LP_MEMBER)
    wanted = wanted.join(Bid, Bid.id == Award.bid_id)
    wanted = wanted.where(Account.is_disabled.is_(False), Award.id == award_id, ~is_close(account_id, Bid.group_id))
    return wanted.correlate_except(RoleGrant, Account, Share, Event, Award, Bid).exists()


def said_of_close(name: str, *, is_contact: bool) -> str:
    """What an officer reads of a mentor who belongs to the group by now."""
    return f"{name} {'speaks for' if is_contact else 'has declared an interest in'} this group: choose another mentor."


class Mentor(Base):
    """The time in which an LP member stays with a funded group. One member at a time; the same one may come back.

    A period ends on the day on which the next begins.
    """

    __tablename__ = "mentor"
    __table_args__ = (
        sa.Index("ix_mentor_one_at_a_time", "award_id", unique=True, sqlite_where=_LASTS, postgresql_where=_LASTS),
        sa.CheckConstraint("until_on >= from_on", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    from_on: Mapped[dt.date] = mapped_column(default=today)
    until_on: Mapped[dt.date | None]
    """None while it lasts."""
    another_asked_at: Mapped[dt.datetime | None]
    """When the group asked for another member, for which it gives no reason. The next period answers it."""

    award: Mapped[Award] = relationship(lazy="raise_on_sql")
    account: Mapped[Account] = relationship(lazy="raise_on_sql")

    is_here: Mapped[bool] = column_property(is_member_for(account_id, award_id))
    """Whether the member can see to the group. In a statement and on a row, this is the one rule for it."""
    is_close: Mapped[bool] = column_property(is_close(account_id, group_of(award_id)))
    """Whether the member belongs to the group by now, and so sees to it no more."""
    is_contact: Mapped[bool] = column_property(is_contact(account_id, group_of(award_id)))
    """Whether the member speaks for the group by now."""

    @property
    def close_in_words(self) -> str:
        """What an officer reads where the member belongs to the group by now; "" where not."""
        return said_of_close(self.account.name, is_contact=self.is_contact) if self.is_close else ""


class Absence(Base):
    """The days on which an LP member is away, and who covers. Of one member, no two overlap."""

    __tablename__ = "absence"
    __table_args__ = (
        sa.CheckConstraint("back_on > from_on", name="days_in_order"),
        sa.CheckConstraint("cover_id <> account_id", name="cover_is_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    from_on: Mapped[dt.date]
    back_on: Mapped[dt.date]
    """The first day on which the member is there again."""
    cover_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    said_at: Mapped[dt.datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship(lazy="raise_on_sql", foreign_keys=[account_id])
    cover: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[cover_id])


def is_away(absence: type[Absence], account_id: object, day: dt.date) -> sa.ColumnElement[bool]:
    """Whether a row of absences is this account's, and the day is in it. The account is a column, or a number."""
    return sa.and_(absence.account_id == account_id, absence.from_on <= day, absence.back_on > day)


def is_cover_away(day: dt.date) -> sa.ColumnElement[bool]:
    """Whether whoever covers in an absence is away on this day, too, and so can't."""
    theirs = orm.aliased(Absence)
    return sa.exists().where(is_away(theirs, Absence.cover_id, day))


class MemberCard(Base):
    """What groups read about an LP member, in the member's own words."""

    __tablename__ = "member_card"
    __table_args__ = (sa.UniqueConstraint("photo_id"),)

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    sentence: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    ward_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ward.id", ondelete="SET NULL"), index=True)
    """Where the member would rather visit; no group reads it."""
    photo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("photo.id"))
    """Of the member. Their groups alone see it, on their own page."""
    named_from: Mapped[dt.date | None]
    """Since when everybody may read that the member stays with a group, where the group agrees, too."""

    ward: Mapped[Ward | None] = relationship(lazy="raise_on_sql")
    photo: Mapped[Photo | None] = relationship(lazy="raise_on_sql")
