"""How large a request's body may be and how long it may take to arrive, by the address that it is sent to.

The app holds the sizes itself, behind whatever server. Ours (`pbvote.cli.front`) holds the times as well, since it
reads a body before any thread of the app is taken.
"""

from dataclasses import dataclass

from flask import Flask, request

BALLOT_BYTES = 16 * 1024
"""A ballot of 500 bids takes about 6 KB."""
FORM_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """The most bytes of a body, and the most seconds from its head to its last byte."""

    bytes: int
    seconds: float


BALLOT = BodyLimit(BALLOT_BYTES, 30)
FORM = BodyLimit(FORM_BYTES, 120)


def body_limit(path: str) -> BodyLimit:
    """The limit of a body that is sent to this path: a ballot's on the voter's path, a form's elsewhere."""
    return BALLOT if f"{path}/".startswith("/v/") else FORM


def init_bodies(app: Flask) -> None:
    """Hold each request to the size of its address, before anything reads its body."""

    @app.before_request
    def limit_body() -> None:
        request.max_content_length = body_limit(request.path).bytes
