"""A partnership's members, for anyone."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.localities.by_address import public_locality
from pbvote.partnership.members.service import listed_members, public_photo_of

door = public_door("members", __name__, url_prefix="/localities/<slug:slug>/members")


@door.get("")
def listed(slug: str) -> ResponseReturnValue:
    """The members of today, and the former ones of the past year."""
    locality = public_locality(slug)
    members = listed_members(locality)
    return render_template(
        "partnership/members/listed.html",
        locality=locality,
        members=[member for member in members if member.is_present],
        former=[member for member in members if member.is_former],
    )


@door.get("/<int:member_id>/photo-<int:width>.jpg")
def photo(slug: str, member_id: int, width: int) -> Response:
    """The photo that a member shows to everybody. Nobody keeps a copy, so that it is gone once they take it back."""
    shown = public_photo_of(public_locality(slug), member_id) if width in {SMALL, LARGE} else None
    return picture(shown or abort(404), width)
