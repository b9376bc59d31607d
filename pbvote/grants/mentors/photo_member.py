"""The photo that a member puts beside their name, and takes off at a press. For LP members."""

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import member_door
from pbvote.db import begin_write, db
from pbvote.files.forms import TOO_MANY_PHOTOS
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.grants.mentors.forms import MemberPhotoForm
from pbvote.grants.mentors.member import about_page
from pbvote.grants.mentors.photos import own_photo, put_photo, take_photo_off
from pbvote.people.tries import note, of_files, refuse_haste

door = member_door("member_photo", __name__, url_prefix="/my/about")


@door.get("/photo-<int:width>.jpg")
def photo(width: int) -> Response:
    """The member's own photo in one of its sizes."""
    shown = own_photo(current_user) if width in {SMALL, LARGE} else None
    return picture(shown or abort(404), width)


@door.post("/photo")
def put() -> ResponseReturnValue:
    """Put a photo there; another makes way."""
    sent = of_files(current_user.id)
    refuse_haste(sent, TOO_MANY_PHOTOS)
    form = MemberPhotoForm()
    if not form.validate() or form.new is None:  # which draws the photo again, while nobody waits for the database
        return about_page(photo_form=form), 422
    begin_write()
    put_photo(current_user, form.new)
    note(sent)
    db.session.commit()
    flash("Your groups see your photo from now on.", "success")
    return redirect(url_for("mentors_member.about"))


@door.post("/photo/remove")
def take_off() -> ResponseReturnValue:
    """Take it off for good."""
    begin_write()
    take_photo_off(current_user)
    db.session.commit()
    flash("The photo is deleted. Nobody sees it any more.", "success")
    return redirect(url_for("mentors_member.about"))
