"""Several groups met at once: the others that a member stays with."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import CALLED, Bid
from pbvote.call.groups.models import Group
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.service import awards_with
from pbvote.grants.promises.models import Promise
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class OtherGroup:
    """Another group that a member stays with, and what it promised and nobody has ticked."""

    award_id: int
    called: str
    promises: list[Promise] = field(default_factory=list)
    """The first due in front."""


def others_of(award_id: int, member: Account) -> Sequence[OtherGroup]:
    """The other groups that this member stays with now, by name, in one statement."""
    wanted = sa.select(Award.id, CALLED, Promise).join(Bid, Bid.id == Award.bid_id)
    wanted = wanted.outerjoin(Group, Group.id == Bid.group_id)
    wanted = wanted.outerjoin(Promise, sa.and_(Promise.award_id == Award.id, ~Promise.is_kept))
    wanted = wanted.where(Award.id.in_(awards_with(member)), Award.id != award_id, Award.is_standing)
    found: dict[int, OtherGroup] = {}
    for number, called, promise in db.session.execute(
        wanted.order_by(CALLED, Award.id, Promise.due_on, Promise.number)
    ):
        other = found.setdefault(number, OtherGroup(number, str(called)))
        other.promises.extend([promise] if promise else [])
    return list(found.values())


def awards_with_ids(award_ids: Sequence[int]) -> list[Award]:
    """These awards with their decisions, and without their bids and events."""
    if not award_ids:
        return []
    wanted = sa.select(Award).options(orm.joinedload(Award.decision, innerjoin=True))
    return list(db.session.scalars(wanted.where(Award.id.in_(award_ids)).order_by(Award.id)))
