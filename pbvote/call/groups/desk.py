"""Groups that nobody can be written to about, and who speaks for them from now on. For organisers; auditors read."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.groups.forms import GroupContactForm
from pbvote.call.groups.models import Group
from pbvote.call.groups.service import add_contact, groups_without_contact
from pbvote.db import begin_write, db

door = desk_door("groups", __name__, url_prefix="/desk/groups")


def _group(group_id: int) -> Group:
    return db.session.get(Group, group_id) or abort(404)


@door.get("/without-contact")
def without_contact() -> ResponseReturnValue:
    """The groups without anybody to write to."""
    return render_template("call/groups/without_contact.html", groups=groups_without_contact())


@door.get("/<int:group_id>/contact")
def contact(group_id: int) -> ResponseReturnValue:
    """The form: who speaks for the group."""
    return render_template("call/groups/contact.html", group=_group(group_id), form=GroupContactForm(formdata=None))


@door.post("/<int:group_id>/contact")
def name_contact(group_id: int) -> ResponseReturnValue:
    """Let somebody speak for the group."""
    begin_write()
    group, form = _group(group_id), GroupContactForm()
    if not form.validate():
        return render_template("call/groups/contact.html", group=group, form=form), 422
    add_contact(group, form.name.data, form.email.data, form.phone.data)
    db.session.commit()
    flash(f"{form.name.data} speaks for {group.name} from now on. They sign in by a link that they ask for.", "success")
    return redirect(url_for("groups_desk.without_contact"))
