"""Put right what is wrong in a report that was sent; what it said stays on record. Nothing here commits."""

from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.files.service import forget_photo
from pbvote.grants.awards.holding import hold_awards
from pbvote.grants.awards.models import Award
from pbvote.grants.promises.keeping import Keeping, correct_reported
from pbvote.grants.promises.models import KeptBy
from pbvote.grants.reports import letters
from pbvote.grants.reports.drafts import forget_drafts, take_draft_photo
from pbvote.grants.reports.models import FormerReport, FormerReportLine, Report, ReportManner
from pbvote.grants.reports.refusals import GrantClosed, LessLeftThanCameBack, NotSent, OpenAlready, ReportNotOpen
from pbvote.grants.reports.sending import NewReport, require_adds_up, require_receipts, told_by
from pbvote.grants.reports.sizes import LineAsked
from pbvote.people.models import Account

_AS_IT_WAS = (
    *("manner", "happened", "people", "spent_pence", "left_pence", "left_wish", "is_left_kept"),
    *("why_no_receipt", "may_quote"),
)
_SHUT = {"opened_why": "", "opened_at": None, "opened_by_id": None}
_NOT_AGREED = {"is_left_kept": None, "left_agreed_at": None, "left_agreed_by_id": None}


def require_correctable(award: Award) -> None:
    """Raise `GrantClosed`, `NotSent`, or `OpenAlready`."""
    _require_not_closed(award)
    found = db.session.execute(sa.select(Report.opened_at).where(Report.award_id == award.id)).first()
    if found is None:
        raise NotSent
    if found.opened_at is not None:
        raise OpenAlready


def _require_not_closed(award: Award) -> None:
    if not award.is_under_way:
        raise GrantClosed


def open_report(award: Award, why: str, by: Account) -> None:
    """Open the report to be corrected, and write to the group what is to be put right. Raises as the check does."""
    require_correctable(award)
    if not let_correct(award, why, by):
        raise OpenAlready
    letters.say_report_open(award, why)


def let_correct(award: Award, why: str, by: Account) -> bool:
    """Open the report, and write to nobody; whether it was shut. Raises `GrantClosed`."""
    _require_not_closed(award)
    claim = sa.update(Report).where(Report.award_id == award.id, Report.opened_at.is_(None))
    claim = claim.values(opened_why=why, opened_at=now(), opened_by_id=by.id)
    return db.session.scalar(claim.returning(Report.id)) is not None


def leave_report(award: Award) -> None:
    """Let the report be as it is, and write to the group so. Raises `ReportNotOpen`."""
    claim = sa.update(Report).where(Report.award_id == award.id, Report.opened_at.is_not(None))
    if db.session.scalar(claim.values(**_SHUT).returning(Report.id)) is None:
        raise ReportNotOpen
    forget_drafts(award.id)
    letters.say_report_stays(award)


def correct_report(award: Award, report: Report, manner: ReportManner, new: NewReport, by: Account) -> None:
    """Let the report say this from now on. A thank-you that was sent stays, and so does what the council agreed to.

    Where another sum is left, or the group would like something else, an officer agrees to that again. Raises
    `GrantClosed`, `ReportNotOpen`, what `send_report` raises of figures, and `LessLeftThanCameBack`.
    """
    hold_awards([award.id])  # so that nobody removes a receipt meanwhile
    _require_not_closed(award)
    lines, former = lines_of(report), _former(report, by)
    spent = require_adds_up(award, lines, new, report.had_pence)
    _require_covers_what_came_back(award, report, new)
    require_receipts(award, lines, new)
    said = told_by(new, spent)
    is_agreed = (said["left_pence"], said["left_wish"]) == (report.left_pence, report.left_wish)
    told = {"manner": manner, "check_in_id": None} if report.manner is ReportManner.VISIT else {}
    claim = sa.update(Report).where(Report.id == report.id, Report.opened_at.is_not(None))
    claim = claim.values(**said, **told, **_SHUT, **({} if is_agreed else _NOT_AGREED))
    if former is None or db.session.scalar(claim.returning(Report.id)) is None:
        raise ReportNotOpen
    db.session.add(former)
    for line in report.lines:
        line.spent_pence = new.spent[line.position]
    _put_photo(award, report, manner)
    correct_reported(award.id, new.kept, Keeping(today(), by.id, KeptBy.REPORT))
    if manner is not ReportManner.WRITTEN:
        letters.say_written_down(award, by)


def lines_of(report: Report) -> Sequence[LineAsked]:
    """The lines of the budget as the report has them, whatever the bid or the round says by now."""
    return [LineAsked(line.position, line.what, line.line_pence) for line in report.lines]


def _former(report: Report, by: Account) -> FormerReport | None:
    """What the report says now, to be kept; None where it is not open."""
    if report.opened_by_id is None:
        return None
    said = {name: getattr(report, name) for name in _AS_IT_WAS}
    former = FormerReport(report_id=report.id, why=report.opened_why, opened_by_id=report.opened_by_id, **said)
    former.corrected_by_id = by.id
    columns = ("position", "what", "line_pence", "spent_pence")
    former.lines = [FormerReportLine(**{name: getattr(line, name) for name in columns}) for line in report.lines]
    return former


def _require_covers_what_came_back(award: Award, report: Report, new: NewReport) -> None:
    came = award.returned_pence - (award.award_pence - report.had_pence)
    if new.left_pence is not None and new.left_pence < came:
        raise LessLeftThanCameBack(came, award.event.share.round.currency)


def _put_photo(award: Award, report: Report, manner: ReportManner) -> None:
    """Put a new photo in the place of the one that was there; the drafts go."""
    taken, before = take_draft_photo(award, manner), report.photo
    if taken is None:
        return
    report.photo_id = taken.id
    db.session.flush()
    if before:
        forget_photo(before)
