"""A partnership's updates."""

import datetime as dt
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.files.models import Photo
from pbvote.partnership.seen import Versioned

MOST_WORDS: Final = 400


class Update(Versioned):
    """A heading with words and perhaps a photo, for everybody once its moment has come.

    A draft has no moment. One that is taken down leaves its day and the reason, and nothing of what it said.
    """

    __tablename__ = "partnership_update"
    __table_args__ = (
        sa.Index("ix_partnership_update_locality_id_published_at", "locality_id", "published_at"),
        sa.UniqueConstraint("photo_id"),
        sa.CheckConstraint("taken_down_at IS NOT NULL OR (heading <> '' AND words <> '')", name="all_said"),
        sa.CheckConstraint("(photo_id IS NULL) = (photo_text = '')", name="photo_has_text"),
        sa.CheckConstraint("(taken_down_at IS NULL) = (why_taken_down = '')", name="taken_down_with_reason"),
        sa.CheckConstraint(
            "taken_down_at IS NULL OR (published_at IS NOT NULL AND heading = '' AND words = '' AND photo_id IS NULL)",
            name="nothing_left_of_it",
        ),
    )

    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"))
    heading: Mapped[str]
    words: Mapped[str]
    photo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("photo.id"))
    photo_text: Mapped[str] = mapped_column(default="")
    """What the photo shows, for those who can't see it."""
    published_at: Mapped[dt.datetime | None]
    """When everybody could read it first, or will; None for a draft."""
    taken_down_at: Mapped[dt.datetime | None]
    why_taken_down: Mapped[str] = mapped_column(default="")

    photo: Mapped[Photo | None] = relationship(lazy="raise_on_sql")

    @hybrid_property
    def is_out(self) -> bool:
        """Whether its moment has come. What was taken down since is out, too: its line stands."""
        return self.published_at is not None and self.published_at <= now()

    @is_out.inplace.expression
    @classmethod
    def _is_out(cls) -> sa.ColumnElement[bool]:
        return cls.published_at <= now()

    @property
    def is_taken_down(self) -> bool:
        """Whether nothing of it is left but the reason."""
        return self.taken_down_at is not None

    @property
    def was_changed(self) -> bool:
        """Whether it says something else than when it came out."""
        return self.published_at is not None and self.changed_at > self.published_at
