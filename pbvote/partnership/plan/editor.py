"""Where a locality plan is kept: its stages, what to look at, and its groups under priorities."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.db import begin_write, db
from pbvote.localities.models import Locality
from pbvote.localities.service import priorities_of
from pbvote.partnership.meetings.actions.service import untouched_actions
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.plan import stages
from pbvote.partnership.plan.filing import FiledMeanwhile, file_groups, funded_in_plan
from pbvote.partnership.plan.forms import FilingForm
from pbvote.partnership.seen import differences

door = editor_door("plan", __name__, url_prefix="/my/partnership/<slug:slug>/plan")


@door.get("")
def kept(slug: str) -> ResponseReturnValue:
    """The stages, and the actions that nobody has looked at for a quarter."""
    locality = edited_partnership(slug)
    shown = {"stages": stages.shown_stages(locality), "untouched": untouched_actions(locality)}
    return render_template("partnership/plan/kept.html", locality=locality, usual=stages.USUAL_STAGES, **shown)


@door.post("/begin")
def begin(slug: str) -> ResponseReturnValue:
    """Begin with the usual stages."""
    begin_write()
    locality = edited_partnership(slug)
    try:
        stages.begin_plan(locality, current_user)
    except stages.PlanBegun:
        db.session.rollback()
        raise
    db.session.commit()
    flash("The plan has its stages. Everybody can read them. Change them as you like.", "success")
    return redirect(url_for("plan_editor.kept", slug=slug))


def _groups_page(locality: Locality, form: FilingForm, changes: object = ()) -> str:
    return render_template("partnership/plan/groups.html", locality=locality, form=form, changes=changes)


@door.get("/groups")
def groups(slug: str) -> ResponseReturnValue:
    """The funded groups, each with the priority that it stands under."""
    locality = edited_partnership(slug)
    return _groups_page(locality, FilingForm.of(funded_in_plan(locality), priorities_of(locality)))


@door.post("/groups")
def file(slug: str) -> ResponseReturnValue:
    """Put groups under priorities."""
    begin_write()
    locality = edited_partnership(slug)
    priorities, funded = priorities_of(locality, hold=True), funded_in_plan(locality)
    form = FilingForm.of(funded, priorities, is_sent=True)
    if not form.validate():
        return _groups_page(locality, form), 422
    try:
        file_groups(funded, form.was, form.to)
    except FiledMeanwhile as refusal:
        db.session.rollback()
        form.refuse(str(refusal))
        locality = edited_partnership(slug)
        theirs = FilingForm.of(funded_in_plan(locality), priorities_of(locality))
        form.show_again(theirs)
        return _groups_page(locality, form, differences(form, theirs)), refusal.status
    db.session.commit()
    flash("Saved. Everybody can read it in the plan.", "success")
    return redirect(url_for("plan_editor.kept", slug=slug))
