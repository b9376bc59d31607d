"""Where board reports are written and fixed. For organisers; auditors read."""

from io import BytesIO

from flask import Response, abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.partnership.seen import Changed, SavedMeanwhile, SeenForm, differences
from pbvote.public_account.boards import service
from pbvote.public_account.boards.document import board_document
from pbvote.public_account.boards.forms import BeginBoardForm, BoardCorrectionForm, BoardWordsForm
from pbvote.public_account.boards.models import BoardReport, Committee
from pbvote.public_account.boards.public import DOCX
from pbvote.public_account.boards.shown import BoardPaper
from pbvote.public_account.boards.stories import public_stories

door = desk_door("boards", __name__, url_prefix="/desk/board-reports")


def _report(report_id: int) -> BoardReport:
    return service.report_numbered(report_id) or abort(404)


def _fixed(report_id: int) -> BoardReport:
    return service.fixed_report(report_id) or abort(404)


def _draft(report_id: int) -> BoardReport:
    report = _report(report_id)
    if report.is_fixed:
        raise service.BoardReportFixed
    return report


def _to(report: BoardReport, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("boards_desk.one", report_id=report.id))


@door.get("")
def kept() -> ResponseReturnValue:
    """Drafts and fixed ones."""
    return render_template("public_account/boards/kept.html", reports=service.all_reports(fixed_only=False))


def _begin_page(form: BeginBoardForm) -> str:
    return render_template("public_account/boards/begin.html", form=form)


@door.get("/new")
def new() -> ResponseReturnValue:
    """The form for another one."""
    form = BeginBoardForm(formdata=None, data={"quarter": service.quarters_offered()[1].first.isoformat()})
    return _begin_page(form.offer(service.rounds_offered(), service.quarters_offered()))


@door.post("/new")
def begin() -> ResponseReturnValue:
    """Begin a draft."""
    begin_write()
    rounds, quarters = service.rounds_offered(), service.quarters_offered()
    form = BeginBoardForm().offer(rounds, quarters)
    if not form.validate():
        return _begin_page(form), 422
    round_ = next(each for each in rounds if str(each.id) == form.round.data)
    quarter = next(each for each in quarters if each.first.isoformat() == form.quarter.data)
    try:
        report = service.begin_report(Committee(form.committee.data), round_, quarter, current_user)
    except service.BoardReportBegun as refusal:
        form.refuse(str(refusal))
        return _begin_page(form), refusal.status
    db.session.commit()
    return _to(report, "The draft is begun. Its figures are there; the words are yours.")


@door.get("/<int:report_id>")
def one(report_id: int) -> ResponseReturnValue:
    """A report as the committee reads it, and what can be done with it."""
    report = _report(report_id)
    seen = SeenForm(formdata=None, data={"seen": str(report.version)})
    following = service.edition_after(report) if report.is_fixed else None
    shown = {"paper": BoardPaper.of(report), "form": seen, "following": following}
    return render_template("public_account/boards/draft.html", **shown)


@door.get("/<int:report_id>.docx")
def document(report_id: int) -> Response:
    """The same as a document."""
    drawn = BytesIO(board_document(BoardPaper.of(_report(report_id))))
    return send_file(drawn, DOCX, download_name=f"board-report-draft-{report_id}.docx")


def _words_page(report: BoardReport, form: BoardWordsForm, changes: object = ()) -> str:
    return render_template("public_account/boards/words.html", report=report, form=form, changes=changes)


@door.get("/<int:report_id>/words")
def words(report_id: int) -> ResponseReturnValue:
    """The words of a draft, to change."""
    report = _draft(report_id)
    form = BoardWordsForm(formdata=None, data=BoardWordsForm.data_of(report))
    return _words_page(report, form.offer(public_stories(report.round)))


@door.post("/<int:report_id>/words")
def write(report_id: int) -> ResponseReturnValue:
    """Save them."""
    begin_write()
    report = _draft(report_id)
    stories = public_stories(report.round)
    form = BoardWordsForm().offer(stories)
    if not form.validate():
        return _words_page(report, form), 422
    try:
        service.write_report(report, form.said(), form.chosen(), form.version_seen, current_user)
    except (SavedMeanwhile, service.NoRecord) as refusal:
        form.refuse(str(refusal))
        theirs = BoardWordsForm(formdata=None, data=BoardWordsForm.data_of(report)).offer(stories)
        changes: list[Changed] = differences(form, theirs) if isinstance(refusal, SavedMeanwhile) else []
        if changes:
            form.show_again(report)
        return _words_page(report, form, changes), refusal.status
    db.session.commit()
    return _to(report, "Saved.")


@door.post("/<int:report_id>/fix")
def fix(report_id: int) -> ResponseReturnValue:
    """Let everybody read it; from then on it stays as it is."""
    begin_write()
    report, form = _draft(report_id), SeenForm()
    service.fix_report(report, form.version_seen, current_user)
    db.session.commit()
    return _to(report, "The report is fixed. Everybody can read it.")


@door.get("/<int:report_id>/correct")
def error(report_id: int) -> ResponseReturnValue:
    """What is wrong in a fixed report?"""
    return _correct_page(_fixed(report_id), BoardCorrectionForm(formdata=None))


def _correct_page(report: BoardReport, form: BoardCorrectionForm) -> str:
    return render_template("public_account/boards/correct.html", report=report, form=form)


@door.post("/<int:report_id>/correct")
def correct(report_id: int) -> ResponseReturnValue:
    """Begin a corrected edition."""
    begin_write()
    report, form = _fixed(report_id), BoardCorrectionForm()
    if not form.validate():
        return _correct_page(report, form), 422
    try:
        edition = service.correct_report(report, form.said(), current_user)
    except Refusal as refusal:
        form.refuse(str(refusal))
        return _correct_page(report, form), refusal.status
    db.session.commit()
    return _to(edition, "A corrected edition is begun. The old one stands until you fix this.")


@door.post("/<int:report_id>/drop")
def drop(report_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    begin_write()
    service.drop_report(_report(report_id))
    db.session.commit()
    flash("The draft is deleted.", "success")
    return redirect(url_for("boards_desk.kept"))
