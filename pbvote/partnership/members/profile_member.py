"""What a member shows to everybody. For the member."""

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, member_door
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.files.forms import TOO_MANY_PHOTOS
from pbvote.files.models import Photo
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.localities.models import Locality
from pbvote.partnership.members import profiles
from pbvote.partnership.members.by_address import own_partnership
from pbvote.partnership.members.forms import ProfilePhotoForm, ProfileWordsForm
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.members.shown import profiles_shown
from pbvote.people.tries import note, of_files, refuse_haste

door = member_door("profile", __name__, url_prefix="/my/partnership/<slug:slug>/profile")
door.add_app_template_global(profiles_shown)


def _own(slug: str) -> tuple[Locality, PartnershipMember]:
    """The partnership and the account's own entry in it; else 404."""
    locality = own_partnership(slug)
    if locality.id not in current_user.localities(Role.LP_MEMBER):
        abort(404)  # an organiser who is a member elsewhere
    return locality, profiles.profile_of(current_user, locality) or abort(404)


def _page(locality: Locality, member: PartnershipMember, refused: Form | None = None) -> str:
    profile = member.profile
    words = (profile.new_words or profile.words) if profile else ""
    words_form, photo_form = ProfileWordsForm(formdata=None, data={"words": words}), ProfilePhotoForm(formdata=None)
    return render_template(
        "partnership/members/own_profile.html",
        locality=locality,
        member=member,
        words_form=refused if isinstance(refused, ProfileWordsForm) else words_form,
        photo_form=refused if isinstance(refused, ProfilePhotoForm) else photo_form,
        refused=refused,
    )


@door.get("")
def own(slug: str) -> ResponseReturnValue:
    """What is public, what waits, and the forms for both."""
    return _page(*_own(slug))


@door.post("")
def write(slug: str) -> ResponseReturnValue:
    """Write words, for an editor to publish."""
    begin_write()
    locality, member = _own(slug)
    form = ProfileWordsForm()
    if not form.validate():
        return _page(locality, member, form), 422
    profiles.write_words(member, form.plain)
    db.session.commit()
    flash("Saved. An editor reads your words before anyone else does.", "success")
    return redirect(url_for("profile_member.own", slug=slug))


@door.post("/photo")
def give(slug: str) -> ResponseReturnValue:
    """Give a photo, for an editor to publish."""
    sent = of_files(current_user.id)
    refuse_haste(sent, TOO_MANY_PHOTOS)
    form = ProfilePhotoForm()
    if not form.validate() or form.new is None:  # which draws the photo again, while nobody waits for the database
        return _page(*_own(slug), form), 422
    begin_write()
    _, member = _own(slug)
    profiles.give_photo(member, form.new, current_user)
    note(sent)
    db.session.commit()
    flash("Saved. An editor sees your photo before anyone else does.", "success")
    return redirect(url_for("profile_member.own", slug=slug))


@door.post("/words/withdraw")
def withdraw_words(slug: str) -> ResponseReturnValue:
    """Take the words back at once."""
    begin_write()
    _, member = _own(slug)
    profiles.withdraw_words(member)
    db.session.commit()
    flash("Your words are deleted. Nobody reads them any more.", "success")
    return redirect(url_for("profile_member.own", slug=slug))


@door.post("/photo/withdraw")
def withdraw_photo(slug: str) -> ResponseReturnValue:
    """Take the photo back at once."""
    begin_write()
    _, member = _own(slug)
    profiles.withdraw_photo(member)
    db.session.commit()
    flash("Your photo is deleted. Nobody sees it any more.", "success")
    return redirect(url_for("profile_member.own", slug=slug))


def _sent(shown: Photo | None, width: int) -> Response:
    return picture((shown if width in {SMALL, LARGE} else None) or abort(404), width)


@door.get("/photo-<int:width>.jpg")
def photo(slug: str, width: int) -> Response:
    """The member's public photo, for the member."""
    _, member = _own(slug)
    return _sent(member.profile.photo if member.profile else None, width)


@door.get("/new-photo-<int:width>.jpg")
def new_photo(slug: str, width: int) -> Response:
    """The member's photo that waits, for the member."""
    _, member = _own(slug)
    return _sent(member.profile.new_photo if member.profile else None, width)
