"""A partnership's actions, as its editors look at them again and again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.core.clock import today
from pbvote.core.reading import sent_number
from pbvote.db import begin_write, db
from pbvote.localities.models import Locality
from pbvote.localities.service import priorities_of
from pbvote.partnership.meetings.actions import service
from pbvote.partnership.meetings.actions.forms import ActionForm
from pbvote.partnership.meetings.actions.models import Action, ActionState
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.members.service import present_members
from pbvote.partnership.seen import SavedMeanwhile, SeenForm, differences

door = editor_door("actions", __name__, url_prefix="/my/partnership/<slug:slug>/actions")


def _page(locality: Locality, form: ActionForm, action: Action | None = None, changes: object = ()) -> str:
    shown = {"locality": locality, "form": form, "action": action, "changes": changes}
    return render_template("partnership/meetings/actions/one.html", **shown)


def _back(slug: str, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("actions_editor.kept", slug=slug))


@door.get("")
def kept(slug: str) -> ResponseReturnValue:
    """All actions, what is not done first."""
    locality = edited_partnership(slug)
    state = service.state_named(request.args.get("state"))
    found = service.kept_actions(locality, sent_number(request.args.get("page")) or 1, state)
    shown = {"found": found, "state": state, "all_states": ActionState}
    return render_template("partnership/meetings/actions/kept.html", locality=locality, **shown)


@door.get("/new")
def new(slug: str) -> ResponseReturnValue:
    """The form for an action that comes from no meeting."""
    locality = edited_partnership(slug)
    form = ActionForm(formdata=None, data={"state": ActionState.OPEN})
    return _page(locality, form.offer(present_members(locality), priorities_of(locality)))


@door.post("/new")
def add(slug: str) -> ResponseReturnValue:
    """Add it. Everybody reads it at once."""
    begin_write()
    locality = edited_partnership(slug)
    members = present_members(locality)
    form = ActionForm().offer(members, priorities_of(locality, hold=True))
    if not form.validate():
        return _page(locality, form), 422
    action = service.add_action(locality, form.said(members), current_user)
    service.stand_at_first(action, ActionState(form.state.data), form.why.data, today())
    db.session.commit()
    return _back(slug, "The action is saved. Everybody can read it.")


def _action(slug: str, action_id: int) -> tuple[Locality, Action]:
    locality = edited_partnership(slug)
    return locality, service.action_of(locality, action_id) or abort(404)


@door.get("/<int:action_id>")
def one(slug: str, action_id: int) -> ResponseReturnValue:
    """One action, to look at again."""
    locality, action = _action(slug, action_id)
    form = ActionForm(formdata=None, data=ActionForm.data_of(action))
    return _page(locality, form.offer(present_members(locality), priorities_of(locality)), action)


@door.post("/<int:action_id>")
def look(slug: str, action_id: int) -> ResponseReturnValue:
    """Say how far it is."""
    begin_write()
    locality, action = _action(slug, action_id)
    members = present_members(locality)
    form = ActionForm().offer(members, priorities_of(locality, hold=True))
    if not form.validate():
        return _page(locality, form, action), 422
    state = ActionState(form.state.data)
    try:
        service.look_at_action(action, form.said(members), state, form.why.data, form.version_seen, current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        locality, action = _action(slug, action_id)
        theirs = ActionForm(formdata=None, data=ActionForm.data_of(action)).offer(members, priorities_of(locality))
        form.show_again(action)
        return _page(locality, form, action, differences(form, theirs)), refusal.status
    db.session.commit()
    return _back(slug, "Saved, as looked at today.")


@door.post("/<int:action_id>/looked-at")
def look_unchanged(slug: str, action_id: int) -> ResponseReturnValue:
    """Note that it was looked at today and nothing changed, in one press."""
    begin_write()
    _, action = _action(slug, action_id)
    is_noted = service.look_unchanged(action, SeenForm().version_seen)
    db.session.commit()
    said = "is as it was, and looked at today" if is_noted else "was changed by somebody meanwhile: read it first"
    flash(f"“{action.what}” {said}.", "success" if is_noted else "warning")
    if "from_plan" in request.form:
        return redirect(url_for("plan_editor.kept", slug=slug))
    page, state = sent_number(request.form.get("page")), service.state_named(request.form.get("state"))
    return redirect(url_for("actions_editor.kept", slug=slug, page=page, state=state and state.value))


@door.post("/<int:action_id>/remove")
def remove(slug: str, action_id: int) -> ResponseReturnValue:
    """Delete one that was entered by mistake."""
    begin_write()
    _, action = _action(slug, action_id)
    service.remove_action(action)
    db.session.commit()
    return _back(slug, "The action is deleted.")
