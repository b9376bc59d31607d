"""What a funded group agrees to show in public, each with the day on which it agreed."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import today
from pbvote.db import Base
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.themes import Theme
from pbvote.localities.models import Ward
from pbvote.people.models import Account


class Listing(Base):
    """That a funded group stands in the directory, and what it says there. Without the row nothing of it is public.

    A photo and a story are known by their digests: one that was replaced since is another, and takes another word.
    """

    __tablename__ = "listing"
    __table_args__ = (
        sa.CheckConstraint("sentence <> ''", name="sentence_given"),
        sa.CheckConstraint("(photo_digest = '') = (photo_agreed_on IS NULL)", name="photo_agreed"),
        sa.CheckConstraint("(photo_digest = '') = (photo_text = '')", name="photo_has_text"),
        sa.CheckConstraint("(story_digest = '') = (story_agreed_on IS NULL)", name="story_agreed"),
    )

    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), primary_key=True)
    sentence: Mapped[str]
    """What the group does."""
    theme: Mapped[Theme]
    ward_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ward.id", ondelete="SET NULL"), index=True)
    """None where it works in more than one."""
    district: Mapped[str] = mapped_column(default="")
    """The first half of its postcode, ``M33``; "" where the group would rather not say."""
    website: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[dt.date] = mapped_column(default=today)
    agreed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Who of the group saved it last."""
    photo_digest: Mapped[str] = mapped_column(default="")
    photo_text: Mapped[str] = mapped_column(default="")
    """What the photo shows, for those who can’t see it."""
    photo_agreed_on: Mapped[dt.date | None]
    story_digest: Mapped[str] = mapped_column(default="")
    """SHA-256 of the words of its report."""
    story_agreed_on: Mapped[dt.date | None]
    needs_agreed_on: Mapped[dt.date | None]
    """Since when it shows what it could use."""
    mentor_agreed_on: Mapped[dt.date | None]
    """Since when it agrees that its mentor is named; the mentor must agree, too."""

    award: Mapped[Award] = relationship(lazy="raise_on_sql")
    ward: Mapped[Ward | None] = relationship(lazy="raise_on_sql")
    agreed_by: Mapped[Account] = relationship(lazy="raise_on_sql")
