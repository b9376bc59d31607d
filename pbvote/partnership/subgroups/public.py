"""A partnership's sub-groups, for anyone: what they do, how to join, and how to leave by a letter's link.

No GET does anything. Who is signed in joins at another door.
"""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import public_door
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.localities.by_address import public_locality
from pbvote.localities.models import Locality
from pbvote.partnership.subgroups import joining
from pbvote.partnership.subgroups.by_address import public_subgroup
from pbvote.partnership.subgroups.forms import JoinForm, JoiningLinkForm
from pbvote.partnership.subgroups.reading import ShownSubgroup, own_joining, subgroups_of
from pbvote.people.codes import typed_into
from pbvote.people.signing_in import csrf, later, place_of
from pbvote.people.tries import note, of_joiners, refuse_haste

door = public_door("subgroups", __name__)
csrf.exempt(door)  # a stranger's page could send no more than anybody can
TOO_MANY = "Many people have joined from here. Wait {wait}, then send it again."
DONE = {
    "sent": "Thank you",
    "in": "You have joined",
    "deleted": "Your name and address are deleted",
}


@door.get("/localities/<slug:slug>/sub-groups")
def listed(slug: str) -> ResponseReturnValue:
    """All of them, those that have ended last."""
    locality = public_locality(slug)
    return render_template("partnership/subgroups/listed.html", locality=locality, shown=subgroups_of(locality))


def _page(locality: Locality, found: ShownSubgroup, form: JoinForm) -> str:
    own = own_joining(found.subgroup, current_user) if current_user.is_authenticated else None
    return render_template("partnership/subgroups/one.html", locality=locality, found=found, form=form, own=own)


@door.get("/localities/<slug:slug>/sub-groups/<int:subgroup_id>")
def one(slug: str, subgroup_id: int) -> ResponseReturnValue:
    """One of them, with the form to join it."""
    return _page(*public_subgroup(slug, subgroup_id), JoinForm(formdata=None))


@door.post("/localities/<slug:slug>/sub-groups/<int:subgroup_id>")
def join(slug: str, subgroup_id: int) -> ResponseReturnValue:
    """Keep a name with an address, and write to that first. The page says the same to who has joined already."""
    begin_write()
    locality, found = public_subgroup(slug, subgroup_id)
    form = JoinForm()
    joining.require_open(found.subgroup)
    if not form.validate():
        return _page(locality, found, form), 422
    counts = of_joiners(form.contact.data, place_of(None))
    try:
        refuse_haste(counts, TOO_MANY)
        joining.join_by_contact(found.subgroup, locality, form.name.data, form.contact.data)
    except Refusal as refusal:
        form.refuse(str(refusal))
        return _page(locality, found, form), refusal.status, later(refusal)
    note(counts)
    db.session.commit()
    return redirect(url_for("subgroups.done", what="sent"))


def _confirm_page(form: JoiningLinkForm) -> str:
    return render_template("partnership/subgroups/confirm.html", form=form)


@door.get("/sub-groups/confirm")
def link() -> ResponseReturnValue:
    """Where the letter's link leads: the code, and two buttons."""
    return _confirm_page(JoiningLinkForm(formdata=None))


@door.post("/sub-groups/confirm")
def confirm() -> ResponseReturnValue:
    """Join, or delete what was typed: as the button says."""
    begin_write()
    form, deletes = JoiningLinkForm(), "delete" in request.form
    if not form.validate():
        return _confirm_page(form), 422
    with typed_into(form, lambda: _confirm_page(form)):
        (joining.delete_joining if deletes else joining.confirm_joining)(form.code.data)
    db.session.commit()
    return redirect(url_for("subgroups.done", what="deleted" if deletes else "in"))


@door.get("/sub-groups/leave/<code>")
def leave_page(code: str) -> ResponseReturnValue:
    """One button; of somebody who has left, that they have."""
    return render_template("partnership/subgroups/leave.html", code=code, is_in=joining.is_in(code))


@door.post("/sub-groups/leave/<code>")
def leave(code: str) -> ResponseReturnValue:
    """Leave: pressed on the page, or by a mail program, which follows no redirect."""
    begin_write()
    joining.leave_subgroup(code)
    db.session.commit()
    return render_template("partnership/subgroups/leave.html", code="", is_in=False)


@door.get("/sub-groups/done/<slug:what>")
def done(what: str) -> ResponseReturnValue:
    """That it is done, and what comes next."""
    return render_template("partnership/subgroups/done.html", title=DONE.get(what) or abort(404), what=what)
