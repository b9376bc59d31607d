"""How large a request's body may be and how long it may take to arrive, by the address that it is sent to.

The app holds the sizes itself, behind whatever server. Ours (`pbvote.cli.front`) holds the times as well, since it
reads a body before any thread of the app is taken.
"""

import re
from dataclasses import dataclass
from typing import Final

from flask import Flask, request

BALLOT_BYTES = 16 * 1024
"""A ballot of 500 bids takes about 6 KB."""
FORM_BYTES = 2 * 1024 * 1024
UPLOAD_BYTES = 16 * 1024 * 1024
"""A file of 15 MB, which is the most that is taken, and the form around it."""
CHECK_IN_BYTES = 48 * 1024 * 1024
"""Any camera's photo, also one too large to be kept: it is left out with a sentence, and the words are stored."""
BID_BYTES = 256 * 1024
"""A page of the bid form, whose every word is kept for anyone who begins one: some thousand words of Urdu fit in."""
_BIDS: Final = re.compile(r"/rounds/[^/]+/bid(/.*)?")
_UPLOADS: Final = re.compile(
    r"/(desk|my)/bids/\d+/(photo|documents)|/my/groups/\d+(/check-ins/\d+/photos|/report)"
    r"|/my/awards/\d+/(report|receipts)|/desk/awards/\d+/report/write"
    r"|/my/about/photo|/my/partnership/[^/]+/(profile/photo|meetings/\d+/papers)"
)
"""The addresses that take photos and documents."""
_CHECK_INS: Final = re.compile(r"/my/groups/\d+")
"""The addresses that take a check-in with its photos, from a browser without script."""
_SHEETS: Final = re.compile(r"/desk/bids/round/[^/]+/sheet|/desk/years")
"""The addresses that take sheets. All others take forms."""


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """The most bytes of a body, and the most seconds from its head to its last byte."""

    bytes: int
    seconds: float
    together_bytes: int = 128 * 1024 * 1024
    """What the large ones of its kind may take of the memory together. Those of a ballot's size always find room."""
    too_large: str | None = None
    """The sentence for whoever sends more; None for the usual one."""


BALLOT = BodyLimit(BALLOT_BYTES, 30)
FORM = BodyLimit(FORM_BYTES, 120)
BID = BodyLimit(BID_BYTES, 120)
UPLOAD = BodyLimit(
    UPLOAD_BYTES, 300, too_large="Files can have 15 MB at most. Go back and choose a smaller one. Nothing else is lost."
)
CHECK_IN = BodyLimit(
    CHECK_IN_BYTES,
    300,
    too_large="Photos can have 45 MB together. Go back: your words are still there. Then send one photo at a time.",
)
SHEET = BodyLimit(FORM_BYTES, 120, too_large="A sheet can have 1 MB at most. Go back and send fewer rows at a time.")


def body_limit(path: str) -> BodyLimit:
    """The limit of a body that is sent to this path: a ballot's on the voter's path, a form's or a file's elsewhere."""
    if f"{path}/".startswith("/v/"):
        return BALLOT
    if _BIDS.fullmatch(path):
        return BID
    if _SHEETS.fullmatch(path):
        return SHEET
    if _CHECK_INS.fullmatch(path):
        return CHECK_IN
    return UPLOAD if _UPLOADS.fullmatch(path) else FORM


def init_bodies(app: Flask) -> None:
    """Hold each request to the size of its address, before anything reads its body."""

    @app.before_request
    def limit_body() -> None:
        request.max_content_length = body_limit(request.path).bytes

    @app.teardown_request
    def let_go_of_files(_: BaseException | None) -> None:
        request.close()  # large files lie on the disk until then
