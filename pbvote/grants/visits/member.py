"""My groups and the check-in, for LP members."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import member_door
from pbvote.db import begin_write, db
from pbvote.grants.visits import service
from pbvote.grants.visits.forms import COLOURS, CONTACT_METHODS, STANDINGS, CheckInForm
from pbvote.grants.visits.models import NEEDS

door = member_door("visits", __name__, url_prefix="/my/groups")


def _mine(award_id: int) -> service.FundedGroup:
    """The funded group, where this member is its mentor; else 404."""
    return service.funded_group_of(award_id, current_user) or abort(404)


def _group_page(funded: service.FundedGroup, form: CheckInForm) -> str:
    return render_template(
        "grants/visits/my_group.html",
        funded=funded,
        form=form,
        check_ins=service.check_ins_of(funded.award),
        contact_methods=CONTACT_METHODS,
        standings=STANDINGS,
        colours=COLOURS,
        needs=NEEDS,
    )


@door.get("/")
def groups() -> ResponseReturnValue:
    """The groups that this member stays with, those longest due first."""
    return render_template(
        "grants/visits/my_groups.html",
        funded_groups=service.funded_groups_of(current_user),
        standings=STANDINGS,
        colours=COLOURS,
    )


@door.get("/<int:award_id>")
def group(award_id: int) -> ResponseReturnValue:
    """The check-in form and what was logged before."""
    funded = _mine(award_id)
    return _group_page(funded, CheckInForm.fresh().keep(funded.due_on))


@door.post("/<int:award_id>")
def log(award_id: int) -> ResponseReturnValue:
    """Store a check-in."""
    begin_write()
    funded = _mine(award_id)
    form = CheckInForm().keep(funded.due_on)
    if not form.validate():
        return _group_page(funded, form), 422
    try:
        service.log_check_in(funded.award, current_user, form.check_in)
    except service.BeforeAward as refusal:
        form.refuse(str(refusal), "met_on")
        return _group_page(funded, form), 422
    db.session.commit()
    flash("Thank you. Your check-in is stored.", "success")
    return redirect(url_for("visits_member.groups"))
