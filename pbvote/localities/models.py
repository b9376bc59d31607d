"""The council's localities. They outlive every round."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.db import Base


class Locality(Base):
    """One of the council's localities, with its partnership."""

    __tablename__ = "locality"
    __table_args__ = (sa.UniqueConstraint("slug"), sa.UniqueConstraint("name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    is_imported: Mapped[bool] = mapped_column(default=False)
    """A district of a city whose election was read from a file: it takes no part in the council's own rounds."""

    wards: Mapped[list["Ward"]] = relationship(order_by="Ward.name", cascade="all, delete-orphan")
    priorities: Mapped[list["Priority"]] = relationship(order_by="Priority.position", cascade="all, delete-orphan")


class Ward(Base):
    """An electoral ward of a locality."""

    __tablename__ = "ward"
    __table_args__ = (sa.UniqueConstraint("locality_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"))
    name: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    """Its code of the Office for National Statistics, ``E05000825``; "" where nobody has entered it."""

    @property
    def line(self) -> str:
        """As an organiser enters it: the name, and the code behind it."""
        return f"{self.name} {self.code}".strip()


class Priority(Base):
    """Something that a locality wants grants to help with, in its own order."""

    __tablename__ = "priority"
    __table_args__ = (sa.UniqueConstraint("locality_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"))
    position: Mapped[int]
    text: Mapped[str]
