"""A group's own offers, for its contacts."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.db import begin_write, db
from pbvote.grants.awards import service
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.telling import told

door = group_door("awards", __name__, url_prefix="/my/awards")


def _mine(award_id: int) -> Award:
    """The award, where it is for a group of this contact's; else 404."""
    return service.award_of_contact(award_id, current_user) or abort(404)


@door.get("/")
def awards() -> ResponseReturnValue:
    """What the groups were offered."""
    awards = service.awards_of_contact(current_user)
    return render_template("grants/awards/my_awards.html", awards=awards, told=told(awards))


@door.post("/<int:award_id>/accept")
def accept(award_id: int) -> ResponseReturnValue:
    """Take the offer."""
    begin_write()
    service.accept_offer(_mine(award_id), current_user)
    db.session.commit()
    flash("You have accepted the offer. The council will send you the agreement.", "success")
    return redirect(url_for("awards_group.awards"))


@door.post("/<int:award_id>/decline")
def decline(award_id: int) -> ResponseReturnValue:
    """Do not take the offer."""
    begin_write()
    service.decline_offer(_mine(award_id), current_user)
    db.session.commit()
    flash("You have declined the offer.", "success")
    return redirect(url_for("awards_group.awards"))
