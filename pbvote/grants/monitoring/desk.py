"""The monitoring board, for organisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of
from pbvote.grants.mentors.forms import MentorForm
from pbvote.grants.mentors.service import members_of, mentor_of, set_mentor
from pbvote.grants.monitoring.sheets import check_in_table
from pbvote.grants.visits import service
from pbvote.grants.visits.colour import RULE
from pbvote.grants.visits.view import HistoryView
from pbvote.people.models import Account
from pbvote.spreadsheets.answers import send_table

door = desk_door("monitoring", __name__, url_prefix="/desk/monitoring")


@door.get("/")
def board() -> ResponseReturnValue:
    """Every funded group by locality: its mentor, how it is doing, when the next visit is due."""
    return render_template("grants/monitoring/board.html", funded_groups=service.funded_groups(), rule=RULE)


@door.get("/check-ins.<kind>")
def sheet(kind: str) -> ResponseReturnValue:
    """Every check-in as a file, without the concerns."""
    return send_table(check_in_table(service.all_check_ins(), service.funded_groups()), "check-ins", kind)


def _award(award_id: int) -> Award:
    return award_of(award_id) or abort(404)


def _mentor_form(award: Award, form: MentorForm) -> MentorForm:
    members = members_of(award.event.share.locality_id)
    form.member.choices = [(str(member.id), member.name) for member in members]
    return form


def _award_page(award: Award, form: MentorForm) -> str:
    return render_template(
        "grants/monitoring/one_award.html",
        award=award,
        form=form,
        history_shown=HistoryView(service.check_ins_of(award, with_former=True), current_user.id, is_desk=True),
    )


@door.get("/<int:award_id>")
def award(award_id: int) -> ResponseReturnValue:
    """One award's check-ins, concerns included, and its mentor."""
    award = _award(award_id)
    mentor = mentor_of(award)
    shown = {"member": str(mentor.account_id), "next_on": service.planned_visit(award_id)} if mentor else {}
    return _award_page(award, _mentor_form(award, MentorForm(data=shown)))


@door.post("/<int:award_id>")
def choose_mentor(award_id: int) -> ResponseReturnValue:
    """Choose the award's mentor."""
    begin_write()
    award = _award(award_id)
    form = _mentor_form(award, MentorForm())
    if not form.validate():
        return _award_page(award, form), 422
    member = db.session.get_one(Account, int(form.member.data))
    set_mentor(award, member)
    service.plan_visit(award_id, form.next_on.data)
    db.session.commit()
    flash(f"{member.name} stays with this group.", "success")
    return redirect(url_for("monitoring_desk.board"))
