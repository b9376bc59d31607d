"""Find sub-groups, with how many people are in each. It only reads."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.subgroups.models import Subgroup, SubgroupJoiner
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class ShownSubgroup:
    """A sub-group, and how many people have joined it. Who they are is said nowhere here."""

    subgroup: Subgroup
    people: int
    members: int
    """How many of them are members of the partnership."""

    @property
    def in_words(self) -> str:
        """``9 people, 3 of them members of the partnership``."""
        if not self.people:
            return "Nobody has joined yet"
        people = f"{self.people} {'person' if self.people == 1 else 'people'}"
        if not self.members:
            return people
        if self.people == 1:
            return f"{people}, a member of the partnership"
        return f"{people}, {self.members} of them {'a member' if self.members == 1 else 'members'} of the partnership"


def _counted() -> sa.Select[Subgroup, int, int]:
    confirmed = sa.and_(SubgroupJoiner.subgroup_id == Subgroup.id, SubgroupJoiner.confirmed_on.is_not(None))
    people = sa.select(sa.func.count()).select_from(SubgroupJoiner).where(confirmed)
    same = sa.and_(
        PartnershipMember.account_id == SubgroupJoiner.account_id,
        PartnershipMember.locality_id == Subgroup.locality_id,
        PartnershipMember.is_present,
    )
    members = people.where(sa.exists().where(same))
    whole = orm.joinedload(Subgroup.lead).joinedload(PartnershipMember.account).lazyload(Account.grants)
    wanted = sa.select(Subgroup, people.scalar_subquery(), members.scalar_subquery())
    return wanted.options(whole).order_by(Subgroup.ended_on.is_not(None), Subgroup.name, Subgroup.id)


def subgroups_of(locality: Locality) -> Sequence[ShownSubgroup]:
    """All of a partnership's sub-groups, those that have ended last; in one statement."""
    found = db.session.execute(_counted().where(Subgroup.locality_id == locality.id))
    return [ShownSubgroup(*row) for row in found]


def subgroup_of(locality: Locality, subgroup_id: int) -> ShownSubgroup | None:
    """The partnership's sub-group with this number."""
    this = (Subgroup.locality_id == locality.id, Subgroup.id == subgroup_id)
    row = db.session.execute(_counted().where(*this)).one_or_none()
    return ShownSubgroup(*row) if row else None


@dataclass(frozen=True, slots=True)
class SubgroupsToSee:
    """The sub-groups that ask something of somebody today."""

    led: Sequence[Subgroup]
    """What the account leads."""
    to_ring: Sequence[Subgroup]
    """Where somebody left a telephone number, and nobody has rung yet."""

    @classmethod
    def of(cls, account: Account, locality: Locality) -> "SubgroupsToSee":
        """In one statement."""
        waits = sa.exists().where(SubgroupJoiner.subgroup_id == Subgroup.id, SubgroupJoiner.confirmed_on.is_(None))
        leads = sa.and_(PartnershipMember.account_id == account.id, PartnershipMember.is_present)
        wanted = sa.select(Subgroup, leads, waits.where(~SubgroupJoiner.contact.contains("@"))).join(Subgroup.lead)
        wanted = wanted.where(Subgroup.locality_id == locality.id, Subgroup.ended_on.is_(None)).order_by(Subgroup.name)
        found = db.session.execute(wanted).all()
        return cls([each for each, leads, _ in found if leads], [each for each, _, waits in found if waits])


def joiners_of(subgroup: Subgroup) -> Sequence[SubgroupJoiner]:
    """Everybody who has joined, by name; those who have still to confirm last."""
    wanted = sa.select(SubgroupJoiner).where(SubgroupJoiner.subgroup_id == subgroup.id)
    order = (SubgroupJoiner.confirmed_on.is_(None), SubgroupJoiner.name, SubgroupJoiner.id)
    return db.session.scalars(wanted.order_by(*order)).all()


def own_joining(subgroup: Subgroup, account: Account) -> SubgroupJoiner | None:
    """That an account has joined."""
    wanted = sa.select(SubgroupJoiner).where(SubgroupJoiner.subgroup_id == subgroup.id)
    return db.session.scalar(wanted.where(SubgroupJoiner.account_id == account.id))
