"""The page on which a report is written or corrected: by the group, its mentor, or an officer. `manner` says who."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import render_template, request

from pbvote.core.reading import sent_number
from pbvote.grants.awards.models import Award
from pbvote.grants.promises.accepting import promises_of
from pbvote.grants.promises.models import KeptBy, Promise
from pbvote.grants.reports.correcting import correct_report, lines_of
from pbvote.grants.reports.drafts import Typed, draft_of, keep_draft_photo, save_draft
from pbvote.grants.reports.forms import VisitForm
from pbvote.grants.reports.models import Report, ReportDraft, ReportManner
from pbvote.grants.reports.receipts import Receipts, require_unsent
from pbvote.grants.reports.refusals import (
    DoesNotAddUp,
    LessLeftThanCameBack,
    MoreLeftThanHad,
    NoReceiptsAsked,
    OverTheAward,
    ReceiptsMissing,
)
from pbvote.grants.reports.report_form import Questions, ReceiptForm, ReportForm, said_in
from pbvote.grants.reports.sending import NewReport, require_reportable, send_report, visit_to_confirm
from pbvote.grants.reports.service import Reported, reported
from pbvote.grants.reports.sizes import LineAsked, lines_asked, receipt_lines, rules_for, size_of
from pbvote.grants.visits.forms import CONTACT_METHODS, STANDINGS
from pbvote.people.models import Account
from pbvote.people.tries import note, of_files, refuse_haste

TOO_MANY = "You have sent many files in a short time. Wait {wait}, then send this one."


@dataclass
class Writing:
    """Somebody writes a report about an award, or corrects the one that was sent."""

    award: Award
    manner: ReportManner
    by: Account

    @cached_property
    def shown(self) -> Reported:
        """The award, its report if one is sent, and what was asked."""
        return reported(self.award)

    @property
    def open_report(self) -> Report | None:
        """The report that is corrected; None where none is sent, or it is not open for that."""
        report = self.shown.report
        return report if report and report.is_open else None

    @cached_property
    def lines(self) -> Sequence[LineAsked]:
        """The budget's lines of which the report has a figure."""
        return lines_of(self.open_report) if self.open_report else lines_asked(self.award)

    @cached_property
    def receipt_lines(self) -> Sequence[LineAsked]:
        """What photos of receipts may be for."""
        return self.lines or receipt_lines(self.award, is_asked=self.shown.receipts_asked is not None)

    @cached_property
    def all_promises(self) -> Sequence[Promise]:
        """What the group promised, the first due in front."""
        return promises_of([self.award])[self.award.id]

    @property
    def promises(self) -> Sequence[Promise]:
        """Those that the report can tick: nobody has seen them kept, or the report said so that is corrected."""
        return [each for each in self.all_promises if not each.is_kept or each.kept_by is KeptBy.REPORT]

    @cached_property
    def draft(self) -> ReportDraft | None:
        """What was typed before."""
        return draft_of(self.award.id, self.manner)

    @property
    def has_photo(self) -> bool:
        """Whether a photo is kept, with the draft or with the report that is corrected."""
        return any(each is not None and each.photo_id is not None for each in (self.draft, self.open_report))

    @property
    def questions(self) -> Questions:
        """What the report is asked."""
        award, report = self.award, self.open_report
        return Questions(
            size=report.size if report else size_of(award),
            lines=self.lines,
            currency=award.event.share.round.currency,
            benefits=" ".join(award.bid.who_benefits.split()),
            promises=self.promises,
            has_photo=self.has_photo,
            is_about_receipts=bool(self.receipt_lines),
        )

    def form(self, typed: Typed | None = None) -> ReportForm:
        """The form as it was sent, or filled in with what was typed before."""
        return ReportForm.asking(self.questions, typed)

    def kept_form(self) -> ReportForm:
        """The form filled in with the draft; before there is one, with what the report says that is corrected."""
        if self.open_report and self.draft is None:
            return ReportForm.asking(self.questions, said=said_in(self.open_report, self.promises))
        return self.form(self.draft.typed if self.draft else {})

    def visit_form(self) -> VisitForm:
        """“Yes, that’s how it was”, as it was sent."""
        return VisitForm().about(None, self.promises)

    def page(self, form: ReportForm, receipt: ReceiptForm | None = None) -> str:
        """The page with the form, the receipts, and for a small award the visit that could be the report."""
        award, lines = self.award, self.receipt_lines
        receipts = Receipts.of(award) if lines else Receipts()
        is_groups = self.manner is ReportManner.WRITTEN and not self.open_report
        visit = visit_to_confirm(award) if is_groups else None
        return render_template(
            "grants/reports/write.html",
            award=award,
            manner=self.manner,
            form=form,
            draft=self.draft,
            has_photo=self.has_photo,
            open_report=self.open_report,
            kept=[promise for promise in self.all_promises if promise not in self.promises],
            lines={line.position: line.what for line in lines},
            receipts=receipts.rows,
            twins=receipts.twins,
            receipt_form=receipt or (ReceiptForm.for_lines(lines) if lines else None),
            receipts_asked=self.shown.receipts_asked,
            receipts_from=rules_for(award).receipts_from_pence,
            visit=visit,
            visit_form=VisitForm(formdata=None).about(visit, self.promises) if visit else None,
            contact_methods=CONTACT_METHODS,
            standings=STANDINGS,
        )

    def sent_form(self) -> tuple[ReportForm, bool]:
        """The form as it was sent, its photo read while nobody waits for the database; whether all of it will do."""
        form, tries = self.form(), of_files(self.by.id)
        if form["photo"].data:
            refuse_haste(tries, TOO_MANY)
        return form, form.validate()

    def require_unsent(self) -> None:
        """Raise `NotReportable`, or `AlreadySent` unless it is open to be corrected."""
        require_unsent(self.award)
        require_reportable(self.award)

    def require_takes_receipts(self) -> None:
        """Raise as `require_unsent` does, and `NoReceiptsAsked` where the report asks for none."""
        self.require_unsent()
        if not self.receipt_lines:
            raise NoReceiptsAsked

    def keep(self, form: ReportForm) -> int:
        """Keep what was typed, and the photo. Its version; raises `NotReportable`, `AlreadySent` and `DraftMoved`."""
        self.require_unsent()
        version = save_draft(self.award, self.manner, form.typed(request.form), seen_version(), self.by)
        if form.new:
            note(of_files(self.by.id))
            keep_draft_photo(self.award, self.manner, form.new, self.by)
        self.__dict__.pop("draft", None)  # the page that follows shows what is kept now
        return version

    def send(self, form: ReportForm, *, is_valid: bool) -> Report | None:
        """Keep what was typed and send it; None where something in it is to be put right first."""
        if self.keep(form) and not is_valid:
            return None
        try:
            return self._sent(form.report(self.lines))
        except OverTheAward as refusal:
            form.refuse(str(refusal), self.lines[0].field)
        except (MoreLeftThanHad, DoesNotAddUp, LessLeftThanCameBack) as refusal:
            form.refuse(str(refusal), "left_pence")
        except ReceiptsMissing as refusal:
            form.refuse(str(refusal), "why_no_receipt")
        return None

    def _sent(self, new: NewReport) -> Report:
        report = self.open_report
        if report is None:
            return send_report(self.award, self.manner, new, self.by)
        correct_report(self.award, report, self.manner, new, self.by)
        return report


def report_or_form(writing: Writing) -> str:
    """The report once there is one that nobody corrects; until then the form, filled in with what was typed before."""
    shown = writing.shown
    if shown.report and not shown.report.is_open:
        said = {"shown": shown, "promises": writing.all_promises}
        return render_template("grants/reports/sent.html", award=writing.award, **said)
    require_reportable(writing.award)
    return writing.page(writing.kept_form())


def seen_version() -> int:
    """The version of the draft that the writer's page showed."""
    return sent_number(request.form.get("version"))
