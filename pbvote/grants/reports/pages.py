"""The page on which a report is written: by the group, its mentor, or an officer. `manner` says who."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import render_template, request

from pbvote.core.reading import sent_number
from pbvote.grants.awards.letters import promise_of
from pbvote.grants.awards.models import Award
from pbvote.grants.reports.drafts import draft_of, keep_draft_photo, save_draft
from pbvote.grants.reports.models import Report, ReportDraft, ReportManner
from pbvote.grants.reports.receipts import receipts_of, twins_of
from pbvote.grants.reports.refusals import AlreadySent, DoesNotAddUp, MoreLeftThanHad, OverTheAward, ReceiptsMissing
from pbvote.grants.reports.report_form import ReceiptForm, ReportForm
from pbvote.grants.reports.sending import require_reportable, send_report, visit_to_confirm
from pbvote.grants.reports.service import report_of, reported
from pbvote.grants.reports.sizes import LineAsked, lines_asked, rules_for, size_of
from pbvote.grants.visits.forms import CONTACT_METHODS, STANDINGS
from pbvote.people.models import Account
from pbvote.people.tries import note, of_files, refuse_haste

TOO_MANY = "You have sent many files in a short time. Wait {wait}, then send this one."


@dataclass
class Writing:
    """Somebody writes a report about an award."""

    award: Award
    manner: ReportManner
    by: Account

    @cached_property
    def lines(self) -> Sequence[LineAsked]:
        """The budget's lines of which the report has a figure."""
        return lines_asked(self.award)

    @cached_property
    def draft(self) -> ReportDraft | None:
        """What was typed before."""
        return draft_of(self.award.id, self.manner)

    def form(self, typed: Mapping[str, str] | None = None) -> ReportForm:
        """The form as it was sent, or filled in with what was typed before."""
        award = self.award
        has_photo = self.draft is not None and self.draft.photo_id is not None
        promised, currency = award.bid.who_benefits or promise_of(award.bid), award.event.share.round.currency
        return ReportForm.asking(size_of(award), self.lines, promised, currency, typed, has_photo=has_photo)

    def kept_form(self) -> ReportForm:
        """The form filled in with the draft."""
        return self.form(self.draft.typed if self.draft else {})

    def page(self, form: ReportForm, receipt: ReceiptForm | None = None) -> str:
        """The page with the form, the receipts, and for a small award the visit that could be the report."""
        award, lines = self.award, self.lines
        receipts = receipts_of(award) if lines else []
        is_groups = self.manner is ReportManner.WRITTEN
        return render_template(
            "grants/reports/write.html",
            award=award,
            manner=self.manner,
            form=form,
            draft=self.draft,
            lines={line.position: line.what for line in lines},
            receipts=receipts,
            twins=twins_of(receipts),
            receipt_form=receipt or (ReceiptForm.for_lines(lines) if lines else None),
            receipts_from=rules_for(award).receipts_from_pence,
            visit=visit_to_confirm(award) if is_groups else None,
            contact_methods=CONTACT_METHODS,
            standings=STANDINGS,
        )

    def sent_form(self) -> tuple[ReportForm, bool]:
        """The form as it was sent, its photo read while nobody waits for the database; whether all of it will do."""
        form, tries = self.form(), of_files(self.by.id)
        if form["photo"].data:
            refuse_haste(tries, TOO_MANY)
        is_valid = form.validate()
        return form, form.read_photo() and is_valid

    def require_unsent(self) -> None:
        """Raise `NotReportable`, or `AlreadySent`."""
        if report_of(self.award):
            raise AlreadySent
        require_reportable(self.award)

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
            return send_report(self.award, self.manner, form.report(self.lines), self.by)
        except OverTheAward as refusal:
            form.refuse(str(refusal), self.lines[0].field)
        except (MoreLeftThanHad, DoesNotAddUp) as refusal:
            form.refuse(str(refusal), "left_pence")
        except ReceiptsMissing as refusal:
            form.refuse(str(refusal), "why_no_receipt")
        return None


def report_or_form(writing: Writing) -> str:
    """The report once there is one; until then the form, filled in with what was typed before."""
    shown = reported(writing.award)
    if shown.report:
        return render_template("grants/reports/sent.html", award=writing.award, shown=shown)
    require_reportable(writing.award)
    return writing.page(writing.kept_form())


def seen_version() -> int:
    """The version of the draft that the writer's page showed."""
    return sent_number(request.form.get("version"))
