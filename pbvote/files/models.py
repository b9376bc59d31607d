"""The rows of files that people have sent. The content lies in the store, under the digest."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base


class StoredFile(Base):
    """One file that somebody gave. The same content given twice is two rows and stored once."""

    __tablename__ = "stored_file"
    __table_args__ = (
        sa.CheckConstraint("length(digest) = 64", name="digest_whole"),
        sa.CheckConstraint("size_bytes > 0", name="size_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(index=True)
    """SHA-256 of the content, as 64 hexadecimal digits."""
    media_type: Mapped[str]
    """What its content is, whatever its sender said."""
    size_bytes: Mapped[int]
    name: Mapped[str]
    """What its sender called it, cleaned, with the ending that its content has."""
    given_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """None where it came with a form that needs no account."""
    given_at: Mapped[dt.datetime] = mapped_column(default=now)


class Photo(Base):
    """A photo in two sizes, upright, without anything of its camera. Known by the digest of the larger one."""

    __tablename__ = "photo"
    __table_args__ = (
        sa.UniqueConstraint("small_id"),
        sa.UniqueConstraint("large_id"),
        sa.CheckConstraint("width > 0 AND height > 0", name="size_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    small_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    large_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    width: Mapped[int]
    """Pixels of the larger one. The smaller one has the same shape."""
    height: Mapped[int]

    small: Mapped[StoredFile] = relationship(foreign_keys=small_id, lazy="joined", innerjoin=True)
    large: Mapped[StoredFile] = relationship(foreign_keys=large_id, lazy="joined", innerjoin=True)

    @property
    def digest(self) -> str:
        """What its address names."""
        return self.large.digest
