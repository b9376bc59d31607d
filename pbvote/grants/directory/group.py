"""Stand in the directory, and take it back, for a group's contacts."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.db import begin_write, db
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of_contact
from pbvote.grants.directory.forms import ListingForm
from pbvote.grants.directory.listing import (
    Consent,
    OwnMatter,
    PhotoReplaced,
    StoryNamesContact,
    listed_since,
    listing_of,
    own_photo,
    require_listable,
    stand,
    take_back,
)
from pbvote.localities.service import wards_of

door = group_door("directory", __name__, url_prefix="/my/awards/<int:award_id>/directory")
door.add_app_template_global(listed_since)
SAID = {
    Consent.ALL: "Your group is out of the directory.",
    Consent.PHOTO: "The photo is not public any more.",
    Consent.STORY: "Your story is not public any more.",
    Consent.NEEDS: "What you could use is not public any more.",
    Consent.MENTOR: "Your page does not name your mentor any more.",
}


def _mine(award_id: int) -> Award:
    """The award, where it is for a group of this contact's and the group knows of it; else 404."""
    return award_of_contact(award_id, current_user) or abort(404)


def _form(award: Award, matter: OwnMatter) -> ListingForm:
    wards = wards_of([award.event.share.locality_id])
    return ListingForm.of(listing_of(award), wards, matter.photos, has_story=bool(matter.story))


def _page(award: Award, matter: OwnMatter, form: ListingForm) -> str:
    return render_template(
        "grants/directory/listing.html", award=award, listing=listing_of(award), matter=matter, form=form
    )


@door.get("")
def page(award_id: int) -> ResponseReturnValue:
    """What the directory would show, or shows, and since when."""
    award = _mine(award_id)
    require_listable(award)
    matter = OwnMatter.of(award)
    return _page(award, matter, _form(award, matter))


@door.post("")
def save(award_id: int) -> ResponseReturnValue:
    """Stand there from now on, as the form says."""
    begin_write()
    award = _mine(award_id)
    require_listable(award)
    matter = OwnMatter.of(award)
    form = _form(award, matter)
    if not form.validate():
        return _page(award, matter, form), 422
    try:
        stand(award, form.new, matter, current_user, was_listed=bool(form.was_listed.data))
    except StoryNamesContact as refusal:
        form.refuse(str(refusal), "story")
        return _page(award, matter, form), refusal.status
    except PhotoReplaced as refusal:
        form.refuse(str(refusal), "photo")
        return _page(award, matter, form), refusal.status
    db.session.commit()
    flash("Your group stands in the directory.", "success")
    return redirect(url_for("directory_group.page", award_id=award_id))


@door.post("/take-back")
def withdraw(award_id: int) -> ResponseReturnValue:
    """Show it no longer: all of it, or the part that was pressed."""
    begin_write()
    award = _mine(award_id)
    part = request.form.get("part", type=Consent) or abort(422)
    take_back(award, part)
    db.session.commit()
    flash(SAID[part], "success")
    return redirect(
        url_for("awards_group.awards") if part is Consent.ALL else url_for("directory_group.page", award_id=award_id)
    )


@door.get("/photos/<digest>-<int:width>.jpg")
def photo(award_id: int, digest: str, width: int) -> ResponseReturnValue:
    """A photo that the group has sent, so that it sees what it chooses."""
    found = own_photo(_mine(award_id), digest) if width in {SMALL, LARGE} else None
    return picture(found or abort(404), width)
