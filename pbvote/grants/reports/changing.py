"""“We need more time”, “We want to spend it differently”, “Something is wrong”: a sentence, and a press of an officer.

Nothing here commits.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now
from pbvote.db import db, insert_into
from pbvote.grants.awards.models import Award
from pbvote.grants.promises.keeping import move_last_day
from pbvote.grants.reports import letters
from pbvote.grants.reports.correcting import let_correct, require_correctable
from pbvote.grants.reports.models import ChangeKind, ChangeRequest
from pbvote.grants.reports.refusals import (
    AskedAlready,
    ChangeAnswered,
    MoreThanAwarded,
    NothingToChange,
    NotLater,
    ReasonNeeded,
)
from pbvote.grants.reports.sending import require_reportable
from pbvote.people.models import Account

LARGE_PER_CENT = 10
"""Of an award: a change that moves more goes into the record with a reason."""


def ask_for_more_time(award: Award, words: str, ends_on: dt.date, by: Account) -> None:
    """Ask for a later last day. Raises `NotReportable`, `NotLater`, `AskedAlready`."""
    require_reportable(award)
    if ends_on <= award.ends_on:
        raise NotLater(award.ends_on)
    _ask(award, {"kind": ChangeKind.MORE_TIME, "words": words, "ends_on": ends_on, "needs_reason": False}, by)


def ask_to_spend_differently(award: Award, words: str, moved_pence: int, by: Account) -> None:
    """Ask to spend some of it on something else. Raises `NotReportable`, `MoreThanAwarded`, `AskedAlready`."""
    require_reportable(award)
    if moved_pence > award.award_pence:
        raise MoreThanAwarded(award.award_pence, award.event.share.round.currency)
    is_large = moved_pence * 100 > award.award_pence * LARGE_PER_CENT
    said = {"words": words, "moved_pence": moved_pence, "needs_reason": is_large}
    _ask(award, {"kind": ChangeKind.SPEND_DIFFERENTLY, **said}, by)


def ask_to_correct(award: Award, words: str, by: Account) -> None:
    """Ask to correct the report that was sent. Raises `GrantClosed`, `NotSent`, `OpenAlready`, `AskedAlready`."""
    require_correctable(award)
    _ask(award, {"kind": ChangeKind.CORRECT_REPORT, "words": words, "needs_reason": False}, by)


def _ask(award: Award, said: dict[str, object], by: Account) -> None:
    row = {"award_id": award.id, "asked_at": now(), "asked_by_id": by.id, "answer": "", "reason": "", **said}
    made = insert_into(ChangeRequest).values(row).on_conflict_do_nothing().returning(ChangeRequest.id)
    if db.session.scalar(made) is None:
        raise AskedAlready


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """What an officer says to what a group asks: a sentence that it reads, and for a large change a reason."""

    is_granted: bool
    answer: str
    reason: str = ""


def answer_change(award: Award, change: ChangeRequest, said: ChangeAnswer, by: Account) -> None:
    """Grant or refuse; the group gets a letter. With more time its award's last day moves, and with it the day of what
    was promised by then; a report that is to be corrected is opened.

    Raises `NothingToChange` once the grant is given back or closed, `ReasonNeeded` for a large change granted without
    one, and `ChangeAnswered` for a second answer.
    """
    if not award.is_under_way:
        raise NothingToChange
    if said.is_granted and change.needs_reason and not said.reason:
        raise ReasonNeeded
    claim = sa.update(ChangeRequest).where(ChangeRequest.id == change.id, ChangeRequest.answered_at.is_(None))
    claim = claim.values(
        is_granted=said.is_granted,
        answer=said.answer,
        reason=said.reason if said.is_granted else "",
        answered_at=now(),
        answered_by_id=by.id,
    )
    if db.session.scalar(claim.returning(ChangeRequest.id)) is None:
        raise ChangeAnswered
    db.session.refresh(change)
    if said.is_granted and change.ends_on:
        _give_time(award, change.ends_on)
    elif said.is_granted and change.kind is ChangeKind.CORRECT_REPORT:
        let_correct(award, change.words, by)
    letters.say_change_answered(award, change)


def _give_time(award: Award, ends_on: dt.date) -> None:
    """Let the award's last day be a later one, and with it the day of what was promised by then."""
    before = award.ends_on
    later = sa.update(Award).where(Award.id == award.id, Award.ends_on < ends_on).values(ends_on=ends_on)
    if db.session.scalar(later.returning(Award.id)):
        move_last_day(award.id, before, ends_on)
    db.session.refresh(award, ["ends_on"])


def changes_of(award_ids: Sequence[int]) -> Sequence[ChangeRequest]:
    """What these awards' groups asked for, oldest first, with who asked and who answered."""
    wanted = sa.select(ChangeRequest).where(ChangeRequest.award_id.in_(award_ids)).order_by(ChangeRequest.id)
    people = (ChangeRequest.asked_by, ChangeRequest.answered_by)
    wanted = wanted.options(*(orm.joinedload(person).lazyload(Account.grants) for person in people))
    return db.session.scalars(wanted).all()


def change_of(award: Award, change_id: int) -> ChangeRequest | None:
    """One thing that this award's group asked for."""
    wanted = sa.select(ChangeRequest).where(ChangeRequest.award_id == award.id, ChangeRequest.id == change_id)
    return db.session.scalar(wanted)
