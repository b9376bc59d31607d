"""What members wrote about a group, for its contacts: a day after it was logged."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.grants.awards.service import award_of_contact
from pbvote.grants.visits.forms import CONTACT_METHODS
from pbvote.grants.visits.models import NEEDS
from pbvote.grants.visits.photos import is_shared, photo_at
from pbvote.grants.visits.service import shared_check_ins_of

door = group_door("visits", __name__, url_prefix="/my/awards")


@door.get("/<int:award_id>/visits")
def visits(award_id: int) -> ResponseReturnValue:
    """The words of each check-in, and nothing of what only officers read."""
    award = award_of_contact(award_id, current_user) or abort(404)
    return render_template(
        "grants/visits/group_visits.html",
        award=award,
        check_ins=shared_check_ins_of(award),
        contact_methods=CONTACT_METHODS,
        needs=NEEDS,
    )


@door.get("/<int:award_id>/check-ins/<int:check_in_id>/photo-<int:place>-<int:width>.jpg")
def photo(award_id: int, check_in_id: int, place: int, width: int) -> Response:
    """A photo in one of its sizes, once the group reads the words beside it."""
    award = award_of_contact(award_id, current_user) or abort(404)
    shown = photo_at(award.id, check_in_id, place, is_shared()) if width in {SMALL, LARGE} else None
    return picture((shown or abort(404)).photo, width)
