"""Reports, for organisers: what waits, one grant's report, thanks, money that is left, closing."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.files.pictures import LARGE
from pbvote.files.sending import picture
from pbvote.grants.awards.by_address import award_at, award_to_move
from pbvote.grants.awards.models import Award
from pbvote.grants.reports import changing, closing, thanking, unreported
from pbvote.grants.reports.forms import ChangeAnswerForm, ClosingForm, LeftForm, ReopenGrantForm, ThanksForm, UseForm
from pbvote.grants.reports.models import LeftPlan, Report
from pbvote.grants.reports.receipts import receipt_of
from pbvote.grants.reports.refusals import AlreadyThanked, ChangeAnswered, NotReadyToClose, ReasonNeeded
from pbvote.grants.reports.service import ReportStep, desk_rows, report_of
from pbvote.grants.reports.view import MANNERS, DeskView

door = desk_door("reports", __name__, url_prefix="/desk")
door.add_app_template_global(unreported.unreported_before)


def _report(award: Award) -> Report:
    return report_of(award) or abort(404)


def _page(award: Award, view: DeskView | None = None, refused: Form | None = None, unsent: str = "") -> str:
    """The page; of its forms, the one that was refused is named. `unsent` is what came after somebody else's answer."""
    view = view or DeskView.of(award)
    shown = {"award": award, "view": view, "manners": MANNERS, "unsent": unsent}
    return render_template("grants/reports/desk.html", form=refused, **shown)


def _back(award_id: int, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("reports_desk.one", award_id=award_id))


@door.get("/reports/")
def reports() -> ResponseReturnValue:
    """Reports to answer with their last day, what groups ask, what is late, what can be closed: of all, or an event."""
    slug = request.args.get("event", "")
    rows = [row for row in desk_rows() if slug in {"", row.award.event.slug}]
    steps = {step: [row for row in rows if row.step is step] for step in ReportStep}
    asked = [row for row in rows if row.open_changes]
    left = [row for row in rows if row.has_left_to_agree]
    opened = [row for row in rows if row.report and row.report.is_open]
    event = rows[0].award.event if slug and rows else None
    waits = {"steps": steps, "asked": asked, "left": left, "opened": opened}
    return render_template("grants/reports/reports.html", **waits, event=event, slug=slug)


@door.get("/awards/<int:award_id>/report")
def one(award_id: int) -> ResponseReturnValue:
    """One grant's report, and what comes next."""
    return _page(award_at(award_id))


@door.get("/awards/<int:award_id>/report/photo.jpg")
def photo(award_id: int) -> Response:
    """The report's photo."""
    found = _report(award_at(award_id))
    return picture(found.photo, LARGE) if found.photo else abort(404)


@door.get("/awards/<int:award_id>/receipts/<int:receipt_id>.jpg")
def receipt(award_id: int, receipt_id: int) -> Response:
    """A receipt."""
    found = receipt_of(award_at(award_id), receipt_id) or abort(404)
    return picture(found.photo, LARGE)


@door.post("/awards/<int:award_id>/report/thank")
def thank(award_id: int) -> ResponseReturnValue:
    """Thank the group by name. Of two officers who do so at once, the second is shown what the first wrote."""
    begin_write()
    award, form = award_to_move(award_id), ThanksForm()
    report = _report(award)
    if report.is_answered:
        return _page(award, unsent=form.thanks.data), AlreadyThanked.status
    if not form.validate():
        view = DeskView.of(award)
        view.thanks = form
        return _page(award, view, form), 422
    try:
        thanking.thank(award, report, form.thanks.data, current_user)
    except AlreadyThanked as refusal:
        db.session.rollback()  # and read what the first officer has just written
        return _page(award_at(award_id), unsent=form.thanks.data), refusal.status
    db.session.commit()
    return _back(award_id, "The group is thanked. It has a letter, and reads it on its page.")


@door.post("/awards/<int:award_id>/report/ask")
def ask(award_id: int) -> ResponseReturnValue:
    """Ask the group for a report that is late."""
    begin_write()
    award = award_to_move(award_id)
    unreported.ask_for_report(award, current_user)
    db.session.commit()
    return _back(award_id, "The group is asked. Everybody who speaks for it gets a letter.")


@door.post("/awards/<int:award_id>/report/used")
def note_use(award_id: int) -> ResponseReturnValue:
    """Say where the report was used."""
    begin_write()
    award, form = award_to_move(award_id), UseForm()
    report = _report(award)
    thanking.require_to_tell(report)
    if not form.validate():
        view = DeskView.of(award)
        view.use = form
        return _page(award, view, form), 422
    thanking.note_use(award, report, form.used_in.data)
    db.session.commit()
    return _back(award_id, "The group is told.")


@door.post("/awards/<int:award_id>/report/left")
def agree(award_id: int) -> ResponseReturnValue:
    """Agree what becomes of money that is left."""
    begin_write()
    award, form = award_to_move(award_id), LeftForm()
    report = _report(award)
    thanking.require_to_settle(report)
    if not form.validate():
        view = DeskView.of(award)
        view.left = form
        return _page(award, view, form), 422
    verb = thanking.send_back if form.plan.data == LeftPlan.SEND_BACK else thanking.keep_left
    verb(award, report, current_user)
    db.session.commit()
    return _back(award_id, "Agreed. The group is told.")


@door.post("/awards/<int:award_id>/changes/<int:change_id>")
def answer(award_id: int, change_id: int) -> ResponseReturnValue:
    """Grant what a group asks, or refuse it. Of two officers, the second is shown what the first said."""
    begin_write()
    award = award_to_move(award_id)
    change = changing.change_of(award, change_id) or abort(404)
    form = ChangeAnswerForm.about(needs_reason=change.needs_reason, is_sent=True)
    if not change.is_open:
        return _page(award, unsent=form.answer.data), ChangeAnswered.status
    is_valid = form.validate()
    try:
        if is_valid:
            changing.answer_change(award, change, form.change_answer, current_user)
            db.session.commit()
            return _back(award_id, "Answered. The group is told.")
    except ChangeAnswered as refusal:
        db.session.rollback()  # and read what the first officer has just said
        return _page(award_at(award_id), unsent=form.answer.data), refusal.status
    except ReasonNeeded as refusal:
        form.refuse(str(refusal), "reason")
    view = DeskView.of(award)
    view.asked = (change, form)
    return _page(award, view, form), 422


@door.post("/awards/<int:award_id>/close")
def close(award_id: int) -> ResponseReturnValue:
    """Close the grant."""
    begin_write()
    award = award_to_move(award_id)
    report = report_of(award)
    form = ClosingForm.asking(about_money=bool(closing.checklist_of(award, report).money), is_sent=True)
    try:
        form.validate()
        closing.close(award, report, form.words, current_user)
    except NotReadyToClose as refusal:
        form.refuse(str(refusal))
        view = DeskView.of(award)
        view.closing = form
        return _page(award, view, form), 422
    db.session.commit()
    return _back(award_id, "The grant is closed. The group is thanked.")


@door.post("/awards/<int:award_id>/reopen")
def reopen(award_id: int) -> ResponseReturnValue:
    """Open a closed grant again, with a reason."""
    begin_write()
    award, form = award_to_move(award_id), ReopenGrantForm()
    closing.require_closed(award)
    if not form.validate():
        view = DeskView.of(award)
        view.reopening = form
        return _page(award, view, form), 422
    closing.reopen(award, form.words.data, current_user)
    db.session.commit()
    return _back(award_id, "The grant is open again.")
