"""Accounts, the roles they hold, and the links that are mailed to them."""

import datetime as dt
import enum
import secrets

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.access import Role
from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.localities.models import Locality


class Account(UserMixin, Base):
    """A person who signs in. E-mail addresses are kept in lower case."""

    __tablename__ = "account"
    __table_args__ = (
        sa.UniqueConstraint("email"),
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
        sa.CheckConstraint("name <> ''", name="name_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None]
    totp_used_step: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """The last half-minute whose code was taken: a code works once."""
    session_key: Mapped[str] = mapped_column(default=lambda: Account.fresh_session_key())
    """Part of every session. A new one ends them all."""
    is_disabled: Mapped[bool] = mapped_column(default=False)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    takes_digest: Mapped[bool] = mapped_column(default=True)
    """Whether an LP member or an organiser wants the weekly letter about funded groups."""
    created_at: Mapped[dt.datetime] = mapped_column(default=now)

    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", lazy="selectin", order_by="RoleGrant.id"
    )

    @staticmethod
    def fresh_session_key() -> str:
        """128 random bits in hexadecimal."""
        return secrets.token_hex(16)

    def get_id(self) -> str:
        """What a session that begins now holds: the account, its present session key, the second, and a random part.

        So each session can be told from the account's others, and ended alone.
        """
        return f"{self.id}.{self.session_key}.{int(now().timestamp())}.{secrets.token_hex(16)}"

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held, in whichever locality."""
        return frozenset(grant.role for grant in self.grants)

    def localities(self, role: Role) -> frozenset[int]:
        """The ids of the localities in which the role is held."""
        return frozenset(g.locality_id for g in self.grants if g.role is role and g.locality_id is not None)

    @property
    def needs_second_step(self) -> bool:
        """Organisers confirm each sign-in with a second factor; in the demonstration it is off."""
        return Role.ORGANISER in self.roles and not self.is_demonstration

    @property
    def is_offered_digest(self) -> bool:
        """Whether there is a weekly letter about funded groups for them: they are an LP member or an organiser."""
        return bool(self.roles & {Role.ORGANISER, Role.LP_MEMBER})

    @property
    def signs_in_by_link(self) -> bool:
        """Whether a mailed link is enough to sign them in, for as long as their own phone is kept.

        They look after bids and funded groups. Whoever can do more than that signs in with a password, each day.
        """
        return bool(self.roles) and self.roles <= {Role.GROUP_CONTACT, Role.LP_MEMBER}


class KeptSession(Base):
    """A session that stays on somebody's own phone. It is listed to them, and ends when its row goes."""

    __tablename__ = "kept_session"
    __table_args__ = (sa.UniqueConstraint("tag"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[bytes]
    """A digest of what the session holds."""
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    device: Mapped[str]
    """What it runs on, as far as a person needs it to tell two apart: “Firefox on an Android phone”."""
    began_at: Mapped[dt.datetime] = mapped_column(default=now)
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)


class EndedSession(Base):
    """A session that somebody signed out of. Kept for as long as a copy of its cookie could be shown again."""

    __tablename__ = "ended_session"

    tag: Mapped[bytes] = mapped_column(primary_key=True)
    """A digest of what the session held."""
    ended_at: Mapped[dt.datetime] = mapped_column(default=now, index=True)


class RoleGrant(Base):
    """A role that an account holds: for the whole council, or in one locality."""

    __tablename__ = "role_grant"
    __table_args__ = (
        # NULLs differ in a unique constraint, so the council-wide grant needs an index of its own.
        sa.UniqueConstraint("account_id", "role", "locality_id"),
        sa.Index(
            "uq_role_grant_account_id_role_whole",
            "account_id",
            "role",
            unique=True,
            sqlite_where=sa.text("locality_id IS NULL"),
            postgresql_where=sa.text("locality_id IS NULL"),
        ),
        sa.CheckConstraint(
            "(role IN ('steward', 'lp_member')) = (locality_id IS NOT NULL)", name="locality_where_it_belongs"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    role: Mapped[Role]
    locality_id: Mapped[int | None] = mapped_column(sa.ForeignKey("locality.id"), index=True)

    account: Mapped[Account] = relationship(back_populates="grants")
    locality: Mapped[Locality | None] = relationship(lazy="joined")


class LinkPurpose(enum.StrEnum):
    """What a mailed link is for."""

    INVITATION = "invitation"
    SIGN_IN = "sign_in"


class MailedLink(Base):
    """A link that was mailed: it works once, until it expires. Only a tag of its code is kept.

    An account has one open link for each purpose and each page that it opens: a newer one ends it.
    """

    __tablename__ = "mailed_link"
    __table_args__ = (
        sa.UniqueConstraint("tag"),
        sa.Index(
            "uq_mailed_link_account_id_purpose_open",
            "account_id",
            "purpose",
            "leads_to",
            unique=True,
            sqlite_where=sa.text("used_at IS NULL"),
            postgresql_where=sa.text("used_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[bytes]
    purpose: Mapped[LinkPurpose]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    """When it was used, or ended by a newer one, by a new password, or with the account."""
    leads_to: Mapped[str] = mapped_column(default="")
    """The page of ours that it opens once it has signed its reader in: a path; "" opens where their work begins."""

    account: Mapped[Account] = relationship()


class FailedTries(Base):
    """How often something failed that only its owner knows, and when last. The key is a digest of what is counted."""

    __tablename__ = "failed_tries"
    __table_args__ = (sa.CheckConstraint("times > 0", name="times_positive"),)

    key: Mapped[bytes] = mapped_column(primary_key=True)
    times: Mapped[int]
    last_at: Mapped[dt.datetime] = mapped_column(index=True)
