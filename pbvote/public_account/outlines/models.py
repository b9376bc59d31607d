"""A year in outline, and its lines: one figure or one grant each, with its source."""

import datetime as dt
import enum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.filters import money
from pbvote.localities.models import Locality
from pbvote.public_account.figures.definitions import NamedFigure

CURRENCY: Final = "GBP"


class YearFigure(NamedFigure):
    """What a line tells of its year; a sheet names it by the same words."""

    POT = "pot", "To give away", "What there was to give away in that year."
    BIDS = "bids", "Bids", "How many bids there were to choose from."
    VOTED = "voted", "Voted", "How many residents voted. Beside it stands how they were counted."
    ATTENDED = "attended", "At the events", "How many residents came, whether or not they voted."
    GRANTS = "grants", "Grants", "How many grants were awarded."
    AWARDED = "awarded", "Awarded", "What groups were promised in all."
    GRANT = "grant", "One grant", "What one group was promised, where that is known."

    @property
    def is_money(self) -> bool:
        """Whether it is an amount. The others are counts."""
        return self in {YearFigure.POT, YearFigure.AWARDED, YearFigure.GRANT}

    @property
    def is_of_people(self) -> bool:
        """Whether it counts people, and so says how they were counted."""
        return self in {YearFigure.VOTED, YearFigure.ATTENDED}


OF_A_YEAR: Final = tuple(figure for figure in YearFigure if figure is not YearFigure.GRANT)


class FigureSource(enum.StrEnum):
    """Where a figure comes from."""

    PUBLISHED = "published"
    RECORDS = "records"
    INVENTED = "invented"
    """For the demonstration, and nowhere else."""

    @property
    def words(self) -> str:
        """As a sheet says it."""
        return {"published": "From a published page", "records": "From the council’s records"}.get(self, "Invented")

    @property
    def mark(self) -> str:
        """As it stands beside the figure."""
        return self.words[:1].lower() + self.words[1:]


class YearOutline(Base):
    """A year that was not run in pbvote. Nobody but organisers and auditors reads it until it is published."""

    __tablename__ = "year_outline"
    __table_args__ = (
        sa.UniqueConstraint("year"),
        sa.CheckConstraint("year BETWEEN 1990 AND 2200", name="year_plausible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    sent_at: Mapped[dt.datetime] = mapped_column(default=now)
    sent_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    published_on: Mapped[dt.date | None]

    lines: Mapped[list["OutlineLine"]] = relationship(
        back_populates="outline", lazy="raise_on_sql", order_by="OutlineLine.position", passive_deletes=True
    )


class OutlineLine(Base):
    """One figure of a year, or one grant; of a locality, or of all together."""

    __tablename__ = "outline_line"
    __table_args__ = (
        sa.UniqueConstraint("outline_id", "position"),
        sa.CheckConstraint("number >= 0", name="number_not_negative"),
        sa.CheckConstraint("number IS NOT NULL OR figure = 'grant'", name="number_known"),
        sa.CheckConstraint("(figure = 'grant') = (group_name <> '')", name="grant_names_group"),
        sa.CheckConstraint("found_in <> ''", name="source_named"),
        sa.CheckConstraint("counted <> '' OR figure NOT IN ('voted', 'attended')", name="people_counted_somehow"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    outline_id: Mapped[int] = mapped_column(sa.ForeignKey("year_outline.id", ondelete="CASCADE"))
    position: Mapped[int]
    locality_id: Mapped[int | None] = mapped_column(sa.ForeignKey("locality.id"), index=True)
    """None for all localities together."""
    figure: Mapped[YearFigure]
    number: Mapped[int | None] = mapped_column(sa.BigInteger())
    """Pence, or how many; None where the amount of a grant is not known."""
    group_name: Mapped[str] = mapped_column(default="")
    project: Mapped[str] = mapped_column(default="")
    source: Mapped[FigureSource]
    found_in: Mapped[str]
    """Which page or paper, so that anybody finds it."""
    counted: Mapped[str] = mapped_column(default="")
    """How people were counted."""
    link: Mapped[str] = mapped_column(default="")

    outline: Mapped[YearOutline] = relationship(back_populates="lines", lazy="raise_on_sql")
    locality: Mapped[Locality | None] = relationship(lazy="raise_on_sql")

    @property
    def said(self) -> str:
        """Its number as it is read."""
        if self.number is None:
            return "Not known"
        return money(self.number, CURRENCY) if self.figure.is_money else f"{self.number:,}"

    @property
    def place(self) -> str:
        """Of which locality it is; "" for all together."""
        return self.locality.name if self.locality else ""
