"""My groups and the check-in, for LP members."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import member_door
from pbvote.db import begin_write, db
from pbvote.filters import day
from pbvote.grants.promises.keeping import choosable
from pbvote.grants.visits import service
from pbvote.grants.visits.correcting import own_check_in, reword
from pbvote.grants.visits.forms import STANDINGS, CheckInForm, CorrectionForm, kept_ids
from pbvote.grants.visits.gathering import awards_with_ids, others_of
from pbvote.grants.visits.models import CheckIn, Worry
from pbvote.grants.visits.stays import NotTheirTime
from pbvote.grants.visits.storing import BeforeAward, log_gathering
from pbvote.grants.visits.view import MemberView

door = member_door("visits", __name__, url_prefix="/my/groups")


def _mine(award_id: int) -> service.Visited:
    """The funded group, where this member stays or stayed with it; else 404."""
    return service.visited_group(award_id, current_user) or abort(404)


def _form(visited: service.Visited, form: CheckInForm) -> CheckInForm:
    """The form with what this member may choose. Whose time is over plans nothing and meets no others."""
    form.with_promises(choosable(visited.award.id))
    if not visited.stay.lasts:
        return form.for_visit(None, []).unplanned()
    return form.for_visit(visited.due_on, others_of(visited.award.id, current_user))


def _group_page(visited: service.Visited, form: CheckInForm) -> str:
    shown = MemberView.of(visited, current_user)
    return render_template("grants/visits/my_group.html", shown=shown, form=form)


@door.get("/")
def groups() -> ResponseReturnValue:
    """The groups that this member stays with, those longest due first."""
    mine = service.funded_groups_of(current_user)
    return render_template("grants/visits/my_groups.html", funded_groups=mine, standings=STANDINGS)


@door.get("/<int:award_id>")
def group(award_id: int) -> ResponseReturnValue:
    """The check-in form and what was logged before."""
    visited = _mine(award_id)
    return _group_page(visited, _form(visited, CheckInForm.fresh()))


@door.post("/<int:award_id>")
def log(award_id: int) -> ResponseReturnValue:
    """Store a check-in, about one group or several."""
    begin_write()
    visited = _mine(award_id)
    form = _form(visited, CheckInForm())
    if not form.validate():
        return _group_page(visited, form), 422
    try:
        worry = log_gathering([visited.award, *awards_with_ids(form.other_ids)], current_user, form.check_in)
    except (BeforeAward, NotTheirTime) as refusal:
        form.refuse(str(refusal), "met_on")
        return _group_page(visited, form), 422
    thanks = _thanks(visited, worry)
    db.session.commit()
    flash(thanks, "success")
    return redirect(url_for("visits_member.groups"))


def _thanks(visited: service.Visited, worry: Worry | None) -> str:
    """What the member is told: who answers, where they are worried."""
    if worry:
        return f"Thank you. {worry.officer_name or 'An officer'} answers you by {day(worry.due_on)}."
    if not visited.stay.lasts:
        return "Thank you. Your check-in is stored: you visited while you were the mentor."
    return "Thank you. Your check-in is stored."


def _own(award_id: int, check_in_id: int) -> CheckIn:
    """The check-in, where this member logged it; else 404."""
    return own_check_in(check_in_id, award_id, current_user) or abort(404)


@door.get("/<int:award_id>/check-ins/<int:check_in_id>")
def correction(award_id: int, check_in_id: int) -> ResponseReturnValue:
    """What the member wrote, to say it better while the group does not read it yet."""
    own = _own(award_id, check_in_id)
    return _correction_page(own, CorrectionForm.of(own, choosable(award_id, check_in_id)))


@door.post("/<int:award_id>/check-ins/<int:check_in_id>")
def correct(award_id: int, check_in_id: int) -> ResponseReturnValue:
    """Say it better; what it said stays on record."""
    begin_write()
    own = _own(award_id, check_in_id)
    form = CorrectionForm.of(own, choosable(award_id, check_in_id))
    if not form.validate():
        return _correction_page(own, form), 422
    reword(own, form.words.data, form.concern.data, kept_ids(form.kept))
    db.session.commit()
    flash("Your check-in is corrected.", "success")
    return redirect(url_for("visits_member.group", award_id=award_id))


def _correction_page(own: CheckIn, form: CorrectionForm) -> str:
    return render_template("grants/visits/correction.html", check_in=own, form=form)
