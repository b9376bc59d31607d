"""A group's mentor, for its contacts."""

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.db import begin_write, db
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of_contact
from pbvote.grants.mentors import service
from pbvote.grants.mentors.photos import photo_for_group
from pbvote.grants.mentors.shown import mentors_shown

door = group_door("mentors", __name__, url_prefix="/my/awards")
door.add_app_template_global(mentors_shown)


def _mine(award_id: int) -> Award:
    """The award, where it is for a group of this contact's; else 404."""
    return award_of_contact(award_id, current_user) or abort(404)


@door.post("/<int:award_id>/another-mentor")
def ask(award_id: int) -> ResponseReturnValue:
    """Ask for another mentor, without a reason."""
    begin_write()
    service.ask_for_another(_mine(award_id))
    db.session.commit()
    flash("We are looking for another mentor, and write to you once somebody is chosen.", "success")
    return redirect(url_for("awards_group.awards"))


@door.post("/<int:award_id>/keep-mentor")
def keep(award_id: int) -> ResponseReturnValue:
    """Keep the mentor after all."""
    begin_write()
    service.keep_mentor(_mine(award_id))
    db.session.commit()
    flash("You keep your mentor.", "success")
    return redirect(url_for("awards_group.awards"))


@door.get("/<int:award_id>/members/<int:account_id>/photo-<int:width>.jpg")
def photo(award_id: int, account_id: int, width: int) -> Response:
    """The photo of the mentor, or of whoever covers today, in one of its sizes."""
    award = _mine(award_id)
    shown = photo_for_group(award, account_id) if width in {SMALL, LARGE} else None
    return picture(shown or abort(404), width)
