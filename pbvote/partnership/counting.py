"""A partnership by numbers: what it did in a stretch of days, as at the last of them. Nothing here writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import sqlalchemy as sa

from pbvote.call.rounds.models import Share
from pbvote.core.spans import Span
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.visits.models import CheckIn, ContactMethod, Status
from pbvote.localities.models import Locality
from pbvote.partnership.meetings.actions.models import Action
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingQuestion, MeetingState, QuestionState
from pbvote.partnership.members.models import PartnershipMember
from pbvote.vote.events.models import Event

_NumberOf = sa.ScalarSelect[int]


@dataclass(frozen=True, slots=True)
class PartnershipCounts:
    """Every number of one partnership. What each means, the public account says in a sentence."""

    asked: int
    answered: int
    due: int
    done: int
    members: int
    visits: int
    held: int
    in_time: int

    @classmethod
    def of(cls, others: Sequence[int], meetings: Iterable[Meeting], period: Span) -> Self:
        """The numbers that `counts_beside` asked for, and those of the meetings: working days are no database's."""
        held = [each for each in meetings if _is_held(each, period)]
        return cls(*(*others, len(held), sum(each.is_in_time for each in held)))

    @property
    def strip(self) -> list[tuple[str, str]]:
        """The numbers in a row, each with what it counts: the larger of two is said beside the smaller."""
        return [
            ("Meetings held", str(self.held)),
            ("Agendas out in time", _of(self.in_time, self.held)),
            ("Questions answered", _of(self.answered, self.asked)),
            ("Actions done", f"{_of(self.done, self.due)} due" if self.due else "none"),
            ("Members", str(self.members)),
            ("Visits to groups", str(self.visits)),
        ]


def _of(some: int, whole: int) -> str:
    return f"{some} of {whole}" if whole else "none"


def _is_held(meeting: Meeting, period: Span) -> bool:
    is_known = meeting.published_at is not None and meeting.state is not MeetingState.OFF
    return is_known and period.began_at <= meeting.starts_at and meeting.ends_at <= period.over_at


def _number(*wanted: sa.ColumnElement[Any]) -> sa.Select[int]:
    return sa.select(sa.func.count()).where(*wanted)


def counts_beside(locality_id: sa.SQLColumnExpression[int], period: Span) -> tuple[_NumberOf, ...]:
    """What is counted of a locality, but its meetings, as columns beside it: one statement for all."""
    asked = _number(
        Meeting.locality_id == locality_id,
        MeetingQuestion.state == QuestionState.SHOWN,
        MeetingQuestion.asked_on.between(period.first, period.last),
    ).select_from(MeetingQuestion)
    asked = asked.join(MeetingQuestion.item).join(MeetingItem.meeting)
    is_due = Action.due_on.between(period.first, period.last)
    is_agreed = sa.or_(Action.meeting_id.is_(None), Meeting.agreed_at < period.over_at)
    due = _number(Action.locality_id == locality_id, is_due, is_agreed).select_from(Action).outerjoin(Action.meeting)
    is_member = sa.or_(PartnershipMember.until_on.is_(None), PartnershipMember.until_on >= period.last)
    members = _number(
        PartnershipMember.locality_id == locality_id, PartnershipMember.from_on <= period.last, is_member
    ).select_from(PartnershipMember)
    was_there = (CheckIn.contact_method == ContactMethod.VISIT, CheckIn.standing != Status.NOT_REACHED)
    visits = _number(
        Share.locality_id == locality_id, CheckIn.met_on.between(period.first, period.last), *was_there
    ).where(CheckIn.logged_at < period.over_at)
    visits = visits.select_from(CheckIn).join(Award, Award.id == CheckIn.award_id)
    visits = visits.join(Event, Event.id == Award.event_id).join(Share, Share.id == Event.share_id)
    counted = (
        *(asked, asked.where(MeetingQuestion.answered_on <= period.last)),
        *(due, due.where(Action.done_on <= period.last)),
        *(members, visits),
    )
    return tuple(each.correlate(Locality).scalar_subquery() for each in counted)


def partnership_counts(period: Span) -> Sequence[tuple[Locality, PartnershipCounts]]:
    """Every partnership of the council by numbers, by name; in two statements."""
    wanted = sa.select(Locality, *counts_beside(Locality.id, period)).where(Locality.is_imported.is_(False))
    in_period = sa.and_(Meeting.starts_at >= period.began_at, Meeting.ends_at <= period.over_at)
    meetings: dict[int, list[Meeting]] = {}
    for meeting in db.session.scalars(sa.select(Meeting).where(in_period)):
        meetings.setdefault(meeting.locality_id, []).append(meeting)
    return [
        (locality, PartnershipCounts.of(numbers, meetings.get(locality.id, ()), period))
        for locality, *numbers in db.session.execute(wanted.order_by(Locality.name))
    ]
