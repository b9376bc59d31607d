"""What a member's phone kept without a network, and hands over once there is one: words first, then each photo.

It may have waited for days, on a page whose session is gone and whose token is out of date. So these two views take no
token. In its place the browser says that a page of ours sends it (`refuse_strangers`), and the item says whose it is:
where somebody else is signed in on that phone by now, nothing of it is stored. The answers are JSON.
"""

import datetime as dt
import re
from contextlib import suppress
from typing import Final

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import member_door
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.files.pictures import NewPhoto, read_photo
from pbvote.files.refusals import EmptyFile, FileRefused, TooManyAtOnce
from pbvote.grants.visits.correcting import own_check_in, own_check_ins
from pbvote.grants.visits.forms import CheckInForm
from pbvote.grants.visits.models import CheckIn
from pbvote.grants.visits.photos import NotAgreed, TooManyPhotos, add_photo_to_each
from pbvote.grants.visits.service import visited_group
from pbvote.grants.visits.stays import BelongsToIt
from pbvote.grants.visits.storing import NotAMentor
from pbvote.grants.visits.taking import for_member, take
from pbvote.own_scripts import refuse_strangers
from pbvote.people.signing_in import csrf
from pbvote.people.tries import note, of_files, refuse_haste

door = member_door("outbox", __name__, url_prefix="/my/groups")
csrf.exempt(door)  # what a phone kept outlives the session, and says whose it is
TOO_MANY: Final = "You have sent many photos in a short time. The others follow in {wait}."
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")


@door.before_request
def refuse_others() -> None:
    """Take what a page of ours sends, and what the person wrote who is signed in now."""
    refuse_strangers()
    if request.form.get("account") != str(current_user.id):
        abort(403)


def _refused(why: Refusal, status: int = 422) -> ResponseReturnValue:
    return jsonify(said=str(why)), status


@door.post("/<int:award_id>/outbox")
def take_words(award_id: int) -> ResponseReturnValue:
    """Store a check-in, once; its number, under which its photos follow, and those of other groups that get them."""
    begin_write()
    visited = visited_group(award_id, current_user)
    if visited is None:
        return _refused(NotAMentor())
    form = for_member(visited, CheckInForm(meta={"csrf": False}), current_user)
    with suppress(ValueError):
        form.saved_on = dt.date.fromisoformat(request.form.get("saved_on", ""))
    try:
        taken = take(visited, form, current_user)
    except BelongsToIt as why:
        return _refused(why)
    if taken is None:
        return jsonify(errors=list(form.listed_errors())), 422
    number, also = taken.check_in.id, [check_in.id for check_in in taken.photos_also]
    db.session.commit()
    return jsonify(said=taken.thanks, check_in=number, also=also)


@door.post("/<int:award_id>/check-ins/<int:check_in_id>/photos")
def take_photo(award_id: int, check_in_id: int) -> ResponseReturnValue:
    """Store a photo of a check-in, once; beside those that it names, too, which are the same member's."""
    _own(award_id, check_in_id)
    sent = of_files(current_user.id)
    refuse_haste(sent, TOO_MANY)
    try:
        key, new = _typed_key(), _photo()
        begin_write()
        also = own_check_ins(_typed_also(), current_user)
        add_photo_to_each({_own(award_id, check_in_id), *also}, key, new, current_user)
    except TooManyAtOnce:
        abort(503)  # it is sent again
    except (BelongsToIt, FileRefused, NotAgreed, TooManyPhotos) as why:
        return _refused(why)
    note(sent)
    db.session.commit()
    return jsonify(said="")


def _own(award_id: int, check_in_id: int) -> CheckIn:
    return own_check_in(check_in_id, award_id, current_user) or abort(404)


def _typed_key() -> str:
    key = request.form.get("key", "")
    return key if _KEY.fullmatch(key) else abort(400)


def _typed_also() -> list[int]:
    """The numbers of other check-ins that get the photo."""
    typed = request.form.getlist("also")
    return [int(number) for number in typed if _NUMBER.fullmatch(number)]


def _photo() -> NewPhoto:
    """The photo that was sent, drawn again. Raises `NotAgreed` and `FileRefused`."""
    if not request.form.get("agreed"):
        raise NotAgreed
    file = request.files.get("photo")
    if file is None:
        raise EmptyFile
    return read_photo(file.read(), file.filename or "")
