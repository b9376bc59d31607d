"""What there is to do about the reports of an event's awards, to be counted with `how_far`."""

import enum
from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.grants.awards.decisions import CountedRows, counted_rows
from pbvote.grants.awards.models import UNDER_WAY, Award
from pbvote.grants.reports.due import last_end_that_is_late
from pbvote.grants.reports.models import ChangeRequest, Report


class ReportToDo(enum.StrEnum):
    """What an officer sees to."""

    ANSWER = "report_to_answer"
    """Groups that sent a report and were not thanked."""
    LATE_THANKS = "thanks_late"
    """Those of them whose day has passed."""
    CHANGE = "change_to_answer"
    """What groups asked for."""
    LEFT = "left_to_agree"
    """Money that is left, and nobody has agreed what becomes of it."""
    LATE = "report_late"


def reports_to_do(event_ids: Sequence[int]) -> list[CountedRows]:
    """The counts for these events. “Late” means what `is_report_late` means."""
    number = sa.func.count()
    is_unsent = ~sa.exists().where(Report.award_id == Award.id)
    late = counted_rows(Award.event_id, sa.literal(ReportToDo.LATE.value), number)
    late = late.where(Award.state.in_(UNDER_WAY), is_unsent, Award.ends_on <= last_end_that_is_late(today()))
    asked = counted_rows(Award.event_id, sa.literal(ReportToDo.CHANGE.value), number)
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
