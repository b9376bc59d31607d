"""The page of a funded group, its photo, and the directory of a locality. For anyone."""

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.grants.directory.forms import DirectoryForm
from pbvote.grants.directory.listed import funded_without_listing, listed_in, tiles_of
from pbvote.grants.directory.page import GroupPage, group_pages, shown_photo
from pbvote.grants.directory.sheets import directory_table
from pbvote.grants.directory.way import Stop
from pbvote.localities.by_address import public_locality
from pbvote.paging import page_of
from pbvote.spreadsheets.answers import send_table

door = public_door("directory", __name__)
door.add_app_template_global(group_pages)


@door.get("/localities/<slug:slug>/groups")
def groups(slug: str) -> ResponseReturnValue:
    """The funded groups that stand in a locality's directory, and the other grants beneath."""
    locality = public_locality(slug)
    listed, form = listed_in(locality), DirectoryForm(request.args).offer(locality.wards)
    found = form.wanted.found_among(listed)
    return render_template(
        "grants/directory/groups.html",
        locality=locality,
        search=form,
        is_any=form.wanted.is_any,
        listed=listed,
        found=page_of(found, request.args.get("page", 1, type=int)),
        tiles=tiles_of(locality, listed, found),
        others=funded_without_listing(locality),
    )


@door.get("/localities/<slug:slug>/groups.<kind>")
def sheet(slug: str, kind: str) -> ResponseReturnValue:
    """The same groups as a file."""
    locality = public_locality(slug)
    found = DirectoryForm(request.args).offer(locality.wards).wanted.found_among(listed_in(locality))
    currency = found[0].currency if found else "GBP"
    return send_table(directory_table(found, currency), f"groups-{slug}", kind)


@door.get("/groups/<int:award_id>")
def group(award_id: int) -> ResponseReturnValue:
    """A funded group: what it does with the money, and how far it has come."""
    shown = GroupPage.of(award_id) or abort(404)
    return render_template("grants/directory/group.html", shown=shown, stops=Stop)


@door.get("/groups/<int:award_id>/photo-<int:width>.jpg")
def photo(award_id: int, width: int) -> Response:
    """The photo that it shows, in one of its sizes. Nobody keeps it: taken back, it is gone at once."""
    shown = shown_photo(award_id) if width in {SMALL, LARGE} else None
    return picture(shown or abort(404), width)
