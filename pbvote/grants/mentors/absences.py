"""When LP members are away, and who covers. Nothing here commits."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.call.groups.closeness import groups_close_to
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import standing_awards
from pbvote.grants.mentors import letters
from pbvote.grants.mentors.models import Absence, Mentor
from pbvote.grants.mentors.service import IS_NOW
from pbvote.people.models import Account, RoleGrant
from pbvote.people.service import hold


class AwayAlready(Refusal):
    """Two absences of one member do not overlap."""

    def __init__(self, other: Absence) -> None:
        super().__init__(
            f"You are away already from {day(other.from_on)}, back on {day(other.back_on)}. End that first, or choose "
            "other days."
        )


class CannotCover(Refusal):
    """Somebody who could not see to every group of the member in those days."""


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """An absence as a member typed it."""

    from_on: dt.date
    back_on: dt.date
    cover: Account | None


def absences_of(member: Account) -> list[Absence]:
    """The member's absences, also those that are over, the newest first."""
    wanted = sa.select(Absence).where(Absence.account_id == member.id).order_by(Absence.from_on.desc())
    return list(db.session.scalars(wanted.options(_with_names())))


def _with_names() -> orm.interfaces.ORMOption:
    return orm.joinedload(Absence.cover).lazyload(Account.grants)


def absence_of(absence_id: int, member: Account) -> Absence | None:
    """The member's own absence with this id."""
    wanted = sa.select(Absence).where(Absence.id == absence_id, Absence.account_id == member.id)
    return db.session.scalar(wanted.options(_with_names(), orm.joinedload(Absence.account)))


def covers_for(member: Account) -> list[Absence]:
    """For whom this member covers today."""
    wanted = sa.select(Absence).where(Absence.cover_id == member.id, Absence.from_on <= today())
    wanted = wanted.where(Absence.back_on > today()).order_by(Absence.back_on)
    return list(db.session.scalars(wanted.options(orm.joinedload(Absence.account).lazyload(Account.grants))))


def may_cover(member: Account) -> list[Account]:
    """The other LP members of the member's localities who can sign in, by name."""
    there = RoleGrant.locality_id.in_(member.localities(Role.LP_MEMBER))
    wanted = sa.select(Account).where(Account.grants.any(sa.and_(RoleGrant.role == Role.LP_MEMBER, there)))
    wanted = wanted.where(Account.is_disabled.is_(False), Account.id != member.id)
    return list(db.session.scalars(wanted.order_by(Account.name, Account.id)))


def go_away(member: Account, new: NewAbsence) -> Absence:
    """The member is away from one day until they are back on another. Whoever covers is written to.

    The member's row is held, so that of two absences said at once one is refused; with it the cover's, who gets a
    letter. Raises `AwayAlready`, `CannotCover`.
    """
    hold(member, *([new.cover] if new.cover else []))
    if other := _overlapping(member, new):
        raise AwayAlready(other)
    awards = _awards_of(member)
    if new.cover:
        _require_cover(new.cover, new, awards)
    absence = Absence(account=member, from_on=new.from_on, back_on=new.back_on, cover=new.cover)
    db.session.add(absence)
    db.session.flush()
    if new.cover:
        letters.say_covers(absence, new.cover, [award.bid.called for award in awards])
    return absence


def _overlapping(member: Account, new: NewAbsence) -> Absence | None:
    wanted = sa.select(Absence).where(Absence.account_id == member.id)
    return db.session.scalars(wanted.where(Absence.from_on < new.back_on, Absence.back_on > new.from_on)).first()


def _awards_of(member: Account) -> list[Award]:
    """The awards whose groups the member stays with."""
    mine = sa.select(Mentor.award_id).where(Mentor.account_id == member.id, IS_NOW, Mentor.is_here)
    return standing_awards(of=mine)


def _require_cover(cover: Account, new: NewAbsence, awards: Collection[Award]) -> None:
    """Raise `CannotCover` where somebody could not see to all of these groups in those days."""
    close, places = groups_close_to(cover), cover.localities(Role.LP_MEMBER)
    if cover.is_disabled or not places:
        raise CannotCover("Choose an LP member of your locality.")
    if _overlapping(cover, new):
        raise CannotCover(f"{cover.name} is away on some of these days, too. Choose somebody else.")
    for award in awards:
        if award.bid.group_id in close:
            raise CannotCover(f"{cover.name} belongs to {award.bid.called}. Choose somebody else.")
        if award.event.share.locality_id not in places:
            place = award.event.share.locality.name
            raise CannotCover(f"{cover.name} is no LP member of {place}, where one of your groups is.")


def come_back(absence: Absence) -> None:
    """The member is back today. An absence that is over stays as it was; one that has not begun goes altogether."""
    if absence.back_on <= today():
        return
    cover = absence.cover
    if absence.from_on >= today():
        db.session.delete(absence)
    else:
        absence.back_on = today()
    db.session.flush()
    if cover:
        letters.say_is_back(absence, cover)
