"""What organisers must see to: open worries, visits that are overdue, groups that nobody stays with."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pbvote.call.bids.models import CALLED, Bid
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import today
from pbvote.db import UtcDateTime, db
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import IS_ALONE, IS_NOW
from pbvote.grants.visits.due import is_late
from pbvote.grants.visits.models import PlannedVisit, Worry
from pbvote.people.models import Account
from pbvote.vote.events.models import Event

Wanted = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class OpenWorry:
    """A member is worried about a funded group, and nobody has answered yet."""

    worry_id: int
    officer: str
    """Who answers; "" where that officer can't sign in, and whoever reads it first is the deputy."""
    about: str
    """The group's name, or the bid's title where it names no group."""
    event: str
    round: str
    due_on: dt.date

    @property
    def is_late(self) -> bool:
        """Whether the answer should have come before today."""
        return is_late(self.due_on, today())

    @property
    def to_do(self) -> str:
        """What an organiser does about it."""
        return f"Answer the worry about {self.about}"


@dataclass(frozen=True, slots=True)
class AnotherAsked:
    """A funded group would rather have another mentor."""

    award_id: int
    about: str
    """The group's name, or the bid's title where it names no group."""
    event: str
    round: str
    asked_at: dt.datetime

    @property
    def to_do(self) -> str:
        """What an organiser does about it."""
        return f"Choose another mentor for {self.about}"


@dataclass(frozen=True, slots=True)
class Neglected:
    """Of one event's awards, how many nobody stays with, and how many next visits should have been before today."""

    event: str
    slug: str
    """The event's."""
    round: str
    alone: int
    late: int

    @property
    def alone_in_words(self) -> str:
        """What an organiser does about groups that nobody stays with; "" where there are none."""
        groups = "group" if self.alone == 1 else "groups"
        return f"Find a mentor for {self.alone} funded {groups}" if self.alone else ""

    @property
    def late_in_words(self) -> str:
        """How many visits are late; "" where none is."""
        visits = "visit is" if self.late == 1 else "visits are"
        return f"{self.late} {visits} overdue" if self.late else ""


@dataclass(frozen=True, slots=True)
class Urgent:
    """Everything of all awards that stand."""

    worries: Sequence[OpenWorry]
    """The one that is due first in front."""
    another: Sequence[AnotherAsked]
    """The one that has waited the longest first."""
    neglected: Sequence[Neglected]
    """The earliest event first."""
    moments: Mapping[str, dt.datetime]
    """Moments that rooms above asked for in the same statement, by what they call them."""


def what_is_urgent(*more: Wanted) -> Urgent:
    """What needs an organiser now, in one statement; `more` are moments that rooms above want, see `moment_called`."""
    found = sa.union_all(_worries(), _another_asked(), _neglected(), *more).order_by(
        "due_on", "at", "worry_id", "event"
    )
    rows = db.session.execute(found).all()
    worries, another = [row for row in rows if row.worry_id], [row for row in rows if row.award_id]
    of_events = [row for row in rows if row.event and not (row.worry_id or row.award_id)]
    return Urgent(
        [OpenWorry(row.worry_id, row.officer, row.about, row.event, row.round, row.due_on) for row in worries],
        [AnotherAsked(row.award_id, row.about, row.event, row.round, row.at) for row in another],
        [Neglected(row.event, row.slug, row.round, row.alone, row.late) for row in of_events],
        {row.about: row.at for row in rows if not row.event and row.at},
    )


def moment_called(name: str, at: sa.ColumnElement[Any]) -> Wanted:
    """A row of no event, with the columns of a worry: a moment, or none."""
    none, nothing = sa.literal(0), sa.literal("")
    no_day, moment = sa.cast(sa.null(), sa.Date()), sa.type_coerce(at, UtcDateTime())
    return sa.select(none, none, nothing, sa.literal(name), nothing, nothing, nothing, none, none, no_day, moment)


def _worries() -> Wanted:
    """The worries that nobody has answered, however their awards stand and whatever was logged later."""
    officer = sa.case((Account.is_disabled.is_(False), Account.name), else_="").label("officer")
    about, none = CALLED.label("about"), sa.literal(0)
    ids = (Worry.id.label("worry_id"), none.label("award_id"))
    columns = (*ids, officer, about, *_WHERE, none.label("alone"), none.label("late"))
    at = sa.type_coerce(Event.starts_at, UtcDateTime()).label("at")
    wanted = sa.select(*columns, Worry.due_on, at).select_from(Worry).join(Award, Award.id == Worry.award_id)
    wanted = _of_events(wanted).outerjoin(Account, Account.id == Worry.officer_id)
    wanted = wanted.join(Bid, Bid.id == Award.bid_id).outerjoin(Group, Group.id == Bid.group_id)
    return wanted.where(Worry.answered_at.is_(None))


def _another_asked() -> Wanted:
    """The groups that asked for another mentor, with the columns of a worry."""
    none = sa.literal(0)
    at = sa.type_coerce(Mentor.another_asked_at, UtcDateTime())
    no_day, is_asked = sa.cast(sa.null(), sa.Date()), Mentor.another_asked_at.is_not(None)
    columns = (none, Award.id, sa.literal(""), CALLED, *_WHERE, none, none, no_day, at)
    wanted: Wanted = sa.select(*columns).select_from(Mentor).join(Award, Award.id == Mentor.award_id)
    wanted = _of_events(wanted).join(Bid, Bid.id == Award.bid_id)
    wanted = wanted.outerjoin(Group, Group.id == Bid.group_id)
    return wanted.where(IS_NOW, is_asked, Mentor.is_here, Award.is_running)


def _neglected() -> Wanted:
    """A row for each event, with the columns of a worry."""
    alone = sa.func.count(sa.case((IS_ALONE, 1)))
    late = sa.func.count(sa.case((is_late(PlannedVisit.due_on, today()), 1)))
    nobody, no_day = sa.literal(""), sa.cast(sa.null(), sa.Date())
    at = sa.type_coerce(Event.starts_at, UtcDateTime())
    columns = (sa.literal(0), sa.literal(0), nobody, nobody, *_WHERE, alone, late, no_day, at)
    wanted: Wanted = sa.select(*columns).select_from(Award)
    wanted = _of_events(wanted).outerjoin(Mentor, sa.and_(Mentor.award_id == Award.id, IS_NOW))
    wanted = wanted.outerjoin(PlannedVisit, PlannedVisit.award_id == Award.id)
    wanted = wanted.where(Award.is_under_way)
    return wanted.group_by(Event.id, Event.name, Event.slug, Event.starts_at, Round.name)


_WHERE = (Event.name.label("event"), Event.slug.label("slug"), Round.name.label("round"))


def _of_events(wanted: Wanted) -> Wanted:
    """The same, with the awards' event and its round."""
    wanted = wanted.join(Event, Event.id == Award.event_id).join(Share, Share.id == Event.share_id)
    return wanted.join(Round, Round.id == Share.round_id)
