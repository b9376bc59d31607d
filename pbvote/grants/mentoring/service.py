"""Mentors and check-ins. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.awards.service import standing_awards
from pbvote.grants.mentoring.models import CheckIn, ContactMethod, Mentor, Status
from pbvote.people.models import Account, RoleGrant


class WrongLocality(Refusal):
    """A mentor is an LP member of the award's own locality."""

    def __init__(self) -> None:
        super().__init__("Choose an LP member of this locality.")


@dataclass(frozen=True, slots=True)
class NewCheckIn:
    """A check-in as it was typed."""

    form_key: str
    met_on: dt.date
    contact_method: ContactMethod
    standing: Status
    needs: Sequence[str]
    words: str
    concern: str
    next_on: dt.date | None


@dataclass(frozen=True, slots=True)
class FundedGroup:
    """A funded group as the board and its mentor see it."""

    award: Award
    mentor: Mentor | None
    latest: CheckIn | None

    @property
    def is_alone(self) -> bool:
        """Whether nobody stays with the group: it has no mentor, or one whose account is suspended."""
        return self.mentor is None or self.mentor.account.is_disabled

    @property
    def is_overdue(self) -> bool:
        """Whether its next visit should have been before today."""
        return bool(self.mentor and self.mentor.next_on and self.mentor.next_on < today())


def funded_groups(localities: frozenset[int] | None = None) -> list[FundedGroup]:
    """Every award that stands, with its mentor and its latest check-in; of these localities only, where given."""
    return _with_mentors(standing_awards(localities))


def _with_mentors(awards: Sequence[Award]) -> list[FundedGroup]:
    """These awards, each with its mentor and its latest check-in."""
    ids = [award.id for award in awards]
    mentors = {mentor.award_id: mentor for mentor in db.session.scalars(_mentors().where(Mentor.award_id.in_(ids)))}
    latest = {check_in.award_id: check_in for check_in in db.session.scalars(_latest_of(ids))}
    return [FundedGroup(award, mentors.get(award.id), latest.get(award.id)) for award in awards]


def _mentors() -> sa.Select[Mentor]:
    """Mentors with their names, and nothing of their roles."""
    return sa.select(Mentor).options(orm.joinedload(Mentor.account, innerjoin=True).lazyload(Account.grants))


def _latest_of(award_ids: Sequence[int]) -> sa.Select[CheckIn]:
    """The latest check-in of each award: the one of the latest meeting, however late it was logged."""
    in_turn = sa.func.row_number().over(
        partition_by=CheckIn.award_id, order_by=(CheckIn.met_on.desc(), CheckIn.id.desc())
    )
    ranked = sa.select(CheckIn.id, in_turn.label("place")).where(CheckIn.award_id.in_(award_ids)).subquery()
    return sa.select(CheckIn).join(ranked, ranked.c.id == CheckIn.id).where(ranked.c.place == 1)


@dataclass(frozen=True, slots=True)
class Neglected:
    """How many awards nobody stays with, and how many next visits should have been before today."""

    alone: int
    late: int


def neglected() -> Neglected:
    """The awards that need an organiser, counted by the database."""
    is_alone = sa.or_(Mentor.award_id.is_(None), Account.is_disabled)
    alone = sa.func.count(sa.case((is_alone, 1)))
    late = sa.func.count(sa.case((Mentor.next_on < today(), 1)))
    wanted = sa.select(alone, late).select_from(Award).outerjoin(Mentor, Mentor.award_id == Award.id)
    wanted = wanted.outerjoin(Account, Account.id == Mentor.account_id).where(Award.state != AwardState.DECLINED)
    row = db.session.execute(wanted).one()
    return Neglected(row[0], row[1])


def funded_groups_of(member: Account) -> list[FundedGroup]:
    """The groups that this member stays with, those longest due first."""
    mine = _with_mentors(standing_awards(of=sa.select(Mentor.award_id).where(Mentor.account_id == member.id)))
    return sorted(mine, key=lambda w: (w.mentor.next_on if w.mentor and w.mentor.next_on else dt.date.max, w.award.id))


def members_of(locality_id: int) -> list[Account]:
    """The LP members of a locality who can sign in, by name."""
    wanted = sa.select(Account).join(Account.grants)
    wanted = wanted.where(RoleGrant.role == Role.LP_MEMBER, RoleGrant.locality_id == locality_id)
    return list(db.session.scalars(wanted.where(Account.is_disabled.is_(False)).order_by(Account.name)))


def set_mentor(award: Award, member: Account, next_on: dt.date | None) -> None:
    """Let this member stay with the funded group from now on. Raises `WrongLocality`."""
    if award.event.share.locality_id not in member.localities(Role.LP_MEMBER):
        raise WrongLocality
    mentor = db.session.get(Mentor, award.id)
    if mentor is None:
        db.session.add(Mentor(award_id=award.id, account_id=member.id, next_on=next_on))
    else:
        mentor.account_id, mentor.next_on = member.id, next_on
    db.session.flush()


def funded_group_of(award_id: int, member: Account) -> FundedGroup | None:
    """The funded group, where this member is its mentor."""
    is_theirs = sa.and_(Mentor.award_id == award_id, Mentor.account_id == member.id)
    return next(iter(_with_mentors(standing_awards(of=sa.select(Mentor.award_id).where(is_theirs)))), None)


def check_ins_of(award: Award) -> list[CheckIn]:
    """The award's check-ins, newest first."""
    wanted = sa.select(CheckIn).where(CheckIn.award_id == award.id)
    wanted = wanted.options(orm.joinedload(CheckIn.account, innerjoin=True).lazyload(Account.grants))
    return list(db.session.scalars(wanted.order_by(CheckIn.met_on.desc(), CheckIn.id.desc())))


def all_check_ins() -> list[tuple[Award, CheckIn]]:
    """The check-ins of every award that stands, newest first."""
    awards = {award.id: award for award in standing_awards()}
    wanted = sa.select(CheckIn).where(CheckIn.award_id.in_(awards))
    wanted = wanted.options(orm.joinedload(CheckIn.account, innerjoin=True).lazyload(Account.grants))
    logged = db.session.scalars(wanted.order_by(CheckIn.met_on.desc(), CheckIn.id.desc()))
    return [(awards[check_in.award_id], check_in) for check_in in logged]


def log_check_in(award: Award, member: Account, new: NewCheckIn) -> None:
    """Store a check-in and move the next visit to its date. A form that arrives twice is stored once."""
    values = {
        "award_id": award.id,
        "account_id": member.id,
        "form_key": new.form_key,
        "met_on": new.met_on,
        "contact_method": new.contact_method,
        "standing": new.standing,
        "needs": list(new.needs),
        "words": new.words,
        "concern": new.concern,
        "next_on": new.next_on,
    }
    if db.session.scalar(insert_if_absent(CheckIn, values).returning(CheckIn.id)) is not None:
        moved = sa.update(Mentor).where(Mentor.award_id == award.id, Mentor.account_id == member.id)
        db.session.execute(moved.values(next_on=new.next_on))
