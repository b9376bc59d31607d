"""Read reports, and where each grant stands on its way to being closed. Nothing here writes."""

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import standing_awards
from pbvote.grants.reports.asking_receipts import receipts_request, receipts_requests
from pbvote.grants.reports.changing import changes_of
from pbvote.grants.reports.closing import ClosingChecklist, checklist_of
from pbvote.grants.reports.due import is_report_late, report_due_on
from pbvote.grants.reports.models import ChangeRequest, FormerReport, Report
from pbvote.grants.reports.receipt_models import ReceiptsRequest
from pbvote.people.models import Account


class ReportStep(enum.StrEnum):
    """Where a grant's report stands."""

    NOT_YET = "not_yet"
    """Nothing is late, and nothing waits for an officer."""
    LATE = "late"
    TO_ANSWER = "to_answer"
    """It is sent, and nobody has thanked the group."""
    TO_CLOSE = "to_close"
    """The group is thanked; money and promises are to be looked at."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Reported:
    """A grant, its report if there is one, and what its group asked for."""

    award: Award
    report: Report | None
    changes: Sequence[ChangeRequest] = field(default_factory=list)
    receipts_asked: ReceiptsRequest | None = None
    """What an officer asks of receipts, where the round's rules do not."""

    @property
    def due_on(self) -> dt.date:
        """The day by which the group reports."""
        return report_due_on(self.award.ends_on)

    @property
    def is_awaited(self) -> bool:
        """Whether the group is to report, and has not."""
        return self.report is None and self.award.is_under_way

    @property
    def is_time(self) -> bool:
        """Whether the project is over, so that its report is what comes next."""
        return self.is_awaited and self.award.ends_on < today()

    @property
    def is_late(self) -> bool:
        """Whether the report should have come before today."""
        return self.is_awaited and is_report_late(self.award.ends_on, today())

    @property
    def open_changes(self) -> list[ChangeRequest]:
        """What the group asked for and nobody has answered. Of a grant that is given back or closed nothing waits."""
        return [change for change in self.changes if change.is_open and self.award.is_under_way]

    @property
    def has_left_to_agree(self) -> bool:
        """Whether money is left of a grant that is not closed, and nobody has agreed what becomes of it."""
        return self.award.is_running and self.report is not None and self.report.waits_for_word_on_left

    @property
    def answered_changes(self) -> list[ChangeRequest]:
        """What the group asked for, with its answer, the newest first."""
        return [change for change in reversed(self.changes) if not change.is_open]

    @property
    def checklist(self) -> ClosingChecklist:
        """What is open before the grant can be closed."""
        return checklist_of(self.award, self.report)

    @property
    def is_thanks_late(self) -> bool:
        """Whether the group should have been thanked before today."""
        report = self.report
        return report is not None and not report.is_answered and report.answer_due_on < today()

    @property
    def step(self) -> ReportStep:
        """Where it stands."""
        if not self.award.is_running:
            return ReportStep.CLOSED
        if self.report:
            return ReportStep.TO_CLOSE if self.report.is_answered else ReportStep.TO_ANSWER
        return ReportStep.LATE if self.is_late else ReportStep.NOT_YET


def report_of(award: Award) -> Report | None:
    """The award's report, with everything that its page shows."""
    photo, visit = orm.joinedload(Report.photo), orm.joinedload(Report.check_in)
    former = orm.selectinload(Report.former)
    people = (
        former.joinedload(each).lazyload(Account.grants) for each in (FormerReport.opened_by, FormerReport.corrected_by)
    )
    wanted = _with_people().where(Report.award_id == award.id).options(photo, visit, orm.joinedload(Report.lines))
    wanted = wanted.options(former.joinedload(FormerReport.lines), *people)
    return db.session.scalars(wanted.execution_options(populate_existing=True)).unique().first()


def _with_people() -> sa.Select[Report]:
    people = (Report.sent_by, Report.answered_by, Report.left_agreed_by, Report.opened_by)
    return sa.select(Report).options(*(orm.joinedload(person).lazyload(Account.grants) for person in people))


def reported(award: Award) -> Reported:
    """One award with its report and what its group asked for."""
    return Reported(award, report_of(award), changes_of([award.id]), receipts_request(award.id))


def all_reported(awards: Sequence[Award]) -> Mapping[int, Reported]:
    """These awards with their reports and what their groups asked for, by award, in three statements."""
    ids = [award.id for award in awards]
    reports = {report.award_id: report for report in db.session.scalars(_with_people().where(Report.award_id.in_(ids)))}
    changes: dict[int, list[ChangeRequest]] = {}
    for change in changes_of(ids):
        changes.setdefault(change.award_id, []).append(change)
    asked = receipts_requests(ids)
    return {
        award.id: Reported(award, reports.get(award.id), changes.get(award.id, []), asked.get(award.id))
        for award in awards
    }


def desk_rows() -> list[Reported]:
    """Every grant that stands and that its group has accepted, those due first in front."""
    rows = all_reported([award for award in standing_awards() if award.is_under_way or not award.is_running])
    return sorted(rows.values(), key=_urgency)


def _urgency(row: Reported) -> tuple[dt.date, int]:
    return (row.report.answer_due_on if row.report else row.due_on, row.award.id)
