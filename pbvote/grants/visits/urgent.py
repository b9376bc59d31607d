"""What organisers must see to: members who are worried, visits that are overdue, groups that nobody stays with."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import today
from pbvote.db import UtcDateTime, db
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import IS_NOW
from pbvote.grants.visits.models import CheckIn, PlannedVisit, Status
from pbvote.grants.visits.service import latest_of
from pbvote.people.models import Account
from pbvote.vote.events.models import Event

Wanted = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Worry:
    """A member is worried about a funded group, and no later check-in says otherwise."""

    award_id: int
    member: str
    about: str
    """The group's name, or the bid's title where it names no group."""
    event: str
    round: str
    logged_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AnotherAsked:
    """A funded group would rather have another mentor."""

    award_id: int
    about: str
    """The group's name, or the bid's title where it names no group."""
    event: str
    round: str
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Neglected:
    """Of one event's awards, how many nobody stays with, and how many next visits should have been before today."""

    event: str
    round: str
    alone: int
    late: int


@dataclass(frozen=True, slots=True)
class Urgent:
    """Everything of all awards that stand."""

    worries: Sequence[Worry]
    """The one that has waited the longest first."""
    another: Sequence[AnotherAsked]
    """The one that has waited the longest first."""
    neglected: Sequence[Neglected]
    """The earliest event first."""


def what_is_urgent() -> Urgent:
    """What needs an organiser now, in one statement."""
    found = sa.union_all(_worries(), _another_asked(), _neglected()).order_by("at", "award_id", "event")
    rows = db.session.execute(found).all()
    of_groups = [row for row in rows if row.award_id]
    return Urgent(
        [Worry(row.award_id, row.member, row.about, row.event, row.round, row.at) for row in of_groups if row.member],
        [AnotherAsked(row.award_id, row.about, row.event, row.round, row.at) for row in of_groups if not row.member],
        [Neglected(row.event, row.round, row.alone, row.late) for row in rows if not row.award_id],
    )


def _worries() -> Wanted:
    """The latest check-ins that say so."""
    member, about = Account.name.label("member"), sa.func.coalesce(Group.name, Bid.title).label("about")
    none = sa.literal(0)
    columns = (Award.id.label("award_id"), member, about, *_WHERE, none.label("alone"), none.label("late"))
    wanted = sa.select(*columns, CheckIn.logged_at.label("at")).select_from(CheckIn)
    wanted = _of_events(wanted.join(Award, Award.id == CheckIn.award_id))
    wanted = wanted.join(Account, Account.id == CheckIn.account_id).join(Bid, Bid.id == Award.bid_id)
    wanted = wanted.outerjoin(Group, Group.id == Bid.group_id)
    return wanted.where(CheckIn.id.in_(latest_of(sa.select(Award.id))), CheckIn.standing == Status.WORRIED)


def _another_asked() -> Wanted:
    """The groups that asked for another mentor, with the columns of a worry and no member's name."""
    none, about = sa.literal(0), sa.func.coalesce(Group.name, Bid.title)
    at = sa.type_coerce(Mentor.another_asked_at, UtcDateTime())
    wanted = sa.select(Award.id, sa.literal(""), about, *_WHERE, none, none, at).select_from(Mentor)
    wanted = _of_events(wanted.join(Award, Award.id == Mentor.award_id)).join(Bid, Bid.id == Award.bid_id)
    wanted = wanted.outerjoin(Group, Group.id == Bid.group_id)
    return wanted.where(IS_NOW, Mentor.another_asked_at.is_not(None), Mentor.is_here)


def _neglected() -> Wanted:
    """A row for each event, with the columns of a worry."""
    alone = sa.func.count(sa.case((~Mentor.is_here, 1)))  # nor is the mentor of a group without one
    late = sa.func.count(sa.case((PlannedVisit.due_on < today(), 1)))
    nobody, at = sa.literal(""), sa.type_coerce(Event.starts_at, UtcDateTime())
    wanted = sa.select(sa.literal(0), nobody, nobody, *_WHERE, alone, late, at).select_from(Award)
    wanted = _of_events(wanted).outerjoin(Mentor, sa.and_(Mentor.award_id == Award.id, IS_NOW))
    wanted = wanted.outerjoin(PlannedVisit, PlannedVisit.award_id == Award.id)
    return wanted.group_by(Event.id, Event.name, Event.starts_at, Round.name)


_WHERE = (Event.name.label("event"), Round.name.label("round"))


def _of_events(wanted: Wanted) -> Wanted:
    """The same, of awards that stand, with their event and its round."""
    wanted = wanted.join(Event, Event.id == Award.event_id).join(Share, Share.id == Event.share_id)
    return wanted.join(Round, Round.id == Share.round_id).where(Award.state != AwardState.DECLINED)
