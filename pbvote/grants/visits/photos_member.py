"""Photos of visits, for the members who stay with the group; and away with one, by whoever sent it."""

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import member_door
from pbvote.db import begin_write, db
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.grants.visits.models import CheckIn
from pbvote.grants.visits.photos import photo_at, remove_photo
from pbvote.grants.visits.stays import stays_of

door = member_door("visit_photos", __name__, url_prefix="/my/groups")


@door.get("/<int:award_id>/check-ins/<int:check_in_id>/photo-<int:place>-<int:width>.jpg")
def photo(award_id: int, check_in_id: int, place: int, width: int) -> Response:
    """A photo in one of its sizes. Whose time with the group is over sees their own."""
    stay = stays_of([award_id], current_user).get(award_id) or abort(404)
    own = [] if stay.lasts else [CheckIn.account_id == current_user.id]
    shown = photo_at(award_id, check_in_id, place, *own) if width in {SMALL, LARGE} else None
    return picture((shown or abort(404)).photo, width)


@door.post("/<int:award_id>/check-ins/<int:check_in_id>/photo-<int:place>/remove")
def remove(award_id: int, check_in_id: int, place: int) -> ResponseReturnValue:
    """Take away a photo that this member sent, also after the day in which words are corrected."""
    begin_write()
    remove_photo(photo_at(award_id, check_in_id, place, CheckIn.account_id == current_user.id) or abort(404))
    db.session.commit()
    flash("The photo is removed.", "success")
    return redirect(url_for("visits_member.group", award_id=award_id))
