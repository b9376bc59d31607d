"""Where sub-groups are begun, changed and ended. For organisers and editors; auditors read it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.localities.models import Locality
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.members.service import present_members
from pbvote.partnership.seen import Changed, SavedMeanwhile, differences
from pbvote.partnership.subgroups import service
from pbvote.partnership.subgroups.by_address import edited_subgroup
from pbvote.partnership.subgroups.forms import EndSubgroupForm, SubgroupForm
from pbvote.partnership.subgroups.reading import ShownSubgroup, subgroups_of

door = editor_door("subgroups", __name__, url_prefix="/my/partnership/<slug:slug>/sub-groups")


@door.get("")
def listed(slug: str) -> ResponseReturnValue:
    """All of the partnership's."""
    locality = edited_partnership(slug)
    return render_template("partnership/subgroups/edited.html", locality=locality, shown=subgroups_of(locality))


def _new_page(locality: Locality, form: SubgroupForm) -> str:
    return render_template("partnership/subgroups/new.html", locality=locality, form=form)


@door.get("/new")
def new(slug: str) -> ResponseReturnValue:
    """The form for a new one."""
    locality = edited_partnership(slug)
    return _new_page(locality, SubgroupForm.offered(present_members(locality), is_sent=False))


@door.post("/new")
def begin(slug: str) -> ResponseReturnValue:
    """Begin it: everybody finds it."""
    begin_write()
    locality = edited_partnership(slug)
    form = SubgroupForm.offered(present_members(locality), is_sent=True)
    if not form.validate():
        return _new_page(locality, form), 422
    subgroup = service.begin_subgroup(locality, form.said(), current_user)
    db.session.commit()
    flash("Everybody finds it now.", "success")
    return redirect(url_for("subgroups_editor.one", slug=slug, subgroup_id=subgroup.id))


def _page(locality: Locality, found: ShownSubgroup, refused: Form | None = None, changes: object = ()) -> str:
    subgroup = found.subgroup
    shown = SubgroupForm.offered(present_members(locality), subgroup, is_sent=False)
    ends = EndSubgroupForm(formdata=None, data={"seen": str(subgroup.version)})
    return render_template(
        "partnership/subgroups/edit.html",
        locality=locality,
        found=found,
        form=refused if isinstance(refused, SubgroupForm) else shown,
        end_form=refused if isinstance(refused, EndSubgroupForm) else ends,
        refused=refused,
        changes=changes,
    )


@door.get("/<int:subgroup_id>")
def one(slug: str, subgroup_id: int) -> ResponseReturnValue:
    """One of them, to change or to end."""
    return _page(*edited_subgroup(slug, subgroup_id))


@door.post("/<int:subgroup_id>")
def change(slug: str, subgroup_id: int) -> ResponseReturnValue:
    """Say something else of it."""
    begin_write()
    locality, found = edited_subgroup(slug, subgroup_id)
    members = present_members(locality)
    form = SubgroupForm.offered(members, is_sent=True)
    service.hold_going(found.subgroup)
    if not form.validate():
        return _page(locality, found, form), 422
    try:
        service.change_subgroup(found.subgroup, form.said(), form.version_seen, current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        _, now = edited_subgroup(slug, subgroup_id)
        theirs = SubgroupForm.offered(members, now.subgroup, is_sent=False)
        changes: list[Changed] = differences(form, theirs)
        form.show_again(now.subgroup)
        return _page(locality, now, form, changes), refusal.status
    db.session.commit()
    return _back(slug, subgroup_id, "Saved.")


def _back(slug: str, subgroup_id: int, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("subgroups_editor.one", slug=slug, subgroup_id=subgroup_id))


@door.post("/<int:subgroup_id>/end")
def end(slug: str, subgroup_id: int) -> ResponseReturnValue:
    """End it, with the reason."""
    begin_write()
    locality, found = edited_subgroup(slug, subgroup_id)
    form = EndSubgroupForm()
    service.hold_going(found.subgroup)
    if not form.validate():
        return _page(locality, found, form), 422
    try:
        told = service.end_subgroup(found.subgroup, form.why.data, form.version_seen, current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        _, now = edited_subgroup(slug, subgroup_id)
        form.show_again(now.subgroup)
        return _page(locality, now, form), refusal.status
    db.session.commit()
    people = f"{told} {'person' if told == 1 else 'people'} had joined: "
    return _back(slug, subgroup_id, f"Ended. {people if told else ''}Nothing is kept of anybody.")
