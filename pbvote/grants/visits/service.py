"""Check-ins, and the funded groups as their mentors see them. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import today
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import standing_awards
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import awards_with, mentors_of
from pbvote.grants.visits.models import CheckIn, ContactMethod, PlannedVisit, Status
from pbvote.people.models import Account


class BeforeAward(Refusal):
    """A visit on a day before there was an award."""

    def __init__(self, award: Award) -> None:
        super().__init__(
            f"The council decided on this award on {day(award.decided_on)}. Enter that day or a later one."
        )


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
    next_on: dt.date | None = None
    """The day of the next visit, where the member chose one."""
    is_last: bool = False
    """Whether no more visits are needed. Without this and without a day, the plan stays."""


@dataclass(frozen=True, slots=True)
class FundedGroup:
    """A funded group as the board and its mentor see it."""

    award: Award
    mentor: Mentor | None
    latest: CheckIn | None
    due_on: dt.date | None
    """When its next visit is due; None where none is planned."""

    @property
    def is_alone(self) -> bool:
        """Whether nobody stays with the group: it has no mentor, or one who can't see to it any more."""
        return self.mentor is None or not self.mentor.is_here

    @property
    def is_overdue(self) -> bool:
        """Whether its next visit should have been before today."""
        return self.due_on is not None and self.due_on < today()


def funded_groups(localities: frozenset[int] | None = None) -> list[FundedGroup]:
    """Every award that stands, with its mentor and its latest check-in; of these localities only, where given."""
    return _with_mentors(standing_awards(localities))


def _with_mentors(awards: Sequence[Award]) -> list[FundedGroup]:
    """These awards, each with its mentor, its latest check-in and the day of its next visit."""
    ids = [award.id for award in awards]
    mentors = mentors_of(ids)
    newest = db.session.scalars(sa.select(CheckIn).where(CheckIn.id.in_(latest_of(ids))))
    latest = {check_in.award_id: check_in for check_in in newest}
    planned = sa.select(PlannedVisit.award_id, PlannedVisit.due_on).where(PlannedVisit.award_id.in_(ids))
    due = {row.award_id: row.due_on for row in db.session.execute(planned)}
    return [FundedGroup(each, mentors.get(each.id), latest.get(each.id), due.get(each.id)) for each in awards]


def latest_of(award_ids: Sequence[int] | sa.Select[int]) -> sa.Select[int]:
    """The number of the latest check-in of each award: the one of the latest meeting, however late it was logged."""
    in_turn = sa.func.row_number().over(
        partition_by=CheckIn.award_id, order_by=(CheckIn.met_on.desc(), CheckIn.id.desc())
    )
    ranked = sa.select(CheckIn.id, in_turn.label("place")).where(CheckIn.award_id.in_(award_ids)).subquery()
    return sa.select(ranked.c.id).where(ranked.c.place == 1)


def funded_groups_of(member: Account) -> list[FundedGroup]:
    """The groups that this member stays with, those longest due first."""
    mine = _with_mentors(standing_awards(of=awards_with(member)))
    return sorted(mine, key=lambda funded: (funded.due_on or dt.date.max, funded.award.id))


def funded_group_of(award_id: int, member: Account) -> FundedGroup | None:
    """The funded group, where this member is its mentor."""
    theirs = awards_with(member).where(Mentor.award_id == award_id)
    return next(iter(_with_mentors(standing_awards(of=theirs))), None)


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
    """Store a check-in, and plan the next visit as it says. A form that arrives twice is stored once.

    An older visit, logged late, plans nothing. Raises `BeforeAward`.
    """
    if new.met_on < award.decided_on:
        raise BeforeAward(award)
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
        "is_last": new.is_last,
    }
    is_new = db.session.scalar(insert_if_absent(CheckIn, values).returning(CheckIn.id)) is not None
    if is_new and not _has_later(award.id, new.met_on):
        _plan_after(award.id, new)


def _has_later(award_id: int, met_on: dt.date) -> bool:
    """Whether a check-in of a later day is stored."""
    later = sa.select(CheckIn.id).where(CheckIn.award_id == award_id, CheckIn.met_on > met_on)
    return bool(db.session.scalar(sa.select(later.exists())))


def _plan_after(award_id: int, new: NewCheckIn) -> None:
    """What the newest check-in makes of the plan: a day that was chosen, none, or the same.

    A visit that was due is paid once the group was reached: it is no longer planned.
    """
    due_on = planned_visit(award_id)
    is_paid = due_on is not None and due_on <= new.met_on and new.standing is not Status.NOT_REACHED
    if new.next_on or new.is_last or is_paid:
        plan_visit(award_id, new.next_on)


def planned_visit(award_id: int) -> dt.date | None:
    """When the next visit is due; None where none is planned."""
    return db.session.scalar(sa.select(PlannedVisit.due_on).where(PlannedVisit.award_id == award_id))


def plan_visit(award_id: int, due_on: dt.date | None) -> None:
    """Let the next visit be due on this day; None plans none."""
    planned = db.session.get(PlannedVisit, award_id)
    if planned is None and due_on is not None:
        db.session.add(PlannedVisit(award_id=award_id, due_on=due_on))
    elif planned is not None and due_on is None:
        db.session.delete(planned)
    elif planned is not None and due_on is not None:
        planned.due_on = due_on
    db.session.flush()
