"""Who sees to a funded group on a day: its mentor, whoever covers for the mentor, or nobody. Nothing here writes."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import db
from pbvote.grants.mentors.models import Absence, Mentor, is_away, is_cover_away, is_member_for
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class InForce:
    """How a group is seen to on one day."""

    period: Mentor
    """The mentor's, which that day is in."""
    sees_to_it: Account | None
    """The mentor, or whoever covers; None where neither can."""
    absence: Absence | None
    """The mentor's, where that day is in one."""

    @property
    def mentor(self) -> Account:
        """Whose period it is."""
        return self.period.account

    @property
    def is_covered(self) -> bool:
        """Whether somebody sees to the group in the mentor's place."""
        return self.sees_to_it is not None and self.sees_to_it is not self.mentor


def in_force(award_ids: Collection[int], day: dt.date) -> Mapping[int, InForce]:
    """Who sees to each of these awards' groups on this day, by award; an award without a mentor is left out.

    A cover counts only as a mentor would: an LP member of the locality, let in, of another group, and not away too.
    Roles, interests and suspensions are today's, whichever day is asked about.
    """
    rows = db.session.execute(_periods(award_ids, day)).all()
    return {period.award_id: _of(period, absence, can_cover) for period, absence, can_cover in rows}


def _of(period: Mentor, absence: Absence | None, can_cover: bool) -> InForce:
    if not period.is_here:
        return InForce(period, None, absence)
    if absence is None:
        return InForce(period, period.account, None)
    return InForce(period, absence.cover if can_cover else None, absence)


def _periods(award_ids: Collection[int], day: dt.date) -> sa.Select[Mentor, Absence | None, bool]:
    """The periods that the day is in, each with the mentor's absence and whether its cover could come."""
    can_cover = sa.and_(is_member_for(Absence.cover_id, Mentor.award_id), ~is_cover_away(day))
    wanted = sa.select(Mentor, Absence, can_cover).outerjoin(Absence, is_away(Absence, Mentor.account_id, day))
    wanted = wanted.where(Mentor.award_id.in_(award_ids), Mentor.from_on <= day)
    wanted = wanted.where(sa.or_(Mentor.until_on.is_(None), Mentor.until_on > day))
    return wanted.options(
        orm.joinedload(Mentor.account, innerjoin=True).lazyload(Account.grants),
        orm.joinedload(Absence.cover).lazyload(Account.grants),
    )
