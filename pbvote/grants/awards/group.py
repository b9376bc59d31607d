"""A group's own offers, for its contacts."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.db import begin_write, db
from pbvote.grants.awards import service
from pbvote.grants.awards.forms import GiveBackForm
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.telling import told

door = group_door("awards", __name__, url_prefix="/my/awards")


def _mine(award_id: int) -> Award:
    """The award, where it is for a group of this contact's and the group knows of it; else 404."""
    return service.award_of_contact(award_id, current_user) or abort(404)


@door.get("/")
def awards() -> ResponseReturnValue:
    """What the groups were offered."""
    awards = service.awards_of_contact(current_user)
    return render_template("grants/awards/my_awards.html", awards=awards, told=told(awards))


@door.post("/<int:award_id>/decline")
def decline(award_id: int) -> ResponseReturnValue:
    """Do not take the offer."""
    begin_write()
    service.decline_offer(_mine(award_id), current_user)
    db.session.commit()
    flash("You have declined the offer.", "success")
    return redirect(url_for("awards_group.awards"))


def _give_back_page(award: Award, form: GiveBackForm) -> str:
    return render_template("grants/awards/give_back.html", award=award, form=form)


@door.get("/<int:award_id>/give-back")
def cannot(award_id: int) -> ResponseReturnValue:
    """“We can’t do it after all”: what happens then, and room for a sentence."""
    award = _mine(award_id)
    service.require_accepted(award)
    return _give_back_page(award, GiveBackForm())


@door.post("/<int:award_id>/give-back")
def give_back(award_id: int) -> ResponseReturnValue:
    """Give an accepted award back, before any money has gone out."""
    begin_write()
    award, form = _mine(award_id), GiveBackForm()
    if not form.validate():
        return _give_back_page(award, form), 422
    service.give_back(award, current_user, form.words.data)
    db.session.commit()
    flash("The money is back with the council. Thank you for telling us.", "success")
    return redirect(url_for("awards_group.awards"))
