"""Photos of bids for everybody. An address holds the digest of the photo, so what it leads to never changes."""

from flask import Response, abort

from pbvote.access import public_door
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.headers import YEAR
from pbvote.vote.events.photos import public_photo

door = public_door("photos", __name__, url_prefix="/photos")


@door.get("/<digest>-<int:width>.jpg")
def photo(digest: str, width: int) -> Response:
    """A public photo in one of its two sizes, to be kept by whoever fetched it. It reads no cookie."""
    shown = public_photo(digest) if width in {SMALL, LARGE} else None
    answer = picture(shown or abort(404), width)
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer
