"""What the desk's page of one grant's report shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from pbvote.grants.awards.models import Award
from pbvote.grants.promises.accepting import promises_of
from pbvote.grants.promises.models import Promise
from pbvote.grants.reports.correcting import lines_of
from pbvote.grants.reports.forms import ChangeAnswerForm, ClosingForm, LeftForm, ReopenGrantForm, ThanksForm, UseForm
from pbvote.grants.reports.models import ChangeRequest, Report, ReportManner
from pbvote.grants.reports.receipt_models import Receipt
from pbvote.grants.reports.receipts import Receipts
from pbvote.grants.reports.service import Reported, reported
from pbvote.grants.reports.sizes import LineAsked, receipt_lines
from pbvote.grants.reports.thanking import prefilled_thanks
from pbvote.grants.reports.unreported import was_asked_lately

MANNERS = {
    ReportManner.WRITTEN: "The group wrote it",
    ReportManner.SPOKEN: "Told to the mentor",
    ReportManner.TYPED_IN: "Written down by an officer",
    ReportManner.VISIT: "The mentor’s visit: “Yes, that’s how it was”",
}


@dataclass(slots=True)
class DeskView:
    """A grant's report, and the forms of what comes next; one that was refused stays as it was typed."""

    shown: Reported
    thanks: ThanksForm
    use: UseForm
    left: LeftForm
    closing: ClosingForm
    reopening: ReopenGrantForm
    asked: tuple[ChangeRequest, ChangeAnswerForm] | None
    """What the group asked for first and nobody has answered, with its form."""
    lines: Mapping[int, str]
    """What each line of the budget is for, by its position."""
    receipts: Receipts
    promises: Sequence[Promise]

    @property
    def may_ask(self) -> bool:
        """Whether a press asks the group for its report: it is late, and nobody has asked in the last days."""
        return self.shown.is_late and not was_asked_lately(self.shown.award.report_asked_at)

    @classmethod
    def of(cls, award: Award) -> Self:
        """Everything that the page reads."""
        shown, receipts = reported(award), Receipts.of(award)
        report = shown.report
        return cls(
            shown,
            ThanksForm(
                formdata=None,
                data={"thanks": prefilled_thanks(award, report) if report and not report.is_answered else ""},
            ),
            UseForm(formdata=None),
            LeftForm(formdata=None, data={"plan": report.left_wish if report else None}),
            ClosingForm.asking(about_money=bool(shown.checklist.money)),
            ReopenGrantForm(formdata=None),
            _asked(shown),
            {line.position: line.what for line in _lines(award, report, receipts.rows)},
            receipts,
            promises_of([award])[award.id],
        )


def _lines(award: Award, report: Report | None, receipts: Sequence[Receipt]) -> Sequence[LineAsked]:
    """What the receipts are for, as the report has the lines, or else the bid's budget."""
    if not receipts or (report and report.lines):
        return lines_of(report) if report else []
    return receipt_lines(award, is_asked=True)


def _asked(shown: Reported) -> tuple[ChangeRequest, ChangeAnswerForm] | None:
    change = next(iter(shown.open_changes), None)
    return (change, ChangeAnswerForm.about(needs_reason=change.needs_reason)) if change else None
