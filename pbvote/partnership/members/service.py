"""Add members, change them, end their time. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.files.models import Photo
from pbvote.localities.models import Locality
from pbvote.partnership.members.models import FORMER_FOR, MemberProfile, MemberRole, PartnershipMember
from pbvote.partnership.members.profiles import forget_profile
from pbvote.partnership.seen import save_over
from pbvote.people.models import Account, RoleGrant


class MemberAlready(Refusal):
    """One account is one member of a partnership at a time."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            "This account belongs to another member of the partnership. Change that member, or end their time first."
        )


class EndsBeforeItBegan(Refusal):
    """A last day before the first."""

    status = 422

    def __init__(self) -> None:
        super().__init__("The last day must not come before the first")


@dataclass(frozen=True, slots=True)
class SaidOfMember:
    """What an editor says of a member."""

    name: str
    role: MemberRole
    role_words: str
    body: str
    ward_id: int | None
    from_on: dt.date
    until_on: dt.date | None
    account_id: int | None


def _whole() -> sa.Select[PartnershipMember]:
    """Members with their wards, profiles and photos, in one statement, in the order of their roles."""
    profile = orm.joinedload(PartnershipMember.profile)
    order = sa.case({role.value: place for place, role in enumerate(MemberRole)}, value=PartnershipMember.role)
    return (
        sa.select(PartnershipMember)
        .options(orm.joinedload(PartnershipMember.ward), profile.joinedload(MemberProfile.photo))
        .order_by(order, PartnershipMember.name, PartnershipMember.id)
    )


def listed_members(locality: Locality) -> list[PartnershipMember]:
    """Members of today and to come, and the former ones of the past year; in one statement."""
    here = PartnershipMember.locality_id == locality.id
    is_listed = sa.or_(PartnershipMember.has_days_left, PartnershipMember.is_former)
    return list(db.session.scalars(_whole().where(here, is_listed)))


def present_members(locality: Locality) -> list[PartnershipMember]:
    """Whoever is a member today, in the order of their roles."""
    here = PartnershipMember.locality_id == locality.id
    return list(db.session.scalars(_whole().where(here, PartnershipMember.is_present)))


def member_of(locality: Locality, member_id: int) -> PartnershipMember | None:
    """The locality's member with this id."""
    profile = orm.joinedload(PartnershipMember.profile)
    photos = (profile.joinedload(MemberProfile.photo), profile.joinedload(MemberProfile.new_photo))
    wanted = _whole().options(*photos, orm.joinedload(PartnershipMember.account).lazyload(Account.grants))
    wanted = wanted.where(PartnershipMember.locality_id == locality.id, PartnershipMember.id == member_id)
    return db.session.scalar(wanted)


def public_photo_of(locality: Locality, member_id: int) -> Photo | None:
    """A member's photo, where everybody may see it today."""
    wanted = sa.select(Photo).join(MemberProfile, MemberProfile.photo_id == Photo.id).join(MemberProfile.member)
    wanted = wanted.where(PartnershipMember.locality_id == locality.id, PartnershipMember.id == member_id)
    return db.session.scalar(wanted.where(PartnershipMember.is_present, PartnershipMember.is_here))


def accounts_to_name(locality: Locality) -> Sequence[Account]:
    """The accounts that may be a member's: the locality's LP members, by name."""
    is_member = sa.and_(RoleGrant.role == Role.LP_MEMBER, RoleGrant.locality_id == locality.id)
    wanted = sa.select(Account).where(Account.grants.any(is_member), Account.is_disabled.is_(False))
    return db.session.scalars(wanted.options(orm.lazyload(Account.grants)).order_by(Account.name, Account.id)).all()


def add_member(locality: Locality, said: SaidOfMember, by: Account) -> PartnershipMember:
    """A new member. Raises `MemberAlready`."""
    _require_free(locality, said, None)
    member = PartnershipMember(locality_id=locality.id, changed_by_id=by.id, **asdict(said))
    db.session.add(member)
    db.session.flush()
    return member


def change_member(member: PartnershipMember, said: SaidOfMember, seen: int, by: Account) -> None:
    """Say something else of a member. Another account has another profile, and edits nothing until it is let.

    Raises `MemberAlready` and `SavedMeanwhile`.
    """
    _require_free(None, said, member)
    is_another = said.account_id != member.account_id
    values = asdict(said) | ({"is_editor": False} if is_another else {})
    save_over(member, seen, by, values)
    if is_another:
        forget_profile(member)


def end_member(member: PartnershipMember, last_on: dt.date) -> None:
    """A member's last day. They are public through that day. Raises `EndsBeforeItBegan`."""
    if last_on < member.from_on:
        raise EndsBeforeItBegan
    member.until_on = last_on
    member.version += 1
    db.session.flush()


def remove_member(member: PartnershipMember) -> None:
    """Delete somebody who was entered by mistake, with all that they show."""
    forget_profile(member)
    db.session.delete(member)
    db.session.flush()


def _require_free(locality: Locality | None, said: SaidOfMember, member: PartnershipMember | None) -> None:
    """Raise `MemberAlready` where another member of today or later has the account. The database holds it as well."""
    if said.account_id is None:
        return
    place = locality.id if locality else member.locality_id if member else 0
    wanted = sa.select(PartnershipMember.id).where(
        PartnershipMember.locality_id == place,
        PartnershipMember.account_id == said.account_id,
        PartnershipMember.id != (member.id if member else 0),
        sa.or_(PartnershipMember.until_on.is_(None), PartnershipMember.until_on >= said.from_on),
        PartnershipMember.from_on <= (said.until_on or dt.date.max),
    )
    if db.session.scalars(wanted).first():
        raise MemberAlready


def forget_former_members() -> int:
    """Delete whoever's last day is more than a year ago, and the profiles of those who show none any more; how many.

    A profile goes with its member's last day, with their role or with their account.
    """
    may_show = sa.and_(PartnershipMember.has_days_left, PartnershipMember.is_here)
    wanted = sa.select(PartnershipMember).join(PartnershipMember.profile)
    gone = db.session.scalars(wanted.where(~may_show)).all()
    for member in gone:
        forget_profile(member)
    old = sa.delete(PartnershipMember).where(PartnershipMember.until_on < today() - FORMER_FOR)
    return len(gone) + len(db.session.scalars(old.returning(PartnershipMember.id)).all())
