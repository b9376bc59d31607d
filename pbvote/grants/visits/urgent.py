"""What organisers must see to: worries, second people who do not confirm, late visits, groups that are alone."""

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pbvote.call.bids.models import CALLED, Bid
from pbvote.call.groups.models import Group
from pbvote.call.groups.service import has_no_contact
from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import today
from pbvote.db import UtcDateTime, db
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.models import Mentor, said_of_close
from pbvote.grants.mentors.service import IS_ALONE, IS_NOW
from pbvote.grants.promises.models import Acceptance
from pbvote.grants.promises.second import has_waited_long
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
    """Who answers; "" where that officer can't, and whoever reads it first is the deputy."""
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
    """A funded group would rather have another mentor, or the one that it has belongs to it by now."""

    award_id: int
    about: str
    """The group's name, or the bid's title where it names no group."""
    event: str
    round: str
    asked_at: dt.datetime | None
    """When the group asked; None where the mentor belongs to the group by now."""
    why: str = ""
    """What is said of such a mentor; "" where the group asked."""

    @property
    def to_do(self) -> str:
        """What an organiser does about it."""
        return f"Choose another mentor for {self.about}"


@dataclass(frozen=True, slots=True)
class SecondAwaited:
    """Somebody of a group accepted its award more than a week ago, and a second person has not confirmed."""

    award_id: int
    about: str
    """The group's name, or the bid's title where it names no group."""
    event: str
    round: str
    accepted_at: dt.datetime

    @property
    def in_words(self) -> str:
        """Who waits since when."""
        return f"{self.about} has waited for its second person since {day(self.accepted_at)}"


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
class Unreachable:
    """Of one event's awards, how many belong to a group that nobody can be written to about."""

    event: str
    round: str
    number: int

    @property
    def in_words(self) -> str:
        """What an organiser does about it."""
        return f"Find a contact for {self.number} funded {'group' if self.number == 1 else 'groups'}"


@dataclass(frozen=True, slots=True)
class Urgent:
    """Everything of all awards that stand."""

    worries: Sequence[OpenWorry]
    """The one that is due first in front."""
    another: Sequence[AnotherAsked]
    """The one that has waited the longest first."""
    second: Sequence[SecondAwaited]
    """The one that has waited the longest first."""
    neglected: Sequence[Neglected]
    """The earliest event first."""
    unreachable: Sequence[Unreachable]
    """The earliest event first."""
    moments: Mapping[str, dt.datetime]
    """Moments that rooms above asked for in the same statement, by what they call them."""


def what_is_urgent(*more: Wanted) -> Urgent:
    """What needs an organiser now, in one statement; `more` are moments that rooms above want, see `moment_called`."""
    found = sa.union_all(_worries(), _another_asked(), _close(), _second_awaited(), _neglected(), _unreachable(), *more)
    rows: dict[str, list[sa.Row[Any]]] = {kind: [] for kind in _Kind}
    for row in db.session.execute(found.order_by("due_on", "at", "thing_id", "event")):
        rows[row.kind].append(row)
    return Urgent(
        [
            OpenWorry(row.thing_id, row.officer, row.about, row.event, row.round, row.due_on)
            for row in rows[_Kind.WORRY]
        ],
        [_another(row) for row in (*rows[_Kind.CLOSE], *rows[_Kind.ANOTHER])],
        [SecondAwaited(row.thing_id, row.about, row.event, row.round, row.at) for row in rows[_Kind.SECOND]],
        [Neglected(row.event, row.slug, row.round, row.alone, row.late) for row in rows[_Kind.EVENT]],
        [Unreachable(row.event, row.round, row.alone) for row in rows[_Kind.UNREACHABLE]],
        {row.about: row.at for row in rows[_Kind.MOMENT] if row.at},
    )


def _another(row: sa.Row[Any]) -> AnotherAsked:
    is_asked = row.kind == _Kind.ANOTHER
    why = "" if is_asked else said_of_close(row.officer, is_contact=bool(row.alone))
    return AnotherAsked(row.thing_id, row.about, row.event, row.round, row.at if is_asked else None, why)


class _Kind(enum.StrEnum):
    """What a row of the one statement is."""

    WORRY = "worry"
    ANOTHER = "another"
    CLOSE = "close"
    """The mentor belongs to the group by now."""
    SECOND = "second"
    EVENT = "event"
    UNREACHABLE = "unreachable"
    """Whose number is counted as who is alone."""
    MOMENT = "moment"

    @property
    def column(self) -> sa.Label[str]:
        """The row's first column."""
        return sa.literal(self.value, sa.Text).label("kind")


def moment_called(name: str, at: sa.ColumnElement[Any]) -> Wanted:
    """A row of no event, with the columns of a worry: a moment, or none."""
    none, nothing = sa.literal(0), sa.literal("")
    no_day, moment = sa.cast(sa.null(), sa.Date()), sa.type_coerce(at, UtcDateTime())
    columns = (none, nothing, sa.literal(name), nothing, nothing, nothing, none, none, no_day, moment)
    return sa.select(_Kind.MOMENT.column, *columns)


def _worries() -> Wanted:
    """The worries that nobody has answered, however their awards stand and whatever was logged later."""
    is_able = sa.and_(Account.is_disabled.is_(False), ~Worry.is_officer_close)
    officer = sa.case((is_able, Account.name), else_="").label("officer")
    about, none = CALLED.label("about"), sa.literal(0)
    columns = (
        _Kind.WORRY.column,
        Worry.id.label("thing_id"),
        officer,
        about,
        *_WHERE,
        none.label("alone"),
        none.label("late"),
    )
    at = sa.type_coerce(Event.starts_at, UtcDateTime()).label("at")
    wanted = sa.select(*columns, Worry.due_on, at).select_from(Worry).join(Award, Award.id == Worry.award_id)
    wanted = _of_events(wanted).outerjoin(Account, Account.id == Worry.officer_id)
    wanted = wanted.join(Bid, Bid.id == Award.bid_id).outerjoin(Group, Group.id == Bid.group_id)
    return wanted.where(Worry.answered_at.is_(None))


def _another_asked() -> Wanted:
    """The groups that asked for another mentor, with the columns of a worry."""
    wanted = _of_awards(_Kind.ANOTHER, Mentor.another_asked_at).join(Mentor, Mentor.award_id == Award.id)
    return wanted.where(IS_NOW, Mentor.another_asked_at.is_not(None), Mentor.is_here, Award.is_running)


def _close() -> Wanted:
    """The groups whose mentor belongs to them by now, with the columns of a worry: its officer is the mentor.

    What counts who is alone says whether the mentor speaks for the group.
    """
    who, speaks = Account.name.label("officer"), sa.case((Mentor.is_contact, 1), else_=0)
    wanted = _of_awards(_Kind.CLOSE, Event.starts_at, officer=who, alone=speaks)
    wanted = wanted.join(Mentor, Mentor.award_id == Award.id).join(Account, Account.id == Mentor.account_id)
    return wanted.where(IS_NOW, Mentor.is_close, Award.is_under_way)


def _second_awaited() -> Wanted:
    """The groups whose second person has not confirmed for long, with the columns of a worry."""
    wanted = _of_awards(_Kind.SECOND, Acceptance.accepted_at).join(Acceptance, Acceptance.award_id == Award.id)
    return wanted.where(has_waited_long())


def _of_awards(kind: _Kind, at: Any, officer: Any = "", alone: Any = 0) -> Wanted:
    """A row for each award, with a moment of a table that the caller joins."""
    no_day, when = sa.cast(sa.null(), sa.Date()), sa.type_coerce(at, UtcDateTime())
    who, counted = (sa.literal(each) if isinstance(each, str | int) else each for each in (officer, alone))
    columns = (Award.id, who, CALLED, *_WHERE, counted, sa.literal(0), no_day, when)
    wanted: Wanted = sa.select(kind.column, *columns).select_from(Award)
    wanted = _of_events(wanted).join(Bid, Bid.id == Award.bid_id)
    return wanted.outerjoin(Group, Group.id == Bid.group_id)


def _neglected() -> Wanted:
    """A row for each event, with the columns of a worry."""
    alone = sa.func.count(sa.case((IS_ALONE, 1)))
    late = sa.func.count(sa.case((is_late(PlannedVisit.due_on, today()), 1)))
    wanted = _of_each_event(_Kind.EVENT, alone, late).where(Award.is_under_way)
    wanted = wanted.outerjoin(Mentor, sa.and_(Mentor.award_id == Award.id, IS_NOW))
    return wanted.outerjoin(PlannedVisit, PlannedVisit.award_id == Award.id)


def _unreachable() -> Wanted:
    """A row for each event with such a group, with the columns of a worry."""
    wanted = _of_each_event(_Kind.UNREACHABLE, sa.func.count(), sa.literal(0)).where(Award.is_running)
    wanted = wanted.join(Bid, Bid.id == Award.bid_id).join(Group, Group.id == Bid.group_id)
    return wanted.where(has_no_contact())


def _of_each_event(kind: _Kind, alone: Any, late: Any) -> Wanted:
    """A row for each event with awards, with two numbers of them."""
    nobody, no_day = sa.literal(""), sa.cast(sa.null(), sa.Date())
    at = sa.type_coerce(Event.starts_at, UtcDateTime())
    columns = (kind.column, sa.literal(0), nobody, nobody, *_WHERE, alone, late, no_day, at)
    wanted: Wanted = sa.select(*columns).select_from(Award)
    return _of_events(wanted).group_by(Event.id, Event.name, Event.slug, Event.starts_at, Round.name)


_WHERE = (Event.name.label("event"), Event.slug.label("slug"), Round.name.label("round"))


def _of_events(wanted: Wanted) -> Wanted:
    """The same, with the awards' event and its round."""
    wanted = wanted.join(Event, Event.id == Award.event_id).join(Share, Share.id == Event.share_id)
    return wanted.join(Round, Round.id == Share.round_id)
