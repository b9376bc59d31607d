"""Profiles that wait: read beside what is public, published, or sent back. For organisers and editors."""

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.db import begin_write, db
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.localities.models import Locality
from pbvote.partnership.members import letters, profiles, service
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.members.forms import SendBackForm
from pbvote.partnership.members.models import PartnershipMember

door = editor_door("profiles", __name__, url_prefix="/my/partnership/<slug:slug>/profiles/<int:member_id>")


def _member(locality: Locality, member_id: int) -> PartnershipMember:
    return service.member_of(locality, member_id) or abort(404)


def _page(locality: Locality, member: PartnershipMember, form: SendBackForm) -> str:
    return render_template("partnership/members/waiting.html", locality=locality, member=member, form=form)


@door.get("")
def one(slug: str, member_id: int) -> ResponseReturnValue:
    """What waits, beside what is public."""
    locality = edited_partnership(slug)
    member = _member(locality, member_id)
    version = str(member.profile.version) if member.profile else ""
    return _page(locality, member, SendBackForm(formdata=None, data={"seen": version}))


@door.get("/new-photo-<int:width>.jpg")
def photo(slug: str, member_id: int, width: int) -> Response:
    """The photo that waits."""
    profile = _member(edited_partnership(slug), member_id).profile
    shown = profile.new_photo if profile and width in {SMALL, LARGE} else None
    return picture(shown or abort(404), width)


@door.post("/publish")
def publish(slug: str, member_id: int) -> ResponseReturnValue:
    """Let everybody see what waits."""
    begin_write()
    locality = edited_partnership(slug)
    member, form = _member(locality, member_id), SendBackForm()
    profiles.publish_profile(member, form.version_seen, current_user)
    letters.say_published(member, locality)
    db.session.commit()
    flash(f"The profile of {member.name} is public.", "success")
    return redirect(url_for("partnership_editor.overview", slug=slug))


@door.post("/send-back")
def send_back(slug: str, member_id: int) -> ResponseReturnValue:
    """Ask the member to change it."""
    begin_write()
    locality = edited_partnership(slug)
    member, form = _member(locality, member_id), SendBackForm()
    profiles.require_waiting(member)
    if not form.validate():
        return _page(locality, member, form), 422
    profiles.send_profile_back(member, form.why.data, form.version_seen)
    letters.say_sent_back(member, locality, form.why.data)
    db.session.commit()
    flash(f"We write to {member.name}.", "success")
    return redirect(url_for("partnership_editor.overview", slug=slug))
