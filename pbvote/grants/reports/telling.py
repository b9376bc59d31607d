"""What a group reads of its report under My grants."""

from collections.abc import Iterator

from pbvote.filters import day
from pbvote.grants.reports.models import LeftPlan, ReportManner
from pbvote.grants.reports.service import Reported


def report_words(each: Reported) -> str:
    """In a sentence or two, what is due, what was asked, and what became of it; "" where there is nothing to say."""
    return " ".join(_said(each))


def _said(each: Reported) -> Iterator[str]:
    if each.open_changes:
        yield "We answer what you asked as soon as we can."
    if each.is_late:
        yield f"Your report was due on {day(each.due_on)}. It is not too late: a few words will do."
    elif each.is_awaited:
        yield f"Your project has time until {day(each.award.ends_on)}. Your report is due by {day(each.due_on)}."
    if each.is_awaited and each.receipts_asked:
        yield f"We ask for photos of your receipts, too. This is why: {each.receipts_asked.reason}"
    report = each.report
    if report is None:
        return
    if report.is_open:
        yield f"You can correct your report. This is to be put right: {report.opened_why}"
    if not report.is_answered:
        is_visit = report.manner is ReportManner.VISIT
        yield "You said that your mentor’s visit tells it all." if is_visit else "We have your report."
        yield f"We answer by {day(report.answer_due_on)}."
    if report.left_agreed is LeftPlan.KEEP:
        yield "Please keep what is left, for the same purpose."
    if report.left_agreed is LeftPlan.SEND_BACK and each.checklist.money:
        yield "Please send back what is left."
    if report.used_in:
        yield f"What you told us was used: {report.used_in}"
