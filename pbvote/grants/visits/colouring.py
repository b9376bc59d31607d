"""When next visits are due, and what else colours a group by a day: the rooms above know that, and enter it here."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from pbvote.db import db
from pbvote.grants.visits.colour import Reason
from pbvote.grants.visits.models import PlannedVisit

DayRows = sa.Select[int, dt.date]
"""A statement with the ids of awards, and a day of each."""
Reasoner = Callable[[dt.date], Reason]
"""Why a group is red or amber, from its day."""


@dataclass(slots=True)
class Days:
    """What has a day in a group's year."""

    due_on: dt.date | None = None
    """When its next visit is due; None where none is planned."""
    reasons: list[Reason] = field(default_factory=list)
    """Why it is red or amber, as far as the rooms above know."""


_reasoners: list[tuple[Callable[[], DayRows], Reasoner]] = []


def colours_groups(rows: Callable[[], DayRows]) -> Callable[[Reasoner], Reasoner]:
    """Make a function known here that says why groups are red or amber: those of a statement's rows, from their day."""

    def enter(reasoner: Reasoner) -> Reasoner:
        _reasoners.append((rows, reasoner))
        return reasoner

    return enter


def days_of(award_ids: Collection[int]) -> Mapping[int, Days]:
    """The next visits of these awards and what colours their groups, in one statement; of one without either, too."""
    found = {award_id: Days() for award_id in award_ids}
    planned = sa.select(PlannedVisit.award_id, PlannedVisit.due_on)
    parts = [planned, *(rows() for rows, _ in _reasoners)]
    days = sa.union_all(*(_numbered(number, part) for number, part in enumerate(parts))).subquery()
    for number, award_id, day in db.session.execute(sa.select(days).where(days.c.award_id.in_(award_ids))):
        if number:
            found[award_id].reasons.append(_reasoners[number - 1][1](day))
        else:
            found[award_id].due_on = day
    return found


def _numbered(number: int, rows: DayRows) -> sa.Select[int, int, dt.date]:
    award_id, day = rows.subquery().c
    return sa.select(sa.literal(number).label("number"), award_id.label("award_id"), day.label("day"))
