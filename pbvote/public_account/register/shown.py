"""What the register's pages and files show. Nothing here writes."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import sqlalchemy as sa

from pbvote.core.clock import today, uk_moment
from pbvote.core.registered import show_registered
from pbvote.db import db
from pbvote.grants.awards.models import AwardDecision
from pbvote.paging import SIZE, Page, nearest_page
from pbvote.public_account.figures.grants import StandingGrant, read_grants, standing_grants
from pbvote.public_account.register.years import FinancialYear


@dataclass(frozen=True, slots=True)
class YearSum:
    """What the council awarded in a financial year."""

    year: FinancialYear
    grants: int
    pence: int


@dataclass(frozen=True, slots=True)
class GrantRegister:
    """The register of one financial year as it is now, or of every year."""

    day: dt.date
    """The day on which it is read, which is also the day on which it is published: it is always as things stand."""
    year: FinancialYear | None
    """None for every year."""
    years: Sequence[YearSum]
    """Every year in which a grant was awarded, the latest first."""

    @classmethod
    def of(cls, slug: str = "") -> Self:
        """The year with this slug, or the latest with grants. One statement."""
        day = today()
        years = _years(day)
        found = next((each.year for each in years if slug in {"", each.year.slug}), None)
        return cls(day, found, years)

    @classmethod
    def whole(cls) -> Self:
        """Every year. One statement."""
        day = today()
        return cls(day, None, _years(day))

    @property
    def sum(self) -> YearSum:
        """What was awarded in its year."""
        return next(each for each in self.years if each.year == self.year)

    @property
    def next_due_on(self) -> dt.date:
        """By when the year that runs now is published as a whole."""
        return FinancialYear.of(self.day).due_on

    def grants(self) -> Iterator[StandingGrant]:
        """Its grants, the latest first. One statement, whatever their number."""
        return read_grants(self._wanted())

    def page(self, number: int) -> Page[StandingGrant]:
        """Some of them. One statement."""
        total = self.sum.grants
        number, last = nearest_page(number, total)
        wanted = self._wanted().limit(SIZE).offset((number - 1) * SIZE)
        return Page(list(read_grants(wanted)), number, last, total)

    @property
    def changed_at(self) -> dt.datetime:
        """When it last changed. Each row says on which day it is read, so that is the first moment of today."""
        return uk_moment(self.day, dt.time())

    def _wanted(self) -> sa.Select[*tuple[object, ...]]:
        wanted = standing_grants(self.day)
        if self.year is None:
            return wanted
        first, after = self.year.first_day, self.year.next_first_day
        return wanted.where(AwardDecision.decided_on >= first, AwardDecision.decided_on < after)


def _years(day: dt.date) -> list[YearSum]:
    rows = standing_grants(day).order_by(None).subquery()
    wanted = sa.select(rows.c.decided_on, sa.func.count(), sa.func.sum(rows.c.awarded)).group_by(rows.c.decided_on)
    sums: dict[FinancialYear, tuple[int, int]] = {}
    for decided_on, grants, pence in db.session.execute(wanted):
        year = FinancialYear.of(decided_on)
        known = sums.get(year, (0, 0))
        sums[year] = (known[0] + grants, known[1] + int(pence))
    return [YearSum(year, *sums[year]) for year in sorted(sums, reverse=True)]


def number_of(grant: StandingGrant) -> str:
    """A group's registered number as people read it; “None” where it has none."""
    return show_registered(grant.registered) or "None"
