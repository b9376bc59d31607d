"""A group's report, for its contacts."""

from flask import Response, abort, flash, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.db import begin_write, db
from pbvote.files.pictures import LARGE
from pbvote.files.sending import picture
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of_contact
from pbvote.grants.reports.former import require_not_former
from pbvote.grants.reports.models import Report, ReportManner
from pbvote.grants.reports.pages import TOO_MANY, Writing, report_or_form
from pbvote.grants.reports.receipts import add_receipt, receipt_of, remove_receipt
from pbvote.grants.reports.report_form import ReceiptForm
from pbvote.grants.reports.sending import confirm_visit
from pbvote.grants.reports.service import all_reported, reported
from pbvote.grants.reports.telling import report_words
from pbvote.people.tries import note, of_files, refuse_haste

door = group_door("reports", __name__, url_prefix="/my/awards/<int:award_id>")
door.add_app_template_global(all_reported)
door.add_app_template_global(report_words)


def own_award(award_id: int) -> Award:
    """The award, where it is for a group of this contact's; `FormerContact` where it was, else 404."""
    award = award_of_contact(award_id, current_user)
    if award is None:
        require_not_former(award_id, current_user)
        abort(404)
    return award


def _writing(award_id: int) -> Writing:
    return Writing(own_award(award_id), ReportManner.WRITTEN, current_user)


def _thanks(report: Report) -> str:
    return f"Thank you. We have your report, and answer by {day(report.answer_due_on)}."


@door.get("/report")
def report(award_id: int) -> ResponseReturnValue:
    """The form; or the report, with what the council answered."""
    return report_or_form(_writing(award_id))


@door.post("/report")
def send(award_id: int) -> ResponseReturnValue:
    """Send the report, or what is put right in it. What can't be sent yet is kept as it was typed, with its photo."""
    form, is_valid = _writing(award_id).sent_form()
    begin_write()
    writing = _writing(award_id)
    thanks = "Thank you. Your report is corrected." if writing.open_report else ""
    sent = writing.send(form, is_valid=is_valid)
    if sent:
        flash(thanks or _thanks(sent), "success")
    db.session.commit()
    return redirect(url_for("reports_group.report", award_id=award_id)) if sent else (writing.page(form), 422)


@door.post("/report/draft")
def keep(award_id: int) -> ResponseReturnValue:
    """Keep what was typed, for the page's script."""
    begin_write()
    writing = _writing(award_id)
    version = writing.keep(writing.form())
    db.session.commit()
    return jsonify(version=version)


@door.post("/report/visit")
def confirm(award_id: int) -> ResponseReturnValue:
    """“Yes, that’s how it was”: the mentor's visit is the report."""
    begin_write()
    writing = _writing(award_id)
    form = writing.visit_form()
    sent = confirm_visit(writing.award, form.check_in_id, current_user, form.kept_ids)
    flash(_thanks(sent), "success")
    db.session.commit()
    return redirect(url_for("reports_group.report", award_id=award_id))


@door.get("/report/photo.jpg")
def photo(award_id: int) -> Response:
    """The report's photo."""
    found = reported(own_award(award_id)).report
    return picture(found.photo, LARGE) if found and found.photo else abort(404)


@door.post("/receipts")
def add(award_id: int) -> ResponseReturnValue:
    """Keep a photo of a receipt; the same one twice is said."""
    writing, tries = _writing(award_id), of_files(current_user.id)
    writing.require_takes_receipts()
    refuse_haste(tries, TOO_MANY)
    form = ReceiptForm.for_lines(writing.receipt_lines)
    if not form.validate() or form.new is None:
        return writing.page(writing.kept_form(), form), 422
    begin_write()
    twins = add_receipt(own_award(award_id), int(form.position.data), form.new, current_user)
    note(tries)
    own = any(twin.award_id == award_id for twin in twins)
    db.session.commit()
    if own:
        flash(
            "This is the same photo as another receipt of yours. It is kept; remove one if that was a slip.",
            "information",
        )
    else:
        flash("The receipt is kept.", "success")
    return redirect(url_for("reports_group.report", award_id=award_id, _anchor="receipts"))


@door.get("/receipts/<int:receipt_id>.jpg")
def receipt(award_id: int, receipt_id: int) -> Response:
    """A receipt."""
    found = receipt_of(own_award(award_id), receipt_id) or abort(404)
    return picture(found.photo, LARGE)


@door.post("/receipts/<int:receipt_id>/remove")
def remove(award_id: int, receipt_id: int) -> ResponseReturnValue:
    """Take a receipt away."""
    begin_write()
    award = own_award(award_id)
    remove_receipt(award, receipt_of(award, receipt_id) or abort(404))
    db.session.commit()
    flash("The receipt is removed.", "success")
    return redirect(url_for("reports_group.report", award_id=award_id, _anchor="receipts"))
