"""Choose mentors, and read who they are. Nothing here commits."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import require_told
from pbvote.grants.mentors.models import Mentor
from pbvote.people.models import Account, RoleGrant


class WrongLocality(Refusal):
    """A mentor is an LP member of the award's own locality."""

    def __init__(self) -> None:
        super().__init__("Choose an LP member of this locality.")


IS_NOW = Mentor.until_on.is_(None)
"""Whether a period lasts."""


def mentors_of(award_ids: Iterable[int]) -> Mapping[int, Mentor]:
    """Who stays with each of these awards' groups now, by award; with their names, and nothing of their roles."""
    wanted = sa.select(Mentor).where(Mentor.award_id.in_(list(award_ids)), IS_NOW)
    wanted = wanted.options(orm.joinedload(Mentor.account, innerjoin=True).lazyload(Account.grants))
    return {mentor.award_id: mentor for mentor in db.session.scalars(wanted)}


def mentor_of(award: Award) -> Mentor | None:
    """Who stays with the award's group now."""
    return mentors_of([award.id]).get(award.id)


def awards_with(member: Account) -> sa.Select[int]:
    """The ids of the awards whose groups this member stays with now."""
    return sa.select(Mentor.award_id).where(Mentor.account_id == member.id, IS_NOW)


def members_of(locality_id: int) -> list[Account]:
    """The LP members of a locality who can sign in, by name."""
    wanted = sa.select(Account).join(Account.grants)
    wanted = wanted.where(RoleGrant.role == Role.LP_MEMBER, RoleGrant.locality_id == locality_id)
    return list(db.session.scalars(wanted.where(Account.is_disabled.is_(False)).order_by(Account.name)))


def set_mentor(award: Award, member: Account) -> None:
    """Let this member stay with the funded group from today. Whoever did so until now is on record until today.

    Raises `WrongLocality`, and `NotTold` while the group does not know of its award.
    """
    require_told(award)
    if award.event.share.locality_id not in member.localities(Role.LP_MEMBER):
        raise WrongLocality
    present = mentor_of(award)
    if present is not None and present.account_id == member.id:
        return
    if present is not None:
        present.until_on = today()
        db.session.flush()  # one at a time
    db.session.add(Mentor(award_id=award.id, account_id=member.id))
    db.session.flush()
