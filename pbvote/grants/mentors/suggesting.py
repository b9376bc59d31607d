"""Who could stay with a funded group: the nearest and the least busy first. Nothing here writes."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.call.bids.models import Bid
from pbvote.call.groups.closeness import is_close
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.models import Absence, MemberCard, Mentor, is_away
from pbvote.grants.mentors.service import IS_NOW
from pbvote.people.models import Account, RoleGrant

MANY_GROUPS = 5
"""More than these are too many for one volunteer: whoever chooses is warned."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who could be the mentor of one group."""

    member: Account
    groups: int
    """How many funded groups they stay with now."""
    is_near: bool
    """Whether they would rather visit in the group's ward, or stay with another group there."""
    absence: Absence | None
    """Where they are away today."""

    @property
    def is_busy(self) -> bool:
        """Whether one group more would be too many."""
        return self.groups >= MANY_GROUPS

    @property
    def per_cent(self) -> int:
        """How long their bar is: full at twice as many groups as one volunteer should have."""
        return min(100, 100 * self.groups // (2 * MANY_GROUPS))


def candidates_for(award: Award) -> list[Candidate]:
    """The LP members who could be the award's mentor, in one statement: near and not busy first, then by their groups.

    Nobody is among them who belongs to the group.
    """
    there = sa.select(RoleGrant.account_id).where(
        RoleGrant.role == Role.LP_MEMBER, RoleGrant.locality_id == award.event.share.locality_id
    )
    away = is_away(Absence, Account.id, today())
    number = _wards_of_groups().with_only_columns(sa.func.count()).scalar_subquery()
    wanted = sa.select(Account, number, _is_near(award.bid.ward_id), Absence).outerjoin(Absence, away)
    wanted = wanted.where(Account.id.in_(there), Account.is_disabled.is_(False))
    wanted = wanted.where(~is_close(Account.id, award.bid.group_id))
    found = db.session.execute(wanted.options(orm.lazyload(Account.grants))).all()
    return sorted((Candidate(*row) for row in found), key=_place)


def _place(candidate: Candidate) -> tuple[bool, bool, bool, int, str]:
    busy = candidate.groups >= MANY_GROUPS
    return (candidate.absence is not None, busy, not candidate.is_near, candidate.groups, candidate.member.name)


def _wards_of_groups() -> sa.Select[int | None]:
    """The wards of the groups that an account stays with now, for a statement about accounts."""
    wanted = sa.select(Bid.ward_id).select_from(Mentor).join(Mentor.award).join(Award.bid)
    wanted = wanted.where(Mentor.account_id == Account.id, IS_NOW, Award.is_running)
    return wanted.correlate(Account)


def _is_near(ward_id: int | None) -> sa.ColumnElement[bool]:
    """Whether an account would rather visit in this ward, or stays with a group there."""
    if ward_id is None:
        return sa.false()
    likes = sa.exists().where(MemberCard.account_id == Account.id, MemberCard.ward_id == ward_id)
    return sa.or_(likes, _wards_of_groups().where(Bid.ward_id == ward_id).exists())
