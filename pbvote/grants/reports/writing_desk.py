"""A report that came by telephone or on paper, written down by an officer."""

from flask import flash, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.by_address import award_at, award_to_move
from pbvote.grants.awards.impartial import require_impartial
from pbvote.grants.awards.models import Award
from pbvote.grants.reports.models import ReportManner
from pbvote.grants.reports.pages import Writing

door = desk_door("report_writing", __name__, url_prefix="/desk/awards/<int:award_id>/report/write")


def _writing(award: Award) -> Writing:
    return Writing(award, ReportManner.TYPED_IN, current_user)


@door.get("")
def report(award_id: int) -> ResponseReturnValue:
    """The form."""
    writing = _writing(award_at(award_id))
    writing.require_unsent()
    require_impartial(writing.award, current_user)
    return writing.page(writing.kept_form())


@door.post("")
def send(award_id: int) -> ResponseReturnValue:
    """Store the report. What can't be stored yet is kept as it was typed."""
    form, is_valid = _writing(award_at(award_id)).sent_form()
    begin_write()
    writing = _writing(award_to_move(award_id))
    sent = writing.send(form, is_valid=is_valid)
    db.session.commit()
    if sent is None:
        return writing.page(form), 422
    flash("The report is stored, and the group can read it.", "success")
    return redirect(url_for("reports_desk.one", award_id=award_id))


@door.post("/draft")
def keep(award_id: int) -> ResponseReturnValue:
    """Keep what was typed, for the page's script."""
    begin_write()
    writing = _writing(award_to_move(award_id))
    version = writing.keep(writing.form())
    db.session.commit()
    return jsonify(version=version)
