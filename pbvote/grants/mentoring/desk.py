"""The monitoring board, for organisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of
from pbvote.grants.mentoring import service
from pbvote.grants.mentoring.forms import COLOURS, CONTACT_METHODS, STANDINGS, MentorForm
from pbvote.grants.mentoring.models import NEEDS, Mentor
from pbvote.grants.mentoring.sheets import check_in_table
from pbvote.people.models import Account
from pbvote.spreadsheets.answers import send_table

door = desk_door("mentoring", __name__, url_prefix="/desk/monitoring")


@door.get("/")
def board() -> ResponseReturnValue:
    """Every funded group by locality: its mentor, how it is doing, when the next visit is due."""
    return render_template(
        "grants/mentoring/board.html", funded_groups=service.funded_groups(), standings=STANDINGS, colours=COLOURS
    )


@door.get("/check-ins.<kind>")
def sheet(kind: str) -> ResponseReturnValue:
    """Every check-in as a file, without the concerns."""
    return send_table(check_in_table(service.all_check_ins()), "check-ins", kind)


def _award(award_id: int) -> Award:
    return award_of(award_id) or abort(404)


def _mentor_form(award: Award, form: MentorForm) -> MentorForm:
    members = service.members_of(award.event.share.locality_id)
    form.member.choices = [(str(member.id), member.name) for member in members]
    return form


def _award_page(award: Award, form: MentorForm) -> str:
    return render_template(
        "grants/mentoring/one_award.html",
        award=award,
        form=form,
        check_ins=service.check_ins_of(award),
        contact_methods=CONTACT_METHODS,
        standings=STANDINGS,
        colours=COLOURS,
        needs=NEEDS,
    )


@door.get("/<int:award_id>")
def award(award_id: int) -> ResponseReturnValue:
    """One award's check-ins, concerns included, and its mentor."""
    award = _award(award_id)
    mentor = db.session.get(Mentor, award_id)
    shown = {"member": str(mentor.account_id), "next_on": mentor.next_on} if mentor else {}
    return _award_page(award, _mentor_form(award, MentorForm(data=shown)))


@door.post("/<int:award_id>")
def set_mentor(award_id: int) -> ResponseReturnValue:
    """Choose the award's mentor."""
    begin_write()
    award = _award(award_id)
    form = _mentor_form(award, MentorForm())
    if not form.validate():
        return _award_page(award, form), 422
    member = db.session.get_one(Account, int(form.member.data))
    service.set_mentor(award, member, form.next_on.data)
    db.session.commit()
    flash(f"{member.name} stays with this group.", "success")
    return redirect(url_for("mentoring_desk.board"))
