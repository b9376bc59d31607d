"""What there is to do about reports: counted for Today event by event, and on boards grant by grant.

A late one colours its group.
"""

import datetime as dt
import enum
from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.filters import day
from pbvote.grants.awards.counting import counted_on_boards
from pbvote.grants.awards.decisions import CountedRows, counted_rows
from pbvote.grants.awards.models import Award
from pbvote.grants.reports.due import LONG_LATE_DAYS, is_report_long_late, last_end_that_is_late, report_due_on
from pbvote.grants.reports.models import ChangeRequest, Report
from pbvote.grants.visits.colour import Colour, Reason
from pbvote.grants.visits.colouring import colours_groups


class ReportToDo(enum.StrEnum):
    """What an officer sees to."""

    ANSWER = "report_to_answer"
    """Groups that sent a report and were not thanked."""
    LATE_THANKS = "thanks_late"
    """Those of them whose day has passed."""
    CHANGE = "change_to_answer"
    """Groups that asked for something."""
    LEFT = "left_to_agree"
    """Money that is left, and nobody has agreed what becomes of it."""
    LATE = "report_late"


def reports_to_do(event_ids: Sequence[int]) -> list[CountedRows]:
    """The counts for these events. “Late” means what `is_report_late` means."""
    late = counted_rows(Award.event_id, sa.literal(ReportToDo.LATE.value), sa.func.count()).where(_is_late())
    groups = sa.func.count(sa.distinct(Award.id))
    asked = counted_rows(Award.event_id, sa.literal(ReportToDo.CHANGE.value), groups)
    asked = asked.join(ChangeRequest, ChangeRequest.award_id == Award.id).where(ChangeRequest.answered_at.is_(None))
    unanswered, is_left = Report.answered_at.is_(None), Report.left_wish.is_not(None)
    rows = (
        late,
        asked,
        _reports(ReportToDo.ANSWER).where(unanswered),
        _reports(ReportToDo.LATE_THANKS).where(unanswered, Report.answer_due_on < today()),
        _reports(ReportToDo.LEFT).where(is_left, Report.is_left_kept.is_(None)),
    )
    return [one.where(Award.event_id.in_(event_ids), Award.is_running).group_by(Award.event_id) for one in rows]


def _reports(what: ReportToDo) -> CountedRows:
    return counted_rows(Award.event_id, sa.literal(what.value), sa.func.count()).join(
        Report, Report.award_id == Award.id
    )


@counted_on_boards("reports-late", "Reports late")
def late_reports() -> sa.Select[int, int]:
    """The awards whose report should have come before today. “Late” means what `is_report_late` means."""
    return sa.select(Award.id, sa.literal(1)).where(_is_late())


@counted_on_boards("reports-to-thank", "Reports to thank for")
def reports_to_thank_for() -> sa.Select[int, int]:
    """The awards whose group has sent its report, and nobody has thanked it."""
    wanted = sa.select(Award.id, sa.literal(1)).join(Report, Report.award_id == Award.id)
    return wanted.where(Report.answered_at.is_(None), Award.is_running)


def _is_late() -> sa.ColumnElement[bool]:
    """Whether an award's group is to report, and its day has passed."""
    is_unsent = ~sa.exists().where(Report.award_id == Award.id)
    return sa.and_(Award.is_under_way, is_unsent, Award.ends_on <= last_end_that_is_late(today()))


def _last_days() -> sa.Select[int, dt.date]:
    """The last days of the projects whose reports are late."""
    return sa.select(Award.id, Award.ends_on).where(_is_late())


@colours_groups(_last_days)
def lateness(ends_on: dt.date) -> Reason:
    """How a late report colours its group: amber at first, then red."""
    due_on = day(report_due_on(ends_on))
    if is_report_long_late(ends_on, today()):
        return Reason(Colour.RED, f"The report of {due_on} is {LONG_LATE_DAYS} working days late")
    return Reason(Colour.AMBER, f"The report of {due_on} is late")
