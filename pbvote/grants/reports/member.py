"""What a group tells its mentor, written down by the mentor. For LP members."""

from flask import abort, flash, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import member_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of
from pbvote.grants.reports.models import ReportManner
from pbvote.grants.reports.pages import Writing, report_or_form
from pbvote.grants.reports.refusals import FormerMentor
from pbvote.grants.visits.stays import require_apart, stays_of

door = member_door("reports", __name__, url_prefix="/my/groups/<int:award_id>/report")


def _award(award_id: int) -> Award:
    """The award whose group this member stays with; `FormerMentor` where they once did, else 404."""
    stay = stays_of([award_id], current_user).get(award_id) or abort(404)
    if not stay.lasts:
        raise FormerMentor
    return award_of(award_id) or abort(404)


def _writing(award_id: int) -> Writing:
    return Writing(_award(award_id), ReportManner.SPOKEN, current_user)


@door.get("")
def report(award_id: int) -> ResponseReturnValue:
    """The questions to ask; or the report, once there is one."""
    return report_or_form(_writing(award_id))


@door.post("")
def send(award_id: int) -> ResponseReturnValue:
    """Send what the group told. What can't be sent yet is kept as it was typed."""
    form, is_valid = _writing(award_id).sent_form()
    begin_write()
    require_apart([award_id], current_user)
    writing = _writing(award_id)
    sent = writing.send(form, is_valid=is_valid)
    db.session.commit()
    if sent is None:
        return writing.page(form), 422
    flash("Thank you. It is their report now, and they can read it.", "success")
    return redirect(url_for("reports_member.report", award_id=award_id))


@door.post("/draft")
def keep(award_id: int) -> ResponseReturnValue:
    """Keep what was typed, for the page's script."""
    begin_write()
    require_apart([award_id], current_user)
    writing = _writing(award_id)
    version = writing.keep(writing.form())
    db.session.commit()
    return jsonify(version=version)
