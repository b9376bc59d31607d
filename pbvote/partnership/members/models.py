"""Members of a partnership, and the profiles that they publish."""

import datetime as dt
import enum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.db import Base
from pbvote.files.models import Photo
from pbvote.localities.models import Locality, Ward
from pbvote.partnership.seen import Versioned
from pbvote.people.models import Account, RoleGrant

FORMER_FOR: Final = dt.timedelta(days=365)
"""How long somebody stands among the former members after their last day."""
MOST_CHARACTERS: Final = 400
"""Of the words of a profile."""
_LASTS = sa.text("account_id IS NOT NULL AND until_on IS NULL")


class MemberRole(enum.StrEnum):
    """What somebody is in the partnership."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    COUNCILLOR = "councillor"
    POLICE = "police"
    HEALTH = "health"
    OFFICER = "council_officer"
    AMBASSADOR = "ambassador"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The role as a page names it."""
        return _ROLES[self]


_ROLES: Final = {
    MemberRole.CHAIR: "Chair",
    MemberRole.VICE_CHAIR: "Vice-chair",
    MemberRole.COUNCILLOR: "Councillor",
    MemberRole.POLICE: "Police",
    MemberRole.HEALTH: "Health services",
    MemberRole.OFFICER: "Council officer",
    MemberRole.AMBASSADOR: "Community Ambassador",
    MemberRole.OTHER: "Another role",
}


def _signs_in(account_id: object, locality_id: object) -> sa.ColumnElement[bool]:
    """Whether an account is let in, and is an LP member of the locality."""
    wanted = sa.select(RoleGrant.id).join(RoleGrant.account).where(RoleGrant.account_id == account_id)
    wanted = wanted.where(RoleGrant.locality_id == locality_id, RoleGrant.role == Role.LP_MEMBER)
    return wanted.where(Account.is_disabled.is_(False)).correlate_except(RoleGrant, Account).exists()


class PartnershipMember(Versioned):
    """Somebody's time as a member. Name, role and body are public, from the first day to the last.

    A councillor may have no account.
    """

    __tablename__ = "partnership_member"
    __table_args__ = (
        sa.Index(
            "uq_partnership_member_once",
            "locality_id",
            "account_id",
            unique=True,
            sqlite_where=_LASTS,
            postgresql_where=_LASTS,
        ),
        sa.CheckConstraint("name <> '' AND body <> ''", name="all_said"),
        sa.CheckConstraint("until_on >= from_on", name="days_in_order"),
        sa.CheckConstraint("(role = 'other') = (role_words <> '')", name="other_role_in_words"),
        sa.CheckConstraint("account_id IS NOT NULL OR NOT is_editor", name="editor_signs_in"),
    )

    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"), index=True)
    name: Mapped[str]
    role: Mapped[MemberRole]
    role_words: Mapped[str] = mapped_column(default="")
    """Another role in words."""
    body: Mapped[str]
    """The organisation that they come from."""
    ward_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ward.id", ondelete="SET NULL"), index=True)
    from_on: Mapped[dt.date] = mapped_column(default=today)
    until_on: Mapped[dt.date | None]
    """Their last day; None while nobody has named it."""
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    is_editor: Mapped[bool] = mapped_column(default=False)
    """Whether organisers let them keep the partnership's page, for as long as they are a member."""
    is_here: Mapped[bool] = column_property(_signs_in(account_id, locality_id))
    """Whether they can sign in as a member, and so take back what they show to everybody. Else nobody sees it."""

    locality: Mapped[Locality] = relationship(lazy="raise_on_sql")
    ward: Mapped[Ward | None] = relationship(lazy="raise_on_sql")
    account: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=account_id)
    profile: Mapped["MemberProfile | None"] = relationship(lazy="raise_on_sql", back_populates="member")

    @property
    def role_in_words(self) -> str:
        """What they are in the partnership."""
        return self.role_words or self.role.words

    @property
    def role_with_ward(self) -> str:
        """The same, of a councillor with the ward that they speak for."""
        is_for_ward = self.role is MemberRole.COUNCILLOR and self.ward is not None
        return f"{self.role_in_words} for {self.ward.name}" if is_for_ward and self.ward else self.role_in_words

    @hybrid_property
    def is_present(self) -> bool:
        """Whether today is one of their days. The last one is."""
        return self.from_on <= today() and self.has_days_left

    @is_present.inplace.expression
    @classmethod
    def _is_present(cls) -> sa.ColumnElement[bool]:
        return sa.and_(cls.from_on <= today(), cls.has_days_left)

    @hybrid_property
    def has_days_left(self) -> bool:
        """Whether they are a member today or will be one."""
        return self.until_on is None or self.until_on >= today()

    @has_days_left.inplace.expression
    @classmethod
    def _has_days_left(cls) -> sa.ColumnElement[bool]:
        return sa.or_(cls.until_on.is_(None), cls.until_on >= today())

    @hybrid_property
    def is_former(self) -> bool:
        """Whether their last day is over, and not longer ago than a year."""
        return self.until_on is not None and today() - FORMER_FOR <= self.until_on < today()

    @is_former.inplace.expression
    @classmethod
    def _is_former(cls) -> sa.ColumnElement[bool]:
        return sa.and_(cls.until_on < today(), cls.until_on >= today() - FORMER_FOR)


class MemberProfile(Base):
    """What a member shows to everybody, and what waits for an editor to publish it.

    Words and photo are agreed to one by one, each on its day. What waits stands beside what is public. Either is
    withdrawn by its member alone, at once.
    """

    __tablename__ = "member_profile"
    __table_args__ = (
        sa.UniqueConstraint("photo_id"),
        sa.UniqueConstraint("new_photo_id"),
        sa.CheckConstraint("(words = '') = (words_agreed_on IS NULL)", name="words_agreed"),
        sa.CheckConstraint("(new_words = '') = (new_words_agreed_on IS NULL)", name="new_words_agreed"),
        sa.CheckConstraint("(photo_id IS NULL) = (photo_agreed_on IS NULL)", name="photo_agreed"),
        sa.CheckConstraint("(new_photo_id IS NULL) = (new_photo_agreed_on IS NULL)", name="new_photo_agreed"),
        sa.CheckConstraint(
            f"length(words) <= {MOST_CHARACTERS} AND length(new_words) <= {MOST_CHARACTERS}", name="words_short"
        ),
        sa.CheckConstraint("photo_id <> new_photo_id", name="two_photos"),
    )

    member_id: Mapped[int] = mapped_column(sa.ForeignKey("partnership_member.id"), primary_key=True)
    words: Mapped[str] = mapped_column(default="")
    words_agreed_on: Mapped[dt.date | None]
    photo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("photo.id"))
    photo_agreed_on: Mapped[dt.date | None]
    new_words: Mapped[str] = mapped_column(default="")
    """What waits; "" where nothing does."""
    new_words_agreed_on: Mapped[dt.date | None]
    new_photo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("photo.id"))
    new_photo_agreed_on: Mapped[dt.date | None]
    sent_back: Mapped[str] = mapped_column(default="")
    """What an editor asks the member to change of what waits; "" until then, and once the member has changed it."""
    version: Mapped[int] = mapped_column(default=1)
    """Another one after each change, so that an editor publishes what they have read."""
    published_at: Mapped[dt.datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)

    member: Mapped[PartnershipMember] = relationship(lazy="raise_on_sql", back_populates="profile")
    photo: Mapped[Photo | None] = relationship(lazy="raise_on_sql", foreign_keys=photo_id)
    new_photo: Mapped[Photo | None] = relationship(lazy="raise_on_sql", foreign_keys=new_photo_id)

    @hybrid_property
    def waits(self) -> bool:
        """Whether something waits for an editor."""
        return bool(self.new_words or self.new_photo_id) and not self.sent_back

    @waits.inplace.expression
    @classmethod
    def _waits(cls) -> sa.ColumnElement[bool]:
        return sa.and_(sa.or_(cls.new_words != "", cls.new_photo_id.is_not(None)), cls.sent_back == "")

    @hybrid_property
    def is_public(self) -> bool:
        """Whether everybody sees something of it."""
        return bool(self.words or self.photo_id)

    @is_public.inplace.expression
    @classmethod
    def _is_public(cls) -> sa.ColumnElement[bool]:
        return sa.or_(cls.words != "", cls.photo_id.is_not(None))
