"""What is kept of a grant that has ended, and how long: closed, or given back. Nothing here commits.

Each rule shows how much is due, and deletes it.
The grant, its money, its report and who decided stay: they are the council's record of public money.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.files.service import forget_photo
from pbvote.grants.awards.models import Award, AwardHistory, AwardState
from pbvote.grants.promises.models import Acceptance
from pbvote.grants.reports.models import Report, ReportDraft
from pbvote.grants.reports.receipt_models import Receipt
from pbvote.grants.visits.models import CheckIn, CheckInCorrection, CheckInPhoto, Worry
from pbvote.grants.visits.photos import remove_photo

YEAR = 365
ANSWER_DELETED = "Deleted a year after the grant has ended."
"""What stands where an answer to a worry stood, which spoke of what only officers read."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One kind of thing: what it is, and for how many years after the end of its grant it is kept."""

    what: str
    years: int
    find: Callable[[sa.Select[int]], int]
    """How many there are for the awards with these ids."""
    forget: Callable[[sa.Select[int]], None]

    @property
    def due(self) -> sa.Select[int]:
        """The ids of the awards that ended so long ago, and were not reopened."""
        return ended_before(now() - dt.timedelta(days=self.years * YEAR))


@dataclass(frozen=True, slots=True)
class Retained:
    """How much there is of one kind."""

    rule: RetentionRule
    kept: int
    due: int


def retained() -> list[Retained]:
    """What is kept of all grants, and how much of it is due to go now."""
    everything = sa.select(Award.id)
    return [Retained(rule, rule.find(everything), rule.find(rule.due)) for rule in RULES]


def forget_due() -> int:
    """Delete what is due to go; how much it was."""
    gone = 0
    for rule in RULES:
        gone += rule.find(rule.due)
        rule.forget(rule.due)
    db.session.flush()
    return gone


_ENDED = (AwardState.CLOSED, AwardState.DECLINED)


def ended_before(moment: dt.datetime) -> sa.Select[int]:
    """The ids of the awards that were closed or given back before this moment, and were not reopened."""
    last = sa.select(AwardHistory.award_id).join(Award, Award.id == AwardHistory.award_id)
    last = last.where(Award.state.in_(_ENDED), AwardHistory.state == Award.state)
    return last.group_by(AwardHistory.award_id).having(sa.func.max(AwardHistory.at) < moment)


def _count(wanted: sa.Select[*tuple[Any, ...]]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(wanted.subquery())) or 0


def _settled(awards: sa.Select[int]) -> sa.Select[int]:
    """The check-ins about these awards, without those of a worry that waits for its answer: its officer reads them."""
    waits = sa.exists().where(Worry.check_in_id == CheckIn.id, Worry.answered_at.is_(None))
    return sa.select(CheckIn.id).where(CheckIn.award_id.in_(awards), ~waits)


def _find_text(column: str, awards: sa.Select[int]) -> int:
    """How many check-ins say it, or said so before they were corrected."""
    former = sa.exists().where(CheckInCorrection.check_in_id == CheckIn.id, getattr(CheckInCorrection, column) != "")
    return _count(_settled(awards).where(sa.or_(getattr(CheckIn, column) != "", former)))


def _find_concerns(awards: sa.Select[int]) -> int:
    return _find_text("concern", awards)


def _forget_concerns(awards: sa.Select[int]) -> None:
    _blank("concern", awards)
    answered = sa.update(Worry).where(Worry.award_id.in_(awards), Worry.answered_at.is_not(None))
    db.session.execute(answered.values(answer=ANSWER_DELETED).execution_options(**_UNSEEN))


def _find_words(awards: sa.Select[int]) -> int:
    return _find_text("words", awards)


def _forget_words(awards: sa.Select[int]) -> None:
    _blank("words", awards)


_UNSEEN: Any = {"synchronize_session": False}


def _blank(column: str, awards: sa.Select[int]) -> None:
    """Empty a text of the check-ins about these awards, as it is and as it was."""
    check_ins = _settled(awards)
    former = sa.update(CheckInCorrection).where(CheckInCorrection.check_in_id.in_(check_ins))
    for said in (former, sa.update(CheckIn).where(CheckIn.id.in_(check_ins))):
        db.session.execute(said.values({column: ""}).execution_options(**_UNSEEN))


def _with_lead(awards: sa.Select[int]) -> sa.ColumnElement[bool]:
    return sa.and_(Acceptance.award_id.in_(awards), Acceptance.safeguarding_lead != "")


def _find_leads(awards: sa.Select[int]) -> int:
    return _count(sa.select(Acceptance.award_id).where(_with_lead(awards)))


def _forget_leads(awards: sa.Select[int]) -> None:
    forgotten = sa.update(Acceptance).where(_with_lead(awards)).values(safeguarding_lead="")
    db.session.execute(forgotten.execution_options(**_UNSEEN))


def _with_photo(awards: sa.Select[int]) -> sa.Select[Report]:
    return sa.select(Report).where(Report.award_id.in_(awards), Report.photo_id.is_not(None))


def _find_photos(awards: sa.Select[int]) -> int:
    return _count(_with_photo(awards).with_only_columns(Report.id))


def _forget_photos(awards: sa.Select[int]) -> None:
    for report in db.session.scalars(_with_photo(awards).options(orm.joinedload(Report.photo))).all():
        photo, report.photo_id = report.photo, None
        db.session.flush()
        if photo:
            forget_photo(photo)


def _of_visits(awards: sa.Select[int]) -> sa.Select[CheckInPhoto]:
    return (
        sa.select(CheckInPhoto)
        .join(CheckIn, CheckIn.id == CheckInPhoto.check_in_id)
        .where(CheckIn.award_id.in_(awards))
    )


def _find_visit_photos(awards: sa.Select[int]) -> int:
    return _count(_of_visits(awards).with_only_columns(CheckInPhoto.photo_id))


def _forget_visit_photos(awards: sa.Select[int]) -> None:
    for taken in db.session.scalars(_of_visits(awards)).all():
        remove_photo(taken)


def _unsent(awards: sa.Select[int]) -> sa.Select[ReportDraft]:
    return sa.select(ReportDraft).where(ReportDraft.award_id.in_(awards))


def _find_drafts(awards: sa.Select[int]) -> int:
    return _count(_unsent(awards).with_only_columns(ReportDraft.award_id, ReportDraft.manner))


def _forget_drafts(awards: sa.Select[int]) -> None:
    for draft in db.session.scalars(_unsent(awards)).all():
        photo = draft.photo
        db.session.delete(draft)
        db.session.flush()
        if photo:
            forget_photo(photo)


def _find_receipts(awards: sa.Select[int]) -> int:
    return _count(sa.select(Receipt.id).where(Receipt.award_id.in_(awards)))


def _forget_receipts(awards: sa.Select[int]) -> None:
    for receipt in db.session.scalars(sa.select(Receipt).where(Receipt.award_id.in_(awards))).all():
        photo = receipt.photo
        db.session.delete(receipt)
        db.session.flush()
        forget_photo(photo)


RULES: Sequence[RetentionRule] = (
    RetentionRule("What only officers read after a visit, and answers to worries", 1, _find_concerns, _forget_concerns),
    RetentionRule("Whom a group named for safeguarding", 1, _find_leads, _forget_leads),
    RetentionRule("Drafts of reports that were not sent", 1, _find_drafts, _forget_drafts),
    RetentionRule("What members wrote after visits", 3, _find_words, _forget_words),
    RetentionRule("Photos of visits", 3, _find_visit_photos, _forget_visit_photos),
    RetentionRule("Photos of reports", 3, _find_photos, _forget_photos),
    RetentionRule("Photos of receipts", 7, _find_receipts, _forget_receipts),
)
"""Receipts stay as long as the books of public money are kept: six years and the current one."""
