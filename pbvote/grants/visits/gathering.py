"""Several groups met at once: the others that a member stays with."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import CALLED, Bid
from pbvote.call.groups.models import Group
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.service import awards_with
from pbvote.people.models import Account


def others_of(award_id: int, member: Account) -> list[tuple[int, str]]:
    """The other groups that this member stays with now, by name: the award's number and what the group is called."""
    wanted = sa.select(Award.id, CALLED).join(Bid, Bid.id == Award.bid_id).outerjoin(Group, Group.id == Bid.group_id)
    wanted = wanted.where(Award.id.in_(awards_with(member)), Award.id != award_id, Award.is_standing)
    return [(number, str(name)) for number, name in db.session.execute(wanted.order_by(CALLED, Award.id))]


def awards_with_ids(award_ids: Sequence[int]) -> list[Award]:
    """These awards with their decisions, and without their bids and events."""
    if not award_ids:
        return []
    wanted = sa.select(Award).options(orm.joinedload(Award.decision, innerjoin=True))
    return list(db.session.scalars(wanted.where(Award.id.in_(award_ids)).order_by(Award.id)))
