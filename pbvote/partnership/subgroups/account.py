"""Join a sub-group, or leave it, by one press. For everybody with an account."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import signed_in_door
from pbvote.db import begin_write, db
from pbvote.partnership.subgroups import joining
from pbvote.partnership.subgroups.by_address import public_subgroup

door = signed_in_door("subgroups", __name__, url_prefix="/my/sub-groups/<slug:slug>/<int:subgroup_id>")


@door.post("/join")
def join(slug: str, subgroup_id: int) -> ResponseReturnValue:
    """Be in it: name and address are the account's."""
    begin_write()
    locality, found = public_subgroup(slug, subgroup_id)
    joining.join_with_account(found.subgroup, locality, current_user)
    db.session.commit()
    flash("You have joined.", "success")
    return redirect(url_for("subgroups.one", slug=slug, subgroup_id=subgroup_id))


@door.post("/leave")
def leave(slug: str, subgroup_id: int) -> ResponseReturnValue:
    """Be in it no more."""
    begin_write()
    _, found = public_subgroup(slug, subgroup_id)
    joining.leave_with_account(found.subgroup, current_user)
    db.session.commit()
    flash("You have left.", "success")
    return redirect(url_for("subgroups.one", slug=slug, subgroup_id=subgroup_id))
