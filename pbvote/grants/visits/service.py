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
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import standing_awards
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import awards_with, is_alone, mentors_of
from pbvote.grants.promises.accepting import promises_of
from pbvote.grants.promises.models import Promise
from pbvote.grants.visits.colour import Doing, Observed, Unanswered, doing, is_out_of_reach
from pbvote.grants.visits.colouring import Days, days_of
from pbvote.grants.visits.due import is_due, is_late
from pbvote.grants.visits.models import CheckIn, ContactMethod, PlannedVisit, Status, Worry
from pbvote.grants.visits.photos import is_shared
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
    reached: CheckIn | None
    """The latest check-in that reached somebody: its words, and what the group could use."""

    @property
    def is_alone(self) -> bool:
        """Whether nobody stays with the group: it has no mentor, or one who can't see to it any more."""
        return is_alone(self.award, self.mentor)

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
    mentors, recent, days = mentors_of(ids), recent_of(ids), days_of(ids)
    return [as_seen(each, mentors.get(each.id), recent[each.id], days[each.id]) for each in awards]


def as_seen(award: Award, mentor: Mentor | None, recent: Recent, days: Days) -> FundedGroup:
    """The group of an award, from what was read of it. No visit is due of one that is closed or not accepted."""
    reached, due_on = recent.reached, days.due_on if award.is_under_way else None
    known = Observed(
        worries=[Unanswered(worry.due_on, worry.officer_name) for worry in recent.worries],
        wants_help=award.is_running and reached is not None and reached.standing is Status.COULD_USE_HELP,
        not_reached=recent.not_reached if award.is_running else 0,
        due_on=due_on,
        was_reached=reached is not None,
        others=days.reasons,
    )
    is_not_reached = is_out_of_reach(known.not_reached)
    return FundedGroup(award, mentor, recent.latest, due_on, doing(known, today()), is_not_reached, reached)


def funded_groups_of(member: Account) -> list[FundedGroup]:
    """The groups that this member stays with, those longest due first."""
    mine = _with_mentors(standing_awards(of=awards_with(member)))
    return sorted(mine, key=lambda funded: (funded.due_on or dt.date.max, funded.award.id))


def load_cards(bid_ids: Sequence[int]) -> None:
    """Read with these bids, in one statement, what a card shows of them: the photo, and whom to ring."""
    contacts = orm.joinedload(Bid.group).joinedload(Group.contacts).joinedload(GroupContact.account)
    also = (orm.joinedload(Bid.photo), contacts.lazyload(Account.grants), orm.lazyload(Bid.asks))
    db.session.scalars(sa.select(Bid).where(Bid.id.in_(bid_ids)).options(*also)).unique().all()


@dataclass(frozen=True, slots=True)
class Visited:
    """A funded group, and when this member stayed with it."""

    award: Award
    stay: Stay
    due_on: dt.date | None
    """When its next visit is due; None where none is planned."""
    promises: Sequence[Promise]
    """What the group promised, the first due in front."""

    @property
    def is_overdue(self) -> bool:
        """Whether its next visit should have been before today."""
        return is_late(self.due_on, today())


def visited_group(award_id: int, member: Account) -> Visited | None:
    """The funded group, where this member stays with it or once did, however its award stands."""
    stay = stays_of([award_id], member).get(award_id)
    award = db.session.scalars(_promised().where(Award.id == award_id)).unique().first() if stay else None
    if stay is None or award is None:
        return None
    due_on = planned_visit(award_id) if award.is_under_way else None
    return Visited(award, stay, due_on, promises_of([award])[award_id])


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
    """The award's check-ins with their worries and photos, newest first; `with_former`, with former texts, too."""
    worry = orm.joinedload(CheckIn.worry)
    wanted = _logged(CheckIn.award_id == award.id).options(
        orm.joinedload(CheckIn.photos),
        worry.joinedload(Worry.officer).lazyload(Account.grants),
        worry.joinedload(Worry.answered_by).lazyload(Account.grants),
    )
    if with_former:
        wanted = wanted.options(orm.selectinload(CheckIn.corrections))
    return list(db.session.scalars(wanted).unique())


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


def pay_visit(award_id: int, met_on: dt.date) -> None:
    """The group and its member spoke on this day: a visit that was due by then is no longer planned."""
    due = sa.delete(PlannedVisit).where(PlannedVisit.award_id == award_id, PlannedVisit.due_on <= met_on)
    db.session.execute(due)


def shared_check_ins_of(award: Award) -> list[CheckIn]:
    """The award's check-ins that the group reads by now, newest first; with who logged them."""
    wanted = _logged(CheckIn.award_id == award.id, is_shared()).options(orm.selectinload(CheckIn.photos))
    return list(db.session.scalars(wanted))
