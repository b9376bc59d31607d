"""Check-ins, and the funded groups as their mentors see them. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Share
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import standing_awards
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import awards_with, is_alone, mentors_of
from pbvote.grants.visits.colour import Doing, Observed, Unanswered, doing, is_out_of_reach
from pbvote.grants.visits.due import is_due, is_late
from pbvote.grants.visits.models import CORRECTED_WITHIN, CheckIn, ContactMethod, PlannedVisit, Status, Worry
from pbvote.grants.visits.standing import Recent, recent_of
from pbvote.grants.visits.stays import Stay, stays_of
from pbvote.people.models import Account
from pbvote.vote.events.models import Event


@dataclass(frozen=True, slots=True)
class FundedGroup:
    """A funded group as the board and its mentor see it."""

    award: Award
    mentor: Mentor | None
    latest: CheckIn | None
    due_on: dt.date | None
    """When its next visit is due; None where none is planned."""
    doing: Doing
    """Its colour and the reasons."""
    is_not_reached: bool
    """Whether the latest two check-ins reached nobody."""

    @property
    def is_alone(self) -> bool:
        """Whether nobody stays with the group: it has no mentor, or one who can't see to it any more."""
        return is_alone(self.mentor)

    @property
    def is_overdue(self) -> bool:
        """Whether its next visit should have been before today."""
        return is_late(self.due_on, today())

    @property
    def is_due(self) -> bool:
        """Whether its next visit is due this month, and not overdue."""
        return is_due(self.due_on, today())


def funded_groups(localities: frozenset[int] | None = None) -> list[FundedGroup]:
    """Every award that stands, with its mentor and its latest check-in; of these localities only, where given."""
    return _with_mentors(standing_awards(localities))


def _with_mentors(awards: Sequence[Award]) -> list[FundedGroup]:
    """These awards, each with its mentor, its latest check-in and the day of its next visit."""
    ids = [award.id for award in awards]
    mentors, recent = mentors_of(ids), recent_of(ids)
    planned = sa.select(PlannedVisit.award_id, PlannedVisit.due_on).where(PlannedVisit.award_id.in_(ids))
    due = {row.award_id: row.due_on for row in db.session.execute(planned)}
    return [as_seen(each, mentors.get(each.id), recent[each.id], due.get(each.id)) for each in awards]


def as_seen(award: Award, mentor: Mentor | None, recent: Recent, due_on: dt.date | None) -> FundedGroup:
    """The group of an award, from what was read of it."""
    reached = recent.reached
    known = Observed(
        worries=[Unanswered(worry.due_on, worry.officer_name) for worry in recent.worries],
        wants_help=reached is not None and reached.standing is Status.COULD_USE_HELP,
        not_reached=recent.not_reached,
        due_on=due_on,
        was_reached=reached is not None,
    )
    is_not_reached = is_out_of_reach(known.not_reached)
    return FundedGroup(award, mentor, recent.latest, due_on, doing(known, today()), is_not_reached)


def funded_groups_of(member: Account) -> list[FundedGroup]:
    """The groups that this member stays with, those longest due first."""
    mine = _with_mentors(standing_awards(of=awards_with(member)))
    return sorted(mine, key=lambda funded: (funded.due_on or dt.date.max, funded.award.id))


@dataclass(frozen=True, slots=True)
class Visited:
    """A funded group, and when this member stayed with it."""

    award: Award
    stay: Stay
    due_on: dt.date | None
    """When its next visit is due; None where none is planned."""

    @property
    def is_overdue(self) -> bool:
        """Whether its next visit should have been before today."""
        return is_late(self.due_on, today())


def visited_group(award_id: int, member: Account) -> Visited | None:
    """The funded group, where this member stays with it or once did, however its award stands."""
    stay = stays_of([award_id], member).get(award_id)
    award = db.session.scalars(_promised().where(Award.id == award_id)).unique().first() if stay else None
    return Visited(award, stay, planned_visit(award_id)) if stay and award else None


def _promised() -> sa.Select[Award]:
    """Awards with what was promised and whom to reach, in two statements."""
    bid = orm.joinedload(Award.bid, innerjoin=True)
    contacts = bid.joinedload(Bid.group).joinedload(Group.contacts).joinedload(GroupContact.account)
    share = orm.joinedload(Award.event, innerjoin=True).joinedload(Event.share, innerjoin=True)
    return sa.select(Award).options(
        orm.joinedload(Award.decision, innerjoin=True),
        bid.lazyload(Bid.asks),
        bid.selectinload(Bid.lines),
        contacts.lazyload(Account.grants),
        share.joinedload(Share.round, innerjoin=True),
    )


def check_ins_of(award: Award, *, with_former: bool = False) -> list[CheckIn]:
    """The award's check-ins with their worries, newest first; `with_former`, with what they said before, too."""
    worry = orm.joinedload(CheckIn.worry)
    wanted = _logged(CheckIn.award_id == award.id).options(
        worry.joinedload(Worry.officer).lazyload(Account.grants),
        worry.joinedload(Worry.answered_by).lazyload(Account.grants),
    )
    if with_former:
        wanted = wanted.options(orm.selectinload(CheckIn.corrections))
    return list(db.session.scalars(wanted))


def _logged(*which: sa.ColumnElement[bool]) -> sa.Select[CheckIn]:
    """These check-ins, newest first, with who logged them and nothing of their roles."""
    wanted = sa.select(CheckIn).where(*which).order_by(CheckIn.met_on.desc(), CheckIn.id.desc())
    return wanted.options(orm.joinedload(CheckIn.account, innerjoin=True).lazyload(Account.grants))


class LoggedRow(NamedTuple):
    """A check-in as a file shows it: without its concern."""

    award_id: int
    met_on: dt.date
    contact_method: ContactMethod
    standing: Status
    needs: Sequence[str]
    words: str
    member: str
    next_on: dt.date | None


def all_check_ins() -> list[LoggedRow]:
    """The check-ins of every award that stands, newest first, as plain values: there are thousands."""
    about = (CheckIn.award_id, CheckIn.met_on, CheckIn.contact_method, CheckIn.standing)
    wanted = sa.select(*about, CheckIn.needs, CheckIn.words, Account.name, CheckIn.next_on).join(CheckIn.account)
    wanted = wanted.join(CheckIn.award).where(Award.is_standing)
    return [LoggedRow(*row) for row in db.session.execute(wanted.order_by(CheckIn.met_on.desc(), CheckIn.id.desc()))]


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


def shared_check_ins_of(award: Award) -> list[CheckIn]:
    """The award's check-ins that the group reads by now, newest first; with who logged them."""
    is_shared = CheckIn.logged_at <= now() - CORRECTED_WITHIN
    return list(db.session.scalars(_logged(CheckIn.award_id == award.id, is_shared)))
