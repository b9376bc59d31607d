"""Remind of what is due, a few awards at a time. Nothing here commits."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db, insert_if_absent
from pbvote.grants.awards.holding import hold_awards
from pbvote.grants.mentors.letters import write_to
from pbvote.grants.reminding import occasions as occasions
from pbvote.grants.reminding.models import ReminderStep, SentReminder
from pbvote.grants.reminding.sequence import Due, Notice, all_due
from pbvote.grants.visits.worries import officer_for
from pbvote.people.models import Account
from pbvote.people.service import hold

BATCH = 5
"""Awards whose letters are one transaction: votes wait for it on SQLite, so it is short."""


def awards_to_remind_of(day: dt.date) -> Iterator[Sequence[int]]:
    """The awards about which there may be a letter to write, a batch at a time. It only reads."""
    award_ids = sorted({due.award_id for due, _, _ in _unwritten(day, None)})
    return (award_ids[start : start + BATCH] for start in range(0, len(award_ids), BATCH))


def remind_of(award_ids: Sequence[int], day: dt.date) -> int:
    """Write the letters about these awards that nobody has written yet; how many those were.

    What is due is read again first: a visit may have been logged meanwhile. Each letter has a row that only one
    transaction can insert, and both are committed together, so of two machines one writes it and none is lost. The
    awards are held in one order, and then the readers, so that the two wait for each other, and for whoever is logging
    a visit.
    """
    hold_awards(award_ids)
    found = _unwritten(day, award_ids)
    letters = [(due, notice, reader) for due, notice, readers in found for reader in readers or _officer(due)]
    hold(*(reader for _, _, reader in letters))
    return sum(_write(due, notice, reader) for due, notice, reader in letters)


def _unwritten(day: dt.date, award_ids: Collection[int] | None) -> list[tuple[Due, Notice, list[Account]]]:
    """The letters whose day has come and that have no row, with their readers; an officer's without."""
    come = [(due, notice) for due in all_due(day, award_ids) if (notice := due.next_notice(day))]
    written = _written({due.award_id for due, _ in come})
    found = []
    for due, notice in come:
        which = _which(due, notice)
        readers = [reader for reader in due.readers if (*which, reader.id) not in written]
        if notice.step is not ReminderStep.OFFICER and readers:
            found.append((due, notice, sorted(readers, key=lambda reader: reader.id)))
        elif notice.step is ReminderStep.OFFICER and which not in written:
            found.append((due, notice, []))
    return found


def _which(due: Due, notice: Notice) -> tuple[str, int, dt.date, ReminderStep]:
    return due.kind, due.key, due.due_on, notice.step


def _written(award_ids: Collection[int]) -> frozenset[tuple[Any, ...]]:
    """What was written about these awards: each letter with its reader and, for "to anybody", without."""
    this = (SentReminder.kind, SentReminder.thing_id, SentReminder.due_on, SentReminder.step)
    rows = db.session.execute(sa.select(*this, SentReminder.account_id).where(SentReminder.award_id.in_(award_ids)))
    return frozenset(known for row in rows for known in (tuple(row), tuple(row)[:-1]))


def _officer(due: Due) -> list[Account]:
    """The one officer who is told; none where there is none but whoever was reminded already."""
    officer = officer_for(due.award_id, rather_not=due.not_to)
    return [officer] if officer and officer.id != due.not_to else []


def _write(due: Due, notice: Notice, reader: Account) -> bool:
    """Claim the letter with its row, and write it; whether nobody else had."""
    kind, thing_id, due_on, step = _which(due, notice)
    row = {"kind": kind, "thing_id": thing_id, "due_on": due_on, "step": step, "award_id": due.award_id}
    claim = insert_if_absent(SentReminder, {**row, "account_id": reader.id, "written_at": now()})
    if db.session.scalar(claim.returning(SentReminder.thing_id)) is None:
        return False
    is_told_why = step is ReminderStep.OFFICER and not due.readers
    write_to(reader, notice.subject, (*notice.parts, due.why_nobody if is_told_why else ""), notice.page)
    return True
