"""The fixed board reports, for anyone."""

from io import BytesIO

from flask import Response, abort, render_template, send_file
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.public_account.boards.document import board_document
from pbvote.public_account.boards.models import BoardReport
from pbvote.public_account.boards.service import all_reports, edition_after, fixed_report
from pbvote.public_account.boards.shown import BoardPaper

door = public_door("boards", __name__, url_prefix="/board-reports")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _fixed(report_id: int) -> BoardReport:
    return fixed_report(report_id) or abort(404)


@door.get("")
def listed() -> ResponseReturnValue:
    """All of them, the newest quarter first."""
    return render_template("public_account/boards/listed.html", reports=all_reports(fixed_only=True))


@door.get("/<int:report_id>")
def one(report_id: int) -> ResponseReturnValue:
    """One report."""
    report = _fixed(report_id)
    following = edition_after(report) if report.superseded_on else None
    return render_template("public_account/boards/one.html", paper=BoardPaper.of(report), following=following)


@door.get("/<int:report_id>.docx")
def document(report_id: int) -> Response:
    """The same as a document."""
    report = _fixed(report_id)
    return send_file(
        BytesIO(board_document(BoardPaper.of(report))), DOCX, download_name=f"board-report-{report.number}.docx"
    )
