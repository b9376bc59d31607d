"""Tick what has happened, and count promises against it. Nothing here commits."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import sqlalchemy as sa

from pbvote.db import db
from pbvote.grants.promises.models import KeptBy, Promise, PromiseState


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where it was said that promises are kept: on which day, by whom, and at which check-in if at one."""

    day: dt.date
    account_id: int
    kept_by: KeptBy
    check_in_id: int | None = None


def keep_promises(award_id: int, ids: Collection[int], by: Keeping) -> int:
    """Tick those of these promises that are the award's and nobody has ticked; how many they were.

    Of two who tick the same, the first counts.
    """
    if not ids:
        return 0
    values = {"kept_on": by.day, "kept_by": by.kept_by, "check_in_id": by.check_in_id, "account_id": by.account_id}
    claim = sa.update(Promise).where(Promise.award_id == award_id, Promise.id.in_(ids), Promise.kept_on.is_(None))
    return len(db.session.scalars(claim.values(**values).returning(Promise.id)).all())


def correct_promises(award_id: int, ids: Collection[int], by: Keeping) -> None:
    """Let these be what a check-in ticked: others that it ticked are open again, and what others ticked stays."""
    nothing = {"kept_on": None, "kept_by": None, "check_in_id": None, "account_id": None}
    ticked = sa.update(Promise).where(Promise.award_id == award_id, Promise.check_in_id == by.check_in_id)
    db.session.execute(ticked.where(Promise.id.not_in(ids)).values(**nothing))
    keep_promises(award_id, ids, by)


def move_last_day(award_id: int, before: dt.date, after: dt.date) -> None:
    """Let what is open and was promised by the project's last day be due on its new one; an earlier day stays."""
    is_last = sa.and_(Promise.award_id == award_id, Promise.due_on == before, ~Promise.is_kept)
    db.session.execute(sa.update(Promise).where(is_last).values(due_on=after))


def correct_reported(award_id: int, ids: Collection[int], by: Keeping) -> None:
    """Let these be what the report ticked: others that it ticked are open again, and what others ticked stays."""
    nothing = {"kept_on": None, "kept_by": None, "account_id": None}
    ticked = sa.update(Promise).where(Promise.award_id == award_id, Promise.kept_by == KeptBy.REPORT)
    db.session.execute(ticked.where(Promise.id.not_in(ids)).values(**nothing))
    keep_promises(award_id, ids, by)


def choosable(award_id: int, check_in_id: int | None = None) -> Sequence[Promise]:
    """The promises of an award that can be ticked: those that are open, and those that this check-in ticked."""
    is_open = Promise.kept_on.is_(None)
    is_free = sa.or_(is_open, Promise.check_in_id == check_in_id) if check_in_id else is_open
    wanted = sa.select(Promise).where(Promise.award_id == award_id, is_free)
    return db.session.scalars(wanted.order_by(Promise.due_on, Promise.number)).all()


@dataclass(frozen=True, slots=True)
class PromiseCount:
    """Promises against what happened: how many were made, and of those, how many are kept and how many late."""

    made: int = 0
    kept: int = 0
    late: int = 0

    @classmethod
    def of(cls, promises: Iterable[Promise]) -> Self:
        """How these promises stand today."""
        standings = [promise.standing for promise in promises]
        return cls(len(standings), standings.count(PromiseState.KEPT), standings.count(PromiseState.LATE))
