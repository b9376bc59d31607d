"""Photos of visits, for organisers and auditors."""

from flask import Response, abort

from pbvote.access import desk_door
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.grants.visits.photos import photo_at

door = desk_door("visit_photos", __name__, url_prefix="/desk/monitoring")


@door.get("/<int:award_id>/check-ins/<int:check_in_id>/photo-<int:place>-<int:width>.jpg")
def photo(award_id: int, check_in_id: int, place: int, width: int) -> Response:
    """A photo in one of its sizes."""
    shown = photo_at(award_id, check_in_id, place) if width in {SMALL, LARGE} else None
    return picture((shown or abort(404)).photo, width)
